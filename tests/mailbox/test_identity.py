"""The same mail, the same thread, the mail that no person wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_cli.mailbox import Address
from crm_cli.mailbox.identity import (
    content_fingerprint,
    fingerprint,
    is_automatic,
    thread_subject,
)
from tests.mailbox.mails import ION, JAN, NOON, crlf, message, read

if TYPE_CHECKING:
    from pathlib import Path

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


def test_prefer_the_message_id() -> None:
    mail = replace(MAIL, headers={"message-id": " <a@x.example> "})

    assert fingerprint(mail) == "id:a@x.example"
    assert content_fingerprint(mail) == fingerprint(MAIL)
    assert fingerprint(MAIL).startswith("content:")


@pytest.mark.parametrize(
    "change",
    [
        {"sent_at": NOON + timedelta(seconds=59)},
        {"subject": "RE: Fwd: [EXTERNAL] Oferta"},
        {"sender": Address("I. Popescu", "ION@moldo.example")},
        {"body": "Bună ziua, aştept \noferta.\n\n-----Original Message-----\nFrom: x"},
        {"body": "Bună ziua, aștept *oferta* <https://x.example/oferta>."},
    ],
)
def test_know_the_same_mail_again(change: dict[str, Any]) -> None:
    assert fingerprint(replace(MAIL, **change)) == fingerprint(MAIL)


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
    assert fingerprint(replace(MAIL, **change)) != fingerprint(MAIL)


def test_know_a_sender_by_name_in_any_order() -> None:
    surname_first = replace(MAIL, sender=Address("Popescu, Ion"))

    assert fingerprint(surname_first) == fingerprint(replace(MAIL, sender=Address("ION Popescu")))


def test_tell_cyrillic_mails_apart() -> None:
    assert fingerprint(replace(MAIL, body="Добрий день")) != fingerprint(
        replace(MAIL, body="Рахунок")
    )


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
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

    assert len({fingerprint(mail) for mails in found for mail in mails}) == 1


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Offer", "Offer"),
        ("RE: Offer", "Offer"),
        ("Re[2]: FW: Offer", "Offer"),
        ("ODP: PD: Oferta", "Oferta"),
        ("Odp.: Oferta", "Oferta"),
        ("AW: WG: Angebot", "Angebot"),
        ("RE\u00a0: TR : Devis", "Devis"),
        ("Redir: RĂSP: Ofertă", "Ofertă"),
        ("[EXTERNAL] Re: Offer", "Offer"),
        ("Re: [EXT] Offer", "Offer"),
        ("Report: Q3", "Report: Q3"),
        ("Re", "Re"),
        ("", ""),
    ],
)
def test_strip_prefixes(subject: str, bare: str) -> None:
    assert thread_subject(subject) == bare


@pytest.mark.proves("R140")
@pytest.mark.parametrize(
    "given",
    [
        {"headers": {"auto-submitted": "auto-replied"}},
        {"headers": {"precedence": "Bulk"}},
        {"headers": {"list-id": "<news.x.example>"}},
        {"headers": {"list-unsubscribe": "<https://x.example>"}},
        {"headers": {"return-path": "<>"}},
        {"headers": {"content-type": "multipart/report; report-type=delivery-status"}},
        {"subject": "Automatic reply: Offer"},
        {"subject": "Out of Office AutoReply: Offer"},
        {"subject": "Răspuns automat: Ofertă"},
        {"subject": "[EXTERNAL] Odpowiedź automatyczna: Oferta"},
        {"subject": "Automatische Antwort: Angebot"},
        {"subject": "Undelivered Mail Returned to Sender"},
        {"subject": "Mail delivery failed: returning message to sender"},
        {"subject": "Niedostarczalne: Oferta"},
        {"sender": Address("", "MAILER-DAEMON@mx.x.example")},
        {"sender": Address("", "bounces+17=ion@news.x.example")},
        {"sender": Address("Mail Delivery Subsystem")},
        {"sender": Address("Shop", "no-reply@shop.example")},
        {"sender": Address("Shop", "noreply-orders@shop.example")},
    ],
)
def test_recognise_automatic_mail(given: dict[str, Any]) -> None:
    assert is_automatic(replace(MAIL, **given))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"headers": {"auto-submitted": "no", "return-path": "<ion@moldo.example>"}},
        {"subject": "Re: Automatic reply: Offer"},
        {"subject": "Automatic reply does not work"},
        {"subject": "Out of office next week"},
        {"subject": "Newsletter"},
        {"sender": None},
        {"sender": Address("Noreply Noel", "noel@x.example")},
        {"sender": Address("", "norep@x.example")},
        {"sender": Address("Shop", "no-reply@shop.example"), "reply_to": (JAN,)},
        {"sender": Address("Postmasters", "postmasters@x.example")},
    ],
)
def test_take_the_rest_for_written_by_a_person(given: dict[str, Any]) -> None:
    assert not is_automatic(replace(MAIL, **given))
