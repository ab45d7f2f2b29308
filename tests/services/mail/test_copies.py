"""One mail is filed once, in whatever forms and in whatever order its copies come."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.execute import execute
from tests.letters import client, import_mail, write_eml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

SUBJECT = "RE: Ofertă cântar"
OWN = (
    "Bună ziua,\n\nvă rugăm să trimiteți oferta pentru cântarul de 60 t cu montaj și verificare"
    " metrologică la Galați, detalii aici{link}.\n\nIon Popescu"
)
LINK = " <https://moldo.example/c60>"
QUOTED = "\n\nOn 19.11.2026 14:00, Ana Pop wrote:\n> Ce cântar doriți?\n> Ana"
BLOCK = (
    "\n\nFrom: Ana Pop <ana@firma.example> \nSent: Thursday, November 19, 2026 2:00 PM \n"
    "To: Ion Popescu \nSubject: Ofertă cântar \n\nCe cântar doriți?\nAna"
)
PLAIN = OWN.format(link="")
WRAPPED = PLAIN.replace("60 t cu", "60 t cu \n").replace("la Galați", "la \nGalați")
BANNER = "ATENȚIE: acest mesaj vine din afara firmei.\n\n"

OUTLOOK = (
    "De la:\tPopescu, Ion\nTrimis:\tvineri, 20 noiembrie 2026 09:12\nCătre:\tPop, Ana\n"
    f"Subiect:\t{SUBJECT}\nAtașări:\tplan.pdf\n\n{BANNER}{WRAPPED}{BLOCK}\n"
)
OUTLOOK_WITH_ADDRESS = (
    "From:\tIon Popescu <ion@moldo.example>\nSent:\tFriday, November 20, 2026 9:12 AM\n"
    f"To:\tAna Pop <ana@firma.example>\nSubject:\t{SUBJECT}\n\n{OWN.format(link=LINK)}{BLOCK}\n"
)
HEAD = (
    f"Subiect: {SUBJECT}\nde la: Ion Popescu <ion@moldo.example>\nDată: 20.11.2026, 09:12\n"
    "Către: Ana Pop <ana@firma.example>\n\n"
)
UNWRAPPED = f"{HEAD}{PLAIN}{QUOTED}\n\nAtașamente:\nplan.pdf\t12 KB\n"
FLOWED = (
    f"{HEAD}{WRAPPED.replace('oferta', '*oferta*')}{QUOTED.replace('> ', ' > ')}\n\n{'-' * 72}\n"
    "  * Attachments/plan.pdf <Attachments/plan.pdf>\n"
)
NEW = (
    f"Subject:  {SUBJECT}\nFrom:  Ion Popescu <ion@moldo.example>\nTo:  Ana Pop"
    f" <ana@firma.example>\nDate:  11/20/2026 09:12:44\n\n{OWN.format(link=LINK)}{QUOTED}\n"
    "----- Attachments --------------------------------\n- plan.pdf\n"
)
SPACED = (
    f"Subject :  {SUBJECT}\nFrom :  Ion Popescu <ion@moldo.example>\nTo :  Ana Pop"
    " <ana@firma.example>\nDate :  Fri Nov 20 2026 09:12:44 GMT+0200 (EET)\n\n"
    f"{PLAIN}{QUOTED}\n"
)
HTML = (
    "<html><body><p>Bună&nbsp;ziua,</p><p>vă rugăm să trimiteți <b>oferta</b> pentru cântarul de"
    " 60 t cu montaj și verificare metrologică la Galați,"
    ' <a href="https://moldo.example/c60">detalii aici</a>.</p><p>Ion Popescu</p>'
    "<p>On 19.11.2026 14:00, Ana Pop wrote:<br></p><blockquote>Ce cântar doriți?</blockquote>"
    "</body></html>"
)


def internet(subtype: str, content: str) -> str:
    message = EmailMessage()
    message["From"] = "Ion Popescu <ion@moldo.example>"
    message["To"] = "ana@firma.example"
    message["Date"] = "Fri, 20 Nov 2026 08:12:44 +0100"
    message["Subject"] = SUBJECT
    message["Message-ID"] = "<60@moldo.example>"
    message.set_content(content, subtype=subtype)
    message.add_attachment(b"%PDF plan", "application", "pdf", filename="plan.pdf")
    return message.as_string()


FORMS = {
    "outlook.txt": OUTLOOK,
    "outlook-with-address.txt": OUTLOOK_WITH_ADDRESS,
    "unwrapped.txt": UNWRAPPED,
    "flowed.txt": FLOWED,
    "new.txt": NEW,
    "spaced.txt": SPACED,
    "plain.eml": internet("plain", PLAIN + QUOTED),
    "html.eml": internet("html", HTML),
}


def written(folder: Path, forms: list[str], tons: int = 60) -> list[Path]:
    """The mail in these forms; another weight makes it another mail."""
    files = [folder / form for form in forms]
    for file in files:
        text = FORMS[file.name].replace("60 t", f"{tons} t").replace("<60@", f"<{tons}@")
        file.write_text(text, encoding="utf-8", newline="\r\n")
    return files


def everything(crm: Crm) -> list[Any]:
    tables = ("mail", "mail_source", "mail_person", "attachment", "interaction", "task", "audit")
    return [execute(crm.url, f"SELECT * FROM {table} ORDER BY id") for table in tables]


@pytest.mark.proves("R142")
@settings(max_examples=12)
@given(order=st.permutations(list(FORMS)), at_once=st.integers(1, len(FORMS)))
def test_file_every_form_once(
    sqlite_crm: Crm, tmp_path: Path, order: list[str], at_once: int
) -> None:
    number = len(sqlite_crm.ok("mail", "list"))
    folder = tmp_path / f"{number}"
    folder.mkdir()
    files = written(folder, order, tons=number)

    import_mail(sqlite_crm, *files[:at_once])
    if files[at_once:]:
        import_mail(sqlite_crm, *files[at_once:])

    assert len(sqlite_crm.ok("mail", "list")) == number + 1
    mail = sqlite_crm.ok("mail", "show", number + 1)
    assert len(mail["sources"]) == len(FORMS)
    assert (mail["message_id"], mail["sender_email"]) == (
        f"{number}@moldo.example",
        "ion@moldo.example",
    )


@pytest.mark.parametrize("first", ["outlook.txt", "flowed.txt", "html.eml"])
def test_add_nothing_by_importing_again(sqlite_crm: Crm, tmp_path: Path, first: str) -> None:
    client(sqlite_crm)
    sqlite_crm("contact", "add", "--name", "Ion Popescu", "--email", "ion@moldo.example")
    files = written(tmp_path, list(FORMS))
    import_mail(sqlite_crm, tmp_path / first, "--task")
    import_mail(sqlite_crm, *files, "--task")
    before = everything(sqlite_crm)

    again = import_mail(sqlite_crm, *reversed(files), "--task")

    assert again == {"messages": len(files), "duplicates": len(files)}
    assert everything(sqlite_crm) == before
    assert len(sqlite_crm.ok("task", "list")) == 1


def test_know_the_address_from_a_later_copy(crm: Crm, tmp_path: Path) -> None:
    account = crm.id("account", "add", "--name", "Moldo", "--email", "ion@moldo.example")
    text, mail = written(tmp_path, ["outlook.txt", "plain.eml"])
    import_mail(crm, text, "--task")
    assert len(crm.ok("mail", "list", "--unmatched")) == 1

    import_mail(crm, mail, "--task")

    assert crm.ok("mail", "show", 1)["account_id"] == account
    assert len(crm.ok("task", "list")) == 1


def test_believe_the_address_of_a_later_copy(crm: Crm, tmp_path: Path) -> None:
    crm.ok("account", "add", "--name", "Moldo", "--email", "ion@moldo.example")
    crm.ok("account", "add", "--name", "Alta")
    crm.ok("contact", "add", "--name", "Ion Popescu", "--account", "Alta")
    text, mail = written(tmp_path, ["outlook.txt", "plain.eml"])
    import_mail(crm, text)
    assert crm.ok("mail", "show", 1)["account"] == "Alta"

    import_mail(crm, mail)

    found = crm.ok("mail", "show", 1)
    assert (found["account"], found["matched_by"]) == ("Moldo", "account")
    assert [one["account"] for one in found["accounts"]] == ["Moldo"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (0, 2, 1), (2, 0, 1)])
def test_keep_two_that_look_alike(sqlite_crm: Crm, tmp_path: Path, order: tuple[int, ...]) -> None:
    files = [
        write_eml(tmp_path, "one", Subject="Alarmă", From="Ion <ion@moldo.example>"),
        write_eml(tmp_path, "two", Subject="Alarmă", From="Ion <ion@moldo.example>"),
        tmp_path / "both.txt",
    ]
    files[2].write_text(
        "From:\tIon\nSent:\tFriday, November 20, 2026 9:12 AM\nTo:\tAna Pop\n"
        "Subject:\tAlarmă\n\nBună ziua!\n"
    )

    for number in order:
        import_mail(sqlite_crm, files[number])

    assert len(sqlite_crm.ok("mail", "list")) == 2
    assert len(execute(sqlite_crm.url, "SELECT * FROM mail_source")) == 3


def test_make_no_task_for_what_is_there(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    import_mail(sqlite_crm, write_eml(tmp_path, "one"))

    assert import_mail(sqlite_crm, tmp_path, "--task") == {"messages": 1, "duplicates": 1}
    assert sqlite_crm.ok("task", "list") == []
