"""`crm mail`: the samples from the file to the task, and what can go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.letters import CLIENT, client, import_mail, write_eml

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = Path(__file__).parents[2] / "samples" / "mail"
SCALE = "Waga platformowa w Toruniu pokazuje złe wyniki"
THUNDERBIRD = SAMPLES / "20261118-Waga platformowa w Toruniu pokazuje-5413.txt"


def partners(crm: Crm) -> None:
    """The two partners of the samples, whose service representative is Jan."""
    jan = crm.id("employee", "add", "--name", "Jan Kowalski", "--email", "jan@firma.example")
    crm("setting", "set", "company.domain", "firma.example")
    for name, mailbox in (("Moldo Trans", "depozit@moldotrans"), ("Wisła Pak", "serwis@wislapak")):
        account = crm.id("account", "add", "--name", name, "--service-rep", jan)
        crm.ok("site", "add", "--account", account, "--name", name, "--email", f"{mailbox}.example")


@pytest.mark.proves("R138", "R142", "R226")
def test_import_samples(crm: Crm) -> None:
    partners(crm)

    result = crm("mail", "import", SAMPLES, "--task")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "mail: 6 messages read, 6 new, 0 known already.\n"
        "Of the new: 3 matched, 3 unmatched (crm mail list --unmatched).\n"
        "2 tasks made.\n"
    )
    columns = "sent_at,subject,account,matched_by"
    listed = crm("mail", "list", "--columns", columns, "--format", "csv").stdout
    assert listed.splitlines()[1:] == [
        f"2026-11-20 11:30,Odpowiedź automatyczna: {SCALE},Wisła Pak,site",
        "2026-11-20 09:12,Stivuitorul de la rampa 2 nu mai ridică,Moldo Trans,site",
        "2026-11-19 10:15,Zamówienie części do owijarki – zdjęcie tabliczki,,",
        "2026-11-18 16:40,RE: Oferta pentru contractul de întreţinere,,",
        f"2026-11-18 13:27,{SCALE},Wisła Pak,site",
        "2026-11-16 11:23,Cerere de ofertă: două transpalete,,",
    ]
    assert crm("db", "check").exit_code == 0


@pytest.mark.proves("R7", "R140", "R141")
def test_make_a_task_of_mail_from_a_site(crm: Crm) -> None:
    partners(crm)

    import_mail(crm, SAMPLES, "--task")

    columns = "subject,kind,due,assignee,account"
    assert crm("task", "list", "--columns", columns, "--format", "csv").stdout.splitlines()[1:] == [
        f"{SCALE},mail,2026-11-24,Jan Kowalski,Wisła Pak",
        "Stivuitorul de la rampa 2 nu mai ridică,mail,2026-11-24,Jan Kowalski,Moldo Trans",
    ]
    (file,) = crm.ok("attachment", "list", "--where", "task is not empty")
    assert (file["name"], file["media_type"], file["task_id"]) == (
        "protokol-wagi.pdf",
        "application/pdf",
        1,
    )


@pytest.mark.proves("R172")
def test_file_mail_as_interaction(crm: Crm) -> None:
    partners(crm)

    import_mail(crm, SAMPLES)

    told = crm.ok("interaction", "list", "--where", "account = 'Moldo Trans'")[0]
    assert (told["kind"], told["direction"], told["employee"]) == ("email", "in", "Ana Pop")
    assert told["at"] == "2026-11-20T07:12:00+00:00"
    assert told["text"].endswith("Moldo Trans SRL, depozit Iaşi\ntel. 0232 555 014")
    assert crm.ok("interaction", "list", "--where", "mail = 1")[0]["attachments"] == 1


@pytest.mark.proves("R138", "R140")
def test_import_again(crm: Crm, tmp_path: Path) -> None:
    partners(crm)
    import_mail(crm, SAMPLES, "--task")
    before = [crm.ok(noun, "list") for noun in ("mail", "task", "interaction", "attachment")]
    copy = tmp_path / THUNDERBIRD.name
    copy.write_bytes(THUNDERBIRD.read_bytes())

    again = import_mail(crm, SAMPLES, copy, "--task")

    assert again == {"messages": 7, "duplicates": 7}
    assert [
        crm.ok(noun, "list") for noun in ("mail", "task", "interaction", "attachment")
    ] == before
    assert [source["file"] for source in crm.ok("mail", "show", 1)["sources"]] == [
        str(THUNDERBIRD),
        str(copy),
    ]


def test_import_dry(crm: Crm) -> None:
    partners(crm)

    summary = import_mail(crm, SAMPLES, "--task", "--dry-run")

    assert summary == {"messages": 6, "new": 6, "matched": 3, "unmatched": 3, "tasks": 2}
    assert crm.ok("mail", "list") == []
    assert crm.ok("attachment", "list") == []


def test_import_dry_does_not_send_to_a_queue_that_stays_empty(sqlite_crm: Crm) -> None:
    result = sqlite_crm("mail", "import", SAMPLES, "--dry-run")

    assert result.exit_code == 0
    assert result.stderr == (
        "mail: 6 messages read, 6 new, 0 known already.\n"
        "Of the new: 6 unmatched.\n"
        "Nothing was kept: it was a dry run.\n"
    )


def test_import_a_folder_without_mail(sqlite_crm: Crm, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mail.zip").write_bytes(b"PK")

    result = sqlite_crm("mail", "import", folder, folder)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"No mail is in {folder}: of a folder, .txt .eml .msg .mbox and mailboxes are taken.\n"
    )


def test_show(crm: Crm) -> None:
    partners(crm)
    import_mail(crm, SAMPLES)

    shown = crm.ok("mail", "show", crm.ok("mail", "list", "--search", "stivuitorul")[0]["id"])

    assert shown["to"] == ["Ana Pop", "service@firma.example"]
    assert (shown["cc"], shown["site"]) == (["Radu, Mihai"], "Moldo Trans")
    assert shown["raw_date"] == "vineri, 20 noiembrie 2026 09:12"
    (source,) = shown["sources"]
    assert (source["start"], source["dialect"], source["encoding"]) == (0, "outlook-text", "cp1250")


@pytest.mark.proves("R142")
def test_assign_and_remember(crm: Crm, tmp_path: Path) -> None:
    account = crm.id("account", "add", "--name", "Moldo Trans")
    for name in ("one", "two"):
        write_eml(tmp_path / "mail", name)
    write_eml(tmp_path / "mail", "other", From="x@other.example")
    import_mail(crm, tmp_path / "mail")
    waiting = crm.ok("mail", "list", "--unmatched")

    assigned = crm.ok("mail", "assign", waiting[0]["id"], "Moldo Trans")

    assert len(waiting) == 3
    assert [(mail["account_id"], mail["matched_by"]) for mail in assigned] == [
        (account, "assigned")
    ] * 2
    assert len(crm.ok("interaction", "list")) == 2
    write_eml(tmp_path, "three", From=CLIENT.upper())
    assert import_mail(crm, tmp_path / "three.eml") == {"messages": 1, "new": 1, "matched": 1}


def test_assign_to_another_account(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    other = crm.id("account", "add", "--name", "Wisła Pak")
    import_mail(crm, write_eml(tmp_path, "one"))

    crm.ok("mail", "assign", 1, other)

    (told,) = crm.ok("interaction", "list")
    assert told["account"] == "Wisła Pak"
    import_mail(crm, write_eml(tmp_path, "two"))
    assert crm.ok("mail", "show", 2)["account"] == "Wisła Pak"


def test_assign_with_task(crm: Crm, tmp_path: Path) -> None:
    account = crm.id("account", "add", "--name", "Moldo Trans")
    import_mail(crm, write_eml(tmp_path, "one", File="plan.pdf"))

    crm.ok("mail", "assign", "<one@moldo.example>", account, "--task")

    (task,) = crm.ok("task", "list")
    assert (task["subject"], task["account_id"]) == ("one", account)
    assert crm.ok("attachment", "list")[0]["task_id"] == task["id"]


def test_undo_an_assignment(crm: Crm, tmp_path: Path) -> None:
    crm.ok("account", "add", "--name", "Moldo Trans")
    import_mail(crm, write_eml(tmp_path, "one"))
    crm.ok("mail", "assign", 1, "Moldo Trans", "--task")

    assert crm("undo").exit_code == 0
    assert len(crm.ok("mail", "list", "--unmatched")) == 1
    assert crm.ok("interaction", "list") == crm.ok("task", "list") == []


def test_assign_mail_between_colleagues(sqlite_crm: Crm, tmp_path: Path) -> None:
    account = client(sqlite_crm)
    import_mail(sqlite_crm, write_eml(tmp_path, "one", From="ana@firma.example"))

    result = sqlite_crm("mail", "assign", 1, account)

    assert (result.exit_code, result.stderr) == (
        4,
        "crm: Mail 1 is between colleagues; it belongs to no account.\n",
    )
    assert sqlite_crm.ok("mail", "list", "--unmatched") == []


def test_import_single_unreadable_file(sqlite_crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing that looks like mail.")

    result = sqlite_crm("mail", "import", tmp_path / "notes.txt")

    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr.splitlines()[0] == (
        f"crm: {tmp_path}/notes.txt does not begin as any known e-mail export."
    )


def test_import_some_unreadable_files(crm: Crm, tmp_path: Path) -> None:
    write_eml(tmp_path, "one")
    (tmp_path / "notes.txt").write_text("Nothing that looks like mail.")

    result = crm("mail", "import", tmp_path, "--format", "json")

    assert result.exit_code == 6
    assert (result.json["new"], result.json["unreadable"]) == (1, 1)
    assert "1 of the files could not be read; the others are filed." in result.stderr
    assert f"{tmp_path}/notes.txt does not begin as any known" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["missing"], 3, "There is no file or folder missing."),
        ([THUNDERBIRD, "--encoding", "cp9999"], 2, "There is no encoding 'cp9999'."),
    ],
)
def test_import_wrong_words(sqlite_crm: Crm, words: list[object], code: int, sentence: str) -> None:
    result = sqlite_crm("mail", "import", *words)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (code, f"crm: {sentence}")


def test_import_date_order(crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(
        "Subject: One\nFrom: a@b.example\nDate: 03/04/2026, 10:00\nTo: c@d.example\n\nHi\n"
    )

    import_mail(crm, file, "--date-order", "mdy")

    assert crm.ok("mail", "show", 1)["sent_at"] == "2026-03-04T08:00:00+00:00"


def test_import_tells_what_is_no_mail(sqlite_crm: Crm) -> None:
    labelled = Path(__file__).parents[1] / "mailbox" / "labelled" / "outlook"

    result = sqlite_crm("mail", "import", labelled / "meetings-among-mails.txt")

    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        0,
        "warning: Skipped what is no mail to file: 1 × meeting request, 1 × post, 1 × task.",
    )


def test_print_the_source(crm: Crm, tmp_path: Path) -> None:
    letter = write_eml(tmp_path, "oferta", "Bună ziua!")
    copy = tmp_path / "copy.mbox"
    copy.write_bytes(b"From - Fri Nov 20 09:12:00 2026\n" + letter.read_bytes())
    crm.ok("mail", "import", letter, copy)

    again = crm("mail", "source", 1, "--copy", 2)

    assert crm("mail", "source", 1).stdout == letter.read_text()
    assert again.stdout.strip() == letter.read_text().strip()
    refused = crm("mail", "source", 1, "--copy", 9)
    assert (refused.exit_code, refused.stderr) == (
        3,
        "crm: Mail 1 has no source 9.\nhint: crm mail show 1\n",
    )
