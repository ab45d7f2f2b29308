"""Outlook's Text Only files, spaced as Outlook spaces them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crm_cli.mailbox import Address
from tests.mailbox.mails import ION, JAN, NOON, crlf, mails_in, message, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R142")

ENGLISH = (
    "From:\tIon Popescu <ion@moldo.example>\n"
    "Sent:\tMonday, November 16, 2026 2:04 PM\n"
    "To:\tKowalski, Jan; jan@wisla.example\n"
    "Cc:\tOffice\n"
    "Subject:\tOffer 2026/17\n"
    "Attachments:\toffer.pdf; image001.png\n"
    "\n"
    "\n"
    "Dear Jan,\n"
    "\tFrom: the price list\n"
)
SECOND = "From:\tJan Kowalski\nSent:\tTuesday, November 17, 2026 9:00 AM\nTo:\t\nSubject:\n\nYes.\n"


def test_read_one(file: Path) -> None:
    expected = message(
        subject="Offer 2026/17",
        sender=ION,
        to=(Address("Kowalski, Jan"), Address("", "jan@wisla.example")),
        cc=(Address("Office"),),
        sent_at=NOON,
        raw_date="Monday, November 16, 2026 2:04 PM",
        body="Dear Jan,\n\tFrom: the price list",
        missing_attachments=("offer.pdf", "image001.png"),
    )

    assert read(file, crlf(ENGLISH)) == [expected]
    assert read(file, ENGLISH) == [expected]


def test_read_joined_without_a_separator(file: Path) -> None:
    found = read(file, crlf(ENGLISH + SECOND + ENGLISH))

    assert [mail.offset for mail in found] == [0, len(ENGLISH), len(ENGLISH + SECOND)]
    assert found[1] == message(
        offset=len(ENGLISH),
        sender=Address("Jan Kowalski"),
        sent_at=datetime(2026, 11, 17, 7, 0, tzinfo=UTC),
        raw_date="Tuesday, November 17, 2026 9:00 AM",
        body="Yes.",
    )


def test_keep_the_raw_source(file: Path) -> None:
    file.write_bytes(crlf(ENGLISH + SECOND).encode())

    found = mails_in(file)

    assert [(mail.source, mail.raw) for mail in found] == [(file, ENGLISH), (file, SECOND)]


QUOTED_WITH_TABS = (
    " -----Original Message-----\n"
    "From:\tJan Kowalski\n"
    "Sent:\tFriday, November 13, 2026 8:00 AM\n"
    "To:\tIon Popescu\n"
    "Subject:\tOffer 2026/17\n"
    "\n"
    "Please send it.\n"
)


@pytest.mark.parametrize(
    "quoted",
    [
        QUOTED_WITH_TABS,
        QUOTED_WITH_TABS.replace("Original Message", "Oryginalna wiadomość"),
        QUOTED_WITH_TABS.replace(" -----Original Message-----", "_" * 46),
        QUOTED_WITH_TABS.replace(" -----Original Message-----\nFrom:", "Jan writes\nFrom: "),
        QUOTED_WITH_TABS.replace("Original Message-----\n", "Original Message-----\n\n"),
        "".join(f"> {line}\n" for line in QUOTED_WITH_TABS.splitlines()),
        "From: Jan <jan@wisla.example> \nSent: Friday \nTo: Ion \nSubject: Offer \n\nPlease. \n",
        "From:\tJan\nTo:\tIon\nCc:\tAna\nDate:\t11-13-2026 08:00 AM\nSubject:\tOffer\n\nNotes\n",
        "From:\tthe warehouse\nwe send the pallets on Monday\n",
        "From:\tJan\nDate:\tFriday 13 November 2026\nTo:\tIon\nSubject:\tOffer\n\nOther program\n",
        f"{'_' * 46}\nFrom:\tJan  \nSent:\tFriday\nTo:\tIon\nSubject:\tRenamed\n\nPlease.\n",
        "From:\tA\nSent:\tB\n",
        f"From:\tthe warehouse\n{QUOTED_WITH_TABS}",
        "De la:\tpoartă\nSent:\tMonday\nTo:\tIon\nSubject:\tNo program writes this\n\nx\n",
        "   To:\tJan\n   Subject:\tOffer\n   Sent:\t13.11.2026 12:18\n",
    ],
)
def test_leave_quoted_mail_in_the_body(file: Path, quoted: str) -> None:
    first, second = read(file, crlf(f"{ENGLISH}\n{quoted}{SECOND}"))

    assert first.body == f"Dear Jan,\n\tFrom: the price list\n\n{quoted}".rstrip()
    assert second.body == "Yes."


def test_read_polish_in_the_windows_alphabet(file: Path) -> None:
    text = (
        "Od:\tŁukasz Żak <lukasz@wisla.example>\n"
        "Wysłano:\tponiedziałek, 16 listopada 2026 14:04\n"
        "Do:\tIon Popescu <ion@moldo.example>\n"
        "DW:\tBiuro\n"
        "Temat:\tODP: Części zamienne\n"
        "Załączniki:\tzdjęcie.jpg\n"
        "\n"
        "Dzień dobry,\nproszę o serwis.\n"
    )

    assert read(file, crlf(text), "cp1250") == [
        message(
            encoding="cp1250",
            subject="ODP: Części zamienne",
            sender=Address("Łukasz Żak", "lukasz@wisla.example"),
            to=(ION,),
            cc=(Address("Biuro"),),
            sent_at=NOON,
            raw_date="poniedziałek, 16 listopada 2026 14:04",
            body="Dzień dobry,\nproszę o serwis.",
            missing_attachments=("zdjęcie.jpg",),
        )
    ]


ROMANIAN = (
    "De la:\tIon Popescu <ion@moldo.example>\n"
    "Trimis:\tluni, 16 noiembrie 2026 14:04\n"
    "Către:\tJan Kowalski <jan@wisla.example>\n"
    "Subiect:\tCerere {s}i ofer{t}ă\n"
    "Ata{s}ări:\tlistă.pdf\n"
    "\n"
    "Bună ziua, a{s}tept ofer{t}a.\n"
)


@pytest.mark.parametrize(
    ("letters", "encoding", "named"),
    [
        ("şţ", "cp1250", "cp1250"),
        ("șț", "utf-16-le", "utf-16-le"),
        ("șț", "utf-16", "utf-16"),
        ("șț", "utf-8", "utf-8"),
        ("șț", "utf-8-sig", "utf-8-sig"),
        ("st", "utf-16-be", "utf-16-be"),
    ],
)
def test_read_romanian_in_every_encoding(
    file: Path, letters: str, encoding: str, named: str
) -> None:
    s, t = letters[0], letters[1]

    assert read(file, crlf(ROMANIAN.format(s=s, t=t)), encoding) == [
        message(
            encoding=named,
            subject=f"Cerere {s}i ofer{t}ă",
            sender=ION,
            to=(JAN,),
            sent_at=NOON,
            raw_date="luni, 16 noiembrie 2026 14:04",
            body=f"Bună ziua, a{s}tept ofer{t}a.",
            missing_attachments=("listă.pdf",),
        )
    ]


def test_read_a_second_header_group_in_german(file: Path) -> None:
    text = (
        "Von:\tJürgen Groß\nGesendet:\tMontag, 16. November 2026 14:04\nAn:\tVertrieb\n"
        "Betreff:\tAW: Angebot\n\nWichtigkeit:\tHoch\n\nKategorien:\tRot; Blau\n\nGrüße\n"
    )

    assert read(file, crlf(text), "cp1252") == [
        message(
            encoding="cp1252",
            subject="AW: Angebot",
            sender=Address("Jürgen Groß"),
            to=(Address("Vertrieb"),),
            sent_at=NOON,
            raw_date="Montag, 16. November 2026 14:04",
            body="Grüße",
            headers={"importance": "Hoch", "categories": "Rot; Blau"},
        )
    ]


def test_read_french_with_spaced_colons(file: Path) -> None:
    text = (
        "De\u00a0:\tZoé Lefèvre\nEnvoyé\u00a0:\tlundi 16 novembre 2026 14:04\nÀ\u00a0:\tIon\n"
        "Objet\u00a0:\tDevis\nPièces jointes\u00a0:\tdevis.pdf\n\nBonjour\n"
    )

    assert read(file, crlf(text), "cp1252") == [
        message(
            encoding="cp1252",
            subject="Devis",
            sender=Address("Zoé Lefèvre"),
            to=(Address("Ion"),),
            sent_at=NOON,
            raw_date="lundi 16 novembre 2026 14:04",
            body="Bonjour",
            missing_attachments=("devis.pdf",),
        )
    ]


@pytest.mark.parametrize(
    ("labels", "date", "encoding"),
    [
        (
            "Feladó Elküldve Címzett Másolatot_kap Titkos_másolat Tárgy Mellékletek",
            "2026. november 16. 14:04",
            "cp1250",
        ),
        (
            "Od Odesláno Komu Kopie Skrytá_kopie Předmět Přílohy",
            "16. listopadu 2026 14:04",
            "cp1250",
        ),
        ("Da Inviato A Cc Ccn Oggetto Allegati", "lunedì 16 novembre 2026 14:04", "utf-8"),
        (
            "De Enviado_el Para CC CCO Asunto Datos_adjuntos",
            "lunes, 16 de noviembre de 2026 14:04",
            "cp1252",
        ),
    ],
)
def test_read_further_languages(file: Path, labels: str, date: str, encoding: str) -> None:
    values = ("Jan Kowalski <jan@wisla.example>", date, "Ion Popescu <ion@moldo.example>",
              "Cécile", "Béla", "árvíz é", "á.pdf; b.pdf")  # fmt: skip
    names = [label.replace("_", " ") for label in labels.split()]
    lines = "".join(f"{name}:\t{value}\n" for name, value in zip(names, values, strict=True))
    text = f"{lines}\nÉn.\n"

    expected = message(
        encoding=encoding,
        subject="árvíz é",
        sender=JAN,
        to=(ION,),
        cc=(Address("Cécile"),),
        bcc=(Address("Béla"),),
        sent_at=NOON,
        raw_date=date,
        body="Én.",
        missing_attachments=("á.pdf", "b.pdf"),
    )
    first, second = read(file, crlf(text * 2), encoding)
    assert (first, replace(second, offset=0)) == (expected, expected)


def test_read_polish_date_under_english_labels(file: Path) -> None:
    text = ENGLISH.replace(
        "Monday, November 16, 2026 2:04 PM", "poniedziałek, 16 listopada 2026 14:04"
    )

    assert read(file, text)[0].sent_at == NOON


def test_read_folded_values(file: Path) -> None:
    text = (
        "From:\tIon Popescu <ion@moldo.example>\n"
        "Sent:\tMonday, November 16, 2026 2:04 PM\n"
        "To:\tFirst Surname; Other Surname; drivers@moldo.example; \n"
        "Jan Kowalski [mailto:jan@wisla.example]\n"
        "Subject:\tRE: Wide character output via wfstream from the library \n"
        "using VC 6\n\nBody\n"
    )

    (found,) = read(file, crlf(text))

    assert found.subject == "RE: Wide character output via wfstream from the library using VC 6"
    assert [(to.name, to.email) for to in found.to] == [
        ("First Surname", None),
        ("Other Surname", None),
        ("", "drivers@moldo.example"),
        ("Jan Kowalski", "jan@wisla.example"),
    ]


def test_keep_a_mail_without_subject_and_date(file: Path) -> None:
    text = "From:\tPopescu, Ion\nSent:\tNone\nTo:\t\nSubject:\n\nDraft\n"

    assert read(file, text) == [
        message(sender=Address("Popescu, Ion"), raw_date="None", body="Draft")
    ]


@pytest.mark.parametrize("kept", [40, 75, 100, 190, len(ENGLISH) - 4])
def test_keep_a_last_mail_cut_short(file: Path, kept: int) -> None:
    found = read(file, SECOND + ENGLISH[:kept])

    assert found[0].body.startswith("Yes.")
    assert "".join(mail.body for mail in found if mail.subject == "Offer 2026/17") in ENGLISH


def test_read_labels_that_were_misread_before(file: Path) -> None:
    text = "Od:\tJan\nWys³ano:\tponiedzia³ek, 16 listopada 2026 14:04\nDo:\tIon\nTemat:\tOferta\n"

    first, second = read(file, f"{text}Za³¹czniki:\ta.pdf\n\nx\n{text}Wa�no��:\tNiska\n\ny\n")

    assert (first.sent_at, first.missing_attachments) == (NOON, ("a.pdf",))
    assert (second.body, second.headers) == ("y", {"importance": "Niska"})


def test_read_labels_with_lost_letters(file: Path) -> None:
    text = ROMANIAN.replace("Către", "C?tre").replace("Ata{s}ări", "Ata??ri").format(s="?", t="?")

    (found,) = read(file, text)

    assert (found.to, found.missing_attachments) == ((JAN,), ("listă.pdf",))
