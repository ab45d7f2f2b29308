"""The sample mails, read as the demo reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.mailbox import Message, find_files
from crm_cli.mailbox.automatic import is_automatic
from crm_cli.mailbox.identity import content_key
from tests.mailbox.mails import mails_in

MAIL = Path(__file__).parents[2] / "samples" / "mail"


@pytest.fixture(scope="module")
def mails() -> list[Message]:
    return [mail for file in find_files([MAIL]) for mail in mails_in(file)]


@pytest.mark.proves("R138", "R226")
def test_read_every_sample(mails: list[Message]) -> None:
    assert [
        (mail.dialect, mail.encoding, mail.sender and mail.sender.email, f"{mail.sent_at:%d %H:%M}")
        for mail in mails
    ] == [
        ("thunderbird-text", "utf-8", "serwis@wislapak.example", "18 11:27"),
        ("rfc5322", "utf-8", "serwis@wislapak.example", "20 09:30"),
        ("outlook-text", "cp1250", "depozit@moldotrans.example", "20 07:12"),
        ("outlook-text", "cp1250", "elena.popescu@moldotrans.example", "18 14:40"),
        ("outlook-text", "cp1250", "marin.dobre@agrovest.example", "16 09:23"),
        ("rfc5322", "utf-8", "zamowienia@wislapak.example", "19 08:15"),
    ]


def test_read_the_texts_whole(mails: list[Message]) -> None:
    polish, _, *romanian, order = mails

    assert polish.subject == "Waga platformowa w Toruniu pokazuje złe wyniki"
    assert polish.body.endswith("Łukasz Żak\nWisła Pak sp. z o.o.")
    assert romanian[0].body.endswith("Moldo Trans SRL, depozit Iaşi\ntel. 0232 555 014")
    assert romanian[1].missing_attachments == ("Observaţii contract.docx",)
    assert " -----Original Message-----\nFrom: \tAna Pop" in romanian[1].body
    assert order.subject == "Zamówienie części do owijarki – zdjęcie tabliczki"
    assert romanian[2].subject == "Cerere de ofertă: două transpalete"


@pytest.mark.proves("R141")
def test_find_the_attachments(mails: list[Message]) -> None:
    (protocol,) = mails[0].attachments
    (photo,) = mails[5].attachments

    assert protocol.path == MAIL / "Attachments" / "protokol-wagi.pdf"
    assert protocol.path.read_bytes().startswith(b"%PDF-")
    assert photo.name == "tabliczka znamionowa.png"
    assert photo.content is not None
    assert photo.content.startswith(b"\x89PNG")


def test_know_the_automatic_one(mails: list[Message]) -> None:
    assert [is_automatic(mail) for mail in mails] == [False, True, False, False, False, False]
    assert len({content_key(mail) for mail in mails}) == len(mails)
