"""The plain text of ImportExportTools up to version 14, spaced as the add-on spaces it."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from crm_cli.mailbox import Address, Skipped, read_messages
from tests.mailbox.mails import BUCHAREST, ION, JAN, NOON, SHORT, crlf, message, read, short

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R141")

EWA = Address("Kowal, Ewa", "ewa@wisla.example")
DASHES = "-" * 25
ENGLISH = (
    "Subject: Offer 2026/17\n"
    "From: Jan Kowalski <jan@wisla.example>\n"
    "Date: 11/16/2026, 2:04\u202fPM\n"
    'To: Ion Popescu <ion@moldo.example>, "Kowal, Ewa" <ewa@wisla.example>, office@moldo.example\n'
    "CC: Maria <maria@moldo.example>\n"
    "BCC: x@moldo.example\n"
    "Reply-To: sales@wisla.example\n"
    "\n\n"
    "Dear Ion,\n\nthe offer is attached. \nJan\n"
)
BODY = "Dear Ion,\n\nthe offer is attached. \nJan"


def test_read_english(file: Path) -> None:
    assert read(file, crlf(ENGLISH)) == [
        message(
            dialect="thunderbird-text",
            subject="Offer 2026/17",
            sender=JAN,
            to=(
                ION,
                Address("Kowal, Ewa", "ewa@wisla.example"),
                Address("", "office@moldo.example"),
            ),
            cc=(Address("Maria", "maria@moldo.example"),),
            bcc=(Address("", "x@moldo.example"),),
            reply_to=(Address("", "sales@wisla.example"),),
            sent_at=NOON,
            raw_date="11/16/2026, 2:04\u202fPM",
            body=BODY,
        )
    ]


DOTTED, SLASHED, RAW = "16.11.2026, 14:04", "16/11/26, 14:04", "Mon, 16 Nov 2026 14:04:00 +0200"


@pytest.mark.parametrize(
    ("labels", "date", "encoding"),
    [
        ("Subiect|de la|Dată|Către|CC|BCC|Reply-To", DOTTED, "utf-8"),
        ("Subiect|de la|Dată|Către|CC|BCC|Răspuns către", "16.11.26, 14:04", "cp1250"),
        ("Temat|Nadawca|Data|Adresat|Kopia|Ukryta kopia|Odpowiedź-Do", DOTTED, "cp1250"),
        ("Betreff|Von|Datum|An|Kopie (CC)|Blindkopie (BCC)|Antwort an", DOTTED, "utf-8"),
        (
            "Sujet\u00a0|De\u00a0|Date\u00a0|Pour\u00a0|Copie à\u00a0|Cci|Répondre à",
            SLASHED,
            "cp1252",
        ),
        ("Sujet |De |Date |Pour |Copie à |Copie cachée à |Répondre à", RAW, "utf-8"),
        ("Tárgy|Feladó|Dátum|Címzett|CC|BCC|Válaszcím", "2026. 11. 16. 14:04", "utf-8"),
        ("Předmět|Od|Datum|Komu|Kopie|Skrytá kopie|Reply-To", "16. 11. 2026 14:04", "cp1250"),
        ("Oggetto|Mittente|Data|A|CC|Ccn|Rispondi-a", SLASHED, "utf-8"),
        ("Asunto|De|Fecha|Para|CC|BCC|Responder a", SLASHED, "utf-8"),
    ],
)
def test_read_labels_of_every_language(file: Path, labels: str, date: str, encoding: str) -> None:
    words = labels.split("|")
    values = ["Î ó", "Jan Kowalski <jan@wisla.example>", date]
    values += ["Ion Popescu <ion@moldo.example>", "a@x.example", "b@x.example", "c@x.example"]
    head = "".join(f"{word}: {value}\n" for word, value in zip(words, values, strict=True))

    assert read(file, crlf(head + "\nText\n"), encoding) == [
        message(
            dialect="thunderbird-text",
            encoding=encoding,
            subject="Î ó",
            sender=JAN,
            to=(ION,),
            cc=(Address("", "a@x.example"),),
            bcc=(Address("", "b@x.example"),),
            reply_to=(Address("", "c@x.example"),),
            sent_at=NOON,
            raw_date=date,
            body="Text",
        )
    ]


def test_read_a_whole_folder_with_dashes(file: Path) -> None:
    table = f"Table\n{DASHES}\n1 2 3\n\n{DASHES}\n\nTotal 6"
    texts = [
        SHORT.format(subject="One", body=table),
        SHORT.format(subject="Two", body="Second"),
        SHORT.format(subject="Three", body="Third"),
    ]
    content = "".join(f"\ufeff{text}\r\n\r\n{DASHES}\r\n\r\n" for text in texts)

    one, two, three = read(file, content)

    assert one == short(
        "One", f"Table\n{DASHES}\n1 2 3\n\n{DASHES}\n\nTotal 6", encoding="utf-8-sig"
    )
    assert (two.body, three.body) == ("Second", "Third")


@pytest.mark.parametrize("separator", ["", "=====", "*  *  *"])
def test_read_a_whole_folder_with_another_separator(file: Path, separator: str) -> None:
    texts = [SHORT.format(subject=word, body=f"Body {word}\n\nJan") for word in ("One", "Two")]
    between = f"\r\n\r\n{separator}\r\n\r\n" if separator else "\r\n\r\n"

    found = read(file, "".join(f"{text}{between}" for text in texts))

    assert [(mail.subject, mail.body) for mail in found] == [
        ("One", "Body One\n\nJan"),
        ("Two", "Body Two\n\nJan"),
    ]


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        ("Sub#ect One\nFrom: Jan Kowalski <jan@wisla.example>\nD\n\nBody", ["", "Two", "Three"]),
        ("S\nF\n\nBody", ["text without a header", "Two", "Three"]),
    ],
)
def test_read_the_mails_below_a_damaged_one(file: Path, beginning: str, found: list[str]) -> None:
    texts = [beginning, *(SHORT.format(subject=word, body="Body") for word in ("Two", "Three"))]
    file.write_text("".join(f"{text}\n\n{DASHES}\n\n" for text in texts))

    items = list(read_messages(file, BUCHAREST))

    assert [item.what if isinstance(item, Skipped) else item.subject for item in items] == found


def test_read_files_that_were_joined(file: Path) -> None:
    one, two, three = (SHORT.format(subject=word, body=word) for word in ("One", "Two", "Three"))

    found = read(file, f"{one}\n\n{two}\n\n{DASHES}\n\n{three}\n\n{DASHES}\n\n")

    assert [mail.body for mail in found] == ["One", "Two", "Three"]


def test_read_one_mail_of_a_folder(file: Path) -> None:
    text = SHORT.format(subject="One", body="Body")

    assert read(file, f"{text}\r\n\r\n{DASHES}\r\n\r\n") == [short("One", "Body")]


def test_read_all_headers(file: Path) -> None:
    head = (
        "Subject: One\nFrom: Jan Kowalski <jan@wisla.example>\nDate: 16.11.2026, 14:04\n"
        "To: Ion Popescu <ion@moldo.example>\n"
        "Return-Path: <jan@wisla.example>\n"
        "Received: from mail.wisla.example by mx.moldo.example with ESMTP id 1; Mon, 16 \n"
        "Nov 2026 14:04:09 +0200\n"
        "Message-ID: <a1@wisla.example>\nReferences: <a0@moldo.example> \n<b0@moldo.example>\n"
        "MIME-Version: 1.0\nX-Mailer: Any\nList-Id: <news.wisla.example>\n"
    )
    headers = {
        "message-id": "<a1@wisla.example>",
        "references": "<a0@moldo.example> <b0@moldo.example>",
        "return-path": "<jan@wisla.example>",
        "list-id": "<news.wisla.example>",
    }

    assert read(file, f"{head}\nBody") == [short("One", "Body", headers=headers)]


def test_read_folded_values_and_a_gap_before_the_recipients(file: Path) -> None:
    text = (
        "Subject: A subject so long that the converter broke it after the seventieth \n"
        "column: here\nFrom: Jan Kowalski <jan@wisla.example>\nDate: 16.11.2026, 14:04\n"
        "\nTo: Ion Popescu <ion@moldo.example>, Maria Ionescu-Popescu \n<maria@moldo.example>\n"
        "\n\nBody\n"
    )

    (found,) = read(file, text)

    assert found.subject.endswith("after the seventieth column: here")
    assert found.to == (ION, Address("Maria Ionescu-Popescu", "maria@moldo.example"))
    assert found.body == "Body"


def test_leave_an_attached_message_in_the_body(file: Path) -> None:
    inner = SHORT.format(subject="Inner", body="Inner body")
    body = f"See below.\n\nForwardedMessage.eml\n\n{inner}"

    assert read(file, SHORT.format(subject="Outer", body=body)) == [short("Outer", body)]


def test_know_the_file_of_one_mail_by_its_name(tmp_path: Path) -> None:
    body = f"See below.\n\n{SHORT.format(subject='Inner', body='Inner body')}"
    text = SHORT.format(subject="Re: Offer 2026/17", body=body)

    assert read(tmp_path / "20261116-Re_Offer 2026_17-5413.txt", text) == [
        short("Re: Offer 2026/17", body)
    ]
    assert len(read(tmp_path / "messages.txt", text)) == 2


def test_leave_quoted_headers_in_the_body(file: Path) -> None:
    body = (
        "-------- Forwarded Message --------\nSubject: \tOffer\nDate: \tMon, 16 Nov 2026\n\n"
        "From: Jan <jan@wisla.example>\nDate: Monday\nTo: Ion <ion@moldo.example>\nSubject: Old\n\n"
        "Subject: to the usual terms."
    )

    assert read(file, SHORT.format(subject="Outer", body=body)) == [short("Outer", body)]


def test_read_a_mail_without_a_subject(file: Path) -> None:
    text = SHORT.format(subject="", body="Body").removeprefix("Subject: \n")

    assert read(file, text) == [short("", "Body")]


def as_latin_1(data: bytes) -> str:
    return data.decode("latin-1")


def as_windows_letters(data: bytes) -> str:
    """As browsers read cp1252: its five gaps are controls."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("misread", [as_latin_1, as_windows_letters])
def test_repair_double_encoding(file: Path, times: int, misread: Callable[[bytes], str]) -> None:
    data = SHORT.format(subject="Vězeň – část", body="Před půlnocí").encode()
    for _ in range(times):
        data = misread(data).encode()

    (found,) = read(file, data)

    assert (found.subject, found.body) == ("Vězeň – část", "Před půlnocí")
    assert found.encoding == ("utf-8 twice" if times == 1 else "utf-8 thrice")


def test_read_month_first_when_another_date_shows_it(file: Path) -> None:
    texts = [
        SHORT.format(subject="One", body="x").replace("16.11.2026, 14:04", date)
        for date in ("03/04/2026, 14:04", "03/24/2026, 14:04")
    ]

    found = read(file, "\r\n\r\n".join(texts))

    assert [mail.sent_at and mail.sent_at.date().isoformat() for mail in found] == [
        "2026-03-04",
        "2026-03-24",
    ]


@pytest.mark.parametrize(
    ("header", "joined"),
    [
        (SHORT.format(subject="s", body="text"), "Subject: y\nFrom: a\nDate: 1\n"),
        (
            "Subject:  s\nFrom:  a@x.example\nTo:  b@x.example\nDate:  11/16/2026 14:04:00\n\ntext",
            "xSubject:  y\nFrom:  z\n",
        ),
    ],
)
def test_read_headers_without_text_in_linear_time(file: Path, header: str, joined: str) -> None:
    begun = process_time()

    read(file, header + joined * 10_000)

    assert process_time() - begun < 3
