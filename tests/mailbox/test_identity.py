"""The same mail, the same thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.mailbox import Address
from crm_cli.mailbox.identity import (
    content_fingerprint,
    content_key,
    same_sender,
)
from tests.mailbox.mails import ION, JAN, NOON, crlf, message, read

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.mailbox import Message

MAIL = message(subject="Ofertă", sender=ION, sent_at=NOON, body="Bună ziua, aștept oferta.")
WORDS = st.lists(
    st.text(alphabet="abzășțćłŁżé0159.,-", min_size=1, max_size=8), min_size=1, max_size=30
).map(" ".join)

OUTLOOK = "From:\t{0}\nSent:\tMonday, November 16, 2026 2:04 PM\nTo:\tJan\nSubject:\t{1}\n\n{2}\n"
THUNDERBIRD = "Subiect: {1}\nde la: {0}\nDată: 16.11.2026, 14:04\nCătre: jan@x.example\n\n{2}\n"
NEW = "Subject:  {1}\nFrom:  {0}\nTo:  jan@x.example\nDate:  11/16/2026 14:04:31\n\n{2}\n"
STANDARD = (
    "From: {0}\nTo: jan@x.example\nSubject: {1}\nDate: Mon, 16 Nov 2026 13:04:59 +0100\n\n{2}\n"
)


def is_same(one: Message, other: Message) -> bool:
    return content_key(one) == content_key(other) and same_sender(one.sender, other.sender)


@pytest.mark.parametrize(
    "change",
    [
        {"sent_at": NOON + timedelta(seconds=59)},
        {"subject": "RE: Fwd: [EXTERNAL] Oferta"},
        {"sender": Address("I. Popescu", "ION@moldo.example")},
        {"sender": Address("Popescu, Ion")},
        {"body": "Bună ziua, aştept \noferta.\n\n-----Original Message-----\nFrom: x"},
        {"body": "Bună ziua, aștept *oferta* <https://x.example/oferta>."},
        {"body": "Bună ziua, aștept oferta <tel:+40123>.[image: logo.png]"},
        {"body": "CAUTION: This email is from outside the firm.\n\nBună ziua, aștept oferta."},
        {"body": "ATENȚIE: mesaj din afara\nfirmei!\n\nBună ziua, aștept oferta."},
    ],
)
def test_know_the_same_mail_again(change: dict[str, Any]) -> None:
    assert is_same(replace(MAIL, **change), MAIL)


@pytest.mark.parametrize(
    "change",
    [
        {"sent_at": NOON + timedelta(minutes=1)},
        {"sent_at": None},
        {"subject": "Altă ofertă"},
        {"sender": JAN},
        {"sender": None},
        {"body": "Bună ziua, aștept factura."},
    ],
)
def test_tell_other_mails_apart(change: dict[str, Any]) -> None:
    assert not is_same(replace(MAIL, **change), MAIL)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ION, Address("Popescu Ion"), True),
        (Address("Popescu, Ion"), Address("ION Popescu"), True),
        (ION, Address("Ion Popescu (Moldo)"), True),
        (Address("", "ion@moldo.example"), Address("Popescu, Ion"), True),
        (ION, Address("Ion Popescu", "ion@other.example"), False),
        (ION, JAN, False),
        (ION, Address("Elena Popescu"), False),
        (None, None, True),
        (ION, None, False),
    ],
)
def test_know_a_sender(one: Address | None, other: Address | None, *, expected: bool) -> None:
    assert same_sender(one, other) == same_sender(other, one) == expected


def test_make_a_key_of_sender_and_content() -> None:
    key = content_key(MAIL)

    assert content_fingerprint(MAIL, key).startswith("content:")
    assert content_fingerprint(replace(MAIL, sender=JAN), key) != content_fingerprint(MAIL, key)


def test_tell_cyrillic_mails_apart() -> None:
    assert content_key(replace(MAIL, body="Добрий день")) != content_key(
        replace(MAIL, body="Рахунок")
    )


@settings(max_examples=40)
@given(subject=WORDS, body=WORDS)
def test_know_a_mail_again_in_every_dialect_and_encoding(
    file: Path, subject: str, body: str
) -> None:
    sender = "Ion Popescu <ion@moldo.example>"
    forms = [
        (text.format(sender, subject, body), encoding)
        for text in (OUTLOOK, THUNDERBIRD, NEW, STANDARD)
        for encoding in ("utf-8", "utf-8-sig", "utf-16")
    ]

    found = [read(file, crlf(text), encoding) for text, encoding in forms]

    assert len({content_key(mail) for mails in found for mail in mails}) == 1
