"""`crm document send`: what leaves, to whom, by whose mail account."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import typst
from pypdf import PdfReader

from tests.outgoing import use_folder
from tests.shop import MAIL, invoice, open_shop, quote

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from tests.conftest import Crm

OURS = "Ana Pop <ana@firma.example>"


def arrived(folder: Path) -> EmailMessage:
    (file,) = folder.iterdir()
    return message_from_bytes(file.read_bytes(), policy=default)


def recipients(crm: Crm, *words: object) -> Any:
    crm.ok(*words)
    return crm.ok("outbox", "list", "--sort", "-id")[0]["recipients"]


@pytest.mark.proves("R145")
def test_send_to_chosen_people(crm: Crm) -> None:
    open_shop(crm)
    contact = crm.id("contact", "add", "--name", "Ion Pop", "--email", "ion@moldo.example")
    number = invoice(crm)

    to_all = recipients(
        crm,
        *("invoice", "send", number, "--to", "client", "--to", f"contact:{contact}"),
        *("--to", "employee:me", "--to", "Ion <Ion@moldo.example>", "--to", "x@y.example"),
    )
    to_one = recipients(crm, "document", "send", number, "--to", "account")

    assert to_all == [
        *(MAIL, "Ion Pop <ion@moldo.example>", OURS, "x@y.example"),
    ]
    assert to_one == [f"Moldo Trans SRL <{MAIL}>"]
    sent = crm.ok("document", "show", number)
    assert (sent["status"], sent["sent_at"]) == ("posted", "2026-11-23T08:00:00+00:00")


@pytest.mark.parametrize("meanwhile", [(), ("account", "edit", 1, "--name", "Moldo Nou SRL")])
def test_make_the_pdf_while_others_write(
    crm: Crm, monkeypatch: pytest.MonkeyPatch, meanwhile: tuple[object, ...]
) -> None:
    """What is sent is what stands there when it is sent, and nobody waits for the PDF."""
    company = use_folder(crm)
    open_shop(crm)
    number, made = invoice(crm), typst.compile
    codes: list[int] = []

    def compile_meanwhile(*words: Any, **options: Any) -> bytes:
        codes.append(crm(*meanwhile).exit_code if meanwhile and not codes else 0)
        pdf: bytes = made(*words, **options)
        return pdf

    monkeypatch.setattr(typst, "compile", compile_meanwhile)
    crm.ok("invoice", "send", number)
    crm("job", "run", "send-outbox")

    assert codes == ([0, 0] if meanwhile else [0])  # made anew only where something changed
    (file,) = arrived(company).iter_attachments()
    text = PdfReader(BytesIO(file.get_content())).pages[0].extract_text().replace("\xa0", " ")
    assert ("Moldo Nou SRL" if meanwhile else "Moldo Trans SRL") in text


def test_send_an_accepted_quote_to_a_colleague(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm)

    to = recipients(sqlite_crm, "quote", "send", number, "--to", "employee:me")

    assert to == [OURS]
    assert sqlite_crm.ok("quote", "show", number)["status"] == "accepted"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["--to", "Ion"],
            2,
            (
                "crm: --to: 'Ion' is nobody to whom a mail can go.\n"
                "hint: Write an address, `client`, `account`, contact:REF or employee:REF.\n"
            ),
        ),
        (
            ["--cc", "Ion"],
            2,
            (
                "crm: --cc: 'Ion' is nobody to whom a mail can go.\n"
                "hint: Write an address, `client`, `account`, contact:REF or employee:REF.\n"
            ),
        ),
        (
            ["--to", "contact:1"],
            4,
            "crm: Fără Poștă has no e-mail address.\nhint: crm contact edit 1 --email ADDRESS\n",
        ),
        (
            ["--mail-account", "office"],
            3,
            (
                "crm: There is no mail-account 'office'.\n"
                "hint: Use an id or one of ext:, name: (`crm mail-account list` shows them).\n"
            ),
        ),
    ],
)
def test_refuse(sqlite_crm: Crm, words: list[str], code: int, said: str) -> None:
    open_shop(sqlite_crm)
    sqlite_crm.id("contact", "add", "--name", "Fără Poștă")
    number = invoice(sqlite_crm)

    result = sqlite_crm("invoice", "send", number, *words)

    assert (result.exit_code, result.stderr) == (code, said)
    assert sqlite_crm.ok("outbox", "list") == []


def test_refuse_a_draft(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = sqlite_crm.id("order", "add", "--account", 1, "--line", "SCALE;1")

    result = sqlite_crm("order", "send", number)

    assert (result.exit_code, result.stderr) == (
        4,
        "crm: Order 1 is draft; only what was issued is sent.\nhint: crm document finalize 1\n",
    )


@pytest.mark.proves("R144", "R157")
def test_send_by_own_account(crm: Crm) -> None:
    company, own = use_folder(crm), crm.home / "own" / "new"
    crm.ok("mail-account", "add", "mine", "--url", f"maildir:{own.parent}", "--employee", "me")
    open_shop(crm)

    crm.ok("invoice", "send", invoice(crm))
    (waiting,) = crm.ok("outbox", "list", "--where", "mail_account = mine")
    sent = crm("job", "run", "send-outbox")

    assert (sent.exit_code, sent.stderr) == (0, "")
    assert not company.exists()
    mail = arrived(own)
    assert (mail["From"], mail["To"], mail["Reply-To"]) == (OURS, MAIL, None)
    assert (waiting["mail_account"], waiting["mail_account_id"]) == ("mine", 1)


def test_send_by_the_company_when_there_is_no_own_account(sqlite_crm: Crm) -> None:
    company = use_folder(sqlite_crm)
    open_shop(sqlite_crm)

    sqlite_crm.ok("invoice", "send", invoice(sqlite_crm))
    sqlite_crm("job", "run", "send-outbox")

    mail = arrived(company)
    assert (mail["From"], mail["Reply-To"]) == ("crm@firma.example", OURS)


def test_send_by_a_chosen_account(sqlite_crm: Crm) -> None:
    chosen = sqlite_crm.home / "chosen" / "new"
    sender = "Vânzări <vanzari@firma.example>"
    sqlite_crm.ok(
        *("mail-account", "add", "sales", "--url", f"maildir:{chosen.parent}", "--from", sender)
    )
    open_shop(sqlite_crm)

    sqlite_crm.ok("invoice", "send", invoice(sqlite_crm), "--mail-account", "sales")
    sqlite_crm("job", "run", "send-outbox")

    mail = arrived(chosen)
    assert (mail["From"], mail["Reply-To"]) == (sender, OURS)


def test_send_by_the_default_when_the_account_is_gone(sqlite_crm: Crm) -> None:
    company = use_folder(sqlite_crm)
    gone = sqlite_crm.home / "gone"
    sqlite_crm.ok("mail-account", "add", "mine", "--url", f"maildir:{gone}", "--employee", "me")
    open_shop(sqlite_crm)
    sqlite_crm.ok("invoice", "send", invoice(sqlite_crm))

    removed = sqlite_crm("mail-account", "remove", "mine", "-q")
    sqlite_crm("job", "run", "send-outbox")

    assert removed.stderr == "Mail of mine that has not left (1) goes by the default account.\n"
    mail = arrived(company)
    assert (mail["From"], mail["Reply-To"]) == ("crm@firma.example", OURS)
