"""Whose mail was forwarded: read from the header block in the text."""

from __future__ import annotations

import pytest

from crm_cli.mailbox import Address
from crm_cli.mailbox.forwarding import forwarded_people, is_forward

VASILE = Address("Vasile Lupu", "vasile@moldo.example")
ANA = Address("Ana Pop", "ana@firma.example")

GMAIL = """Ia te uită.

---------- Forwarded message ---------
From: Vasile Lupu <vasile@moldo.example>
Date: Fri, Nov 20, 2026 at 9:12 AM
Subject: Ofertă
To: Ana Pop <ana@firma.example>


Bună ziua!
"""
OUTLOOK = """
-----Original Message-----
From:\tVasile Lupu [mailto:vasile@moldo.example]\x20
Sent:\tFriday, November 20, 2026 9:12 AM
To:\tAna Pop <ana@firma.example>
Subject:\tOfertă

Bună ziua!
"""
HTML = """De văzut.

________________________________
De la: Vasile Lupu <vasile@moldo.example>\x20
Trimis: vineri, 20 noiembrie 2026 09:12\x20
Către: Ana Pop <ana@firma.example>\x20
Subiect: Ofertă\x20

Bună ziua!
"""
THUNDERBIRD = """-------- Przekazana wiadomość --------
Temat: \tOferta
Data: \tFri, 20 Nov 2026 09:12:00 +0200
Nadawca: \tVasile Lupu <vasile@moldo.example>
Adresat: \tAna Pop <ana@firma.example>

Dzień dobry!
"""
APPLE = """Begin forwarded message:

> From: Vasile Lupu <vasile@moldo.example>
> Subject: Ofertă
> Date: 20 November 2026 at 09:12:00 EET
> To: Ana Pop <ana@firma.example>
>
> Bună ziua!
"""
BOLD = """*From:* Vasile Lupu <vasile@moldo.example>
*Sent:* Friday, November 20, 2026 9:12 AM
*To:* Ana Pop <ana@firma.example>
*Subject:* Ofertă

Bună ziua!
"""


@pytest.mark.parametrize("body", [GMAIL, OUTLOOK, HTML, THUNDERBIRD, APPLE, BOLD])
def test_read_the_people(body: str) -> None:
    assert forwarded_people(body) == (VASILE, ANA)


def test_read_wrapped_and_bare_names() -> None:
    body = (
        "Von: Lupu, Vasile\nGesendet: Freitag, 20. November 2026 09:12\n"
        "An: Pop, Ana; Kowalski, Jan;\nRadu, Mihai\n"
        "Cc: Büro <buero@firma.example>\nBetreff: Angebot\n"
    )

    assert forwarded_people(body) == (
        Address("Lupu, Vasile"),
        Address("Pop, Ana"),
        Address("Kowalski, Jan"),
        Address("Radu, Mihai"),
        Address("Büro", "buero@firma.example"),
    )


def test_read_only_the_first() -> None:
    assert forwarded_people(GMAIL + BOLD.replace("Vasile", "Elena")) == (VASILE, ANA)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Bună ziua!",
        "From: here it works\nTo: there it does not\n",
        "Subject: x\nDate: y\n\nBye",
    ],
)
def test_find_nobody(body: str) -> None:
    assert forwarded_people(body) == ()


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Fwd: Ofertă", "", True),
        ("[EXTERNAL] FW: Ofertă", "", True),
        ("WG: Angebot", "", True),
        ("PD: Oferta", "", True),
        ("Ofertă", GMAIL, True),
        ("[EXT] Ofertă", GMAIL, True),
        ("Oferta", THUNDERBIRD, True),
        ("Ofertă", APPLE, True),
        ("De văzut", "Vezi.\n\nOfertă.eml\nSubject: Ofertă\nFrom: Vasile", True),
        ("De văzut", "Vezi ofertă.eml\nȘi spune-mi.", False),
        ("RE: Ofertă", GMAIL, False),
        ("[EXT] Odp.: Oferta", GMAIL, False),
        ("Re: Fwd: Ofertă", GMAIL, False),
        ("Ofertă", OUTLOOK, False),
        ("Fwdx: y", "", False),
    ],
)
def test_tell_a_forward(subject: str, body: str, *, expected: bool) -> None:
    assert is_forward(subject, body) == expected
