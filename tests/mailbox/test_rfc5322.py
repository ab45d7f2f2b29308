"""Internet messages: .eml files and their source saved as text, good and broken."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from crm_cli.mailbox import Address, Attachment, Message, Skipped, read_messages
from tests.mailbox.mails import BUCHAREST, ION, JAN, NOON, crlf, message, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R141", "R142")

HEAD = (
    "Return-Path: <jan@wisla.example>\n"
    "Message-ID: <a1@wisla.example>\n"
    "In-Reply-To: <a0@moldo.example>\n"
    "Date: Mon, 16 Nov 2026 13:04:00 +0100\n"
    "MIME-Version: 1.0\n"
    "From: =?utf-8?q?Jan?= Kowalski <jan@wisla.example>\n"
    "To: Ion Popescu\n <ion@moldo.example>\n"
    "Subject: =?utf-8?B?Q3rEmcWbY2k=?= =?iso-8859-2?Q?_zamienne=B1?=\n"
)
HEADERS = {
    "message-id": "<a1@wisla.example>",
    "in-reply-to": "<a0@moldo.example>",
    "return-path": "<jan@wisla.example>",
}


def plain(**given: object) -> object:
    """The mail that HEAD describes."""
    known: dict[str, object] = {
        "dialect": "rfc5322",
        "subject": "Części zamienneą",
        "sender": JAN,
        "to": (ION,),
        "sent_at": NOON,
        "raw_date": "Mon, 16 Nov 2026 13:04:00 +0100",
        "body": "Zażółć",
        "headers": HEADERS,
    }
    return message(**known | given)


@pytest.mark.parametrize("name", ["mail.eml", "mail.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read_source(file: Path, name: str, encoding: str) -> None:
    content = crlf(f"{HEAD}\nZażółć\n")

    assert read(file.with_name(name), content, encoding) == [plain(encoding=encoding)]


def test_read_source_left_by_a_failed_export(file: Path) -> None:
    head = f"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n{HEAD}"

    assert read(file, f"{head}\nZażółć\n") == [plain()]


def test_read_text_and_attachments(file: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Jan Kowalski <jan@wisla.example>", "ion@moldo.example"
    mail["Subject"], mail["Date"] = "Części", "Mon, 16 Nov 2026 13:04:00 +0100"
    mail.set_content("Zażółć gęślą\n", charset="iso-8859-2", cte="quoted-printable")
    mail.add_alternative("<p>Za&#380;ółć</p>", subtype="html")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="C:\\zdjęcie.pdf")
    mail.add_attachment(_inner("Inner"))

    (found,) = read(file.with_suffix(".eml"), mail.as_bytes())

    inner = _inner("Inner").as_bytes()
    assert found.body == (
        "Zażółć gęślą\n\nInner.eml\nSubject: Inner\nFrom:\nDate:\nTo:\n\nInner text"
    )
    assert found.encoding == "iso-8859-2"
    assert found.attachments == (
        Attachment("zdjęcie.pdf", None, b"%PDF-", 5),
        Attachment("Inner.eml", None, inner, len(inner)),
    )


def _inner(subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail.set_content("Inner text")
    return mail


def test_read_html_as_text(file: Path) -> None:
    html = (
        "<html><head><style>p {color: red}</style><title>No</title></head><body>\n"
        "<p>Bun&#259; ziua,<br>v&#x103; rog</p><ul><li>one</li><li>two</li></ul>"
        '<table><tr><td>A</td><td>B</td></tr></table><a href="https://x.example">site</a> '
        '<a href="mailto:a@x.example">a@x.example</a><script>no()</script></body></html>'
    )
    head = HEAD.replace("MIME-Version", "Content-Type: text/html; charset=utf-8\nMIME-Version")

    (found,) = read(file.with_suffix(".eml"), f"{head}\n{html}")

    assert found.body == (
        "Bună ziua,\nvă rog\n\n- one\n- two\n\nA\tB\n\nsite <https://x.example> a@x.example"
    )


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("Content-Type: text/plain; charset=no-such\n", "utf-8"),
        ("Content-Type: text/plain; charset=us-ascii\n", "utf-8"),
        ("Content-Type: text/plain; charset=iso-8859-2\n", "utf-8"),
        ("Content-Type: text/plain; charset=iso-8859-2\n", "iso-8859-2"),
        ("Content-Type: text/plain; charset=utf-8\n", "cp1250"),
        ("Content-Type: text/plain; charset=unicode_escape\n", "cp1250"),
        ("Content-Type: text/plain; charset=quopri\n", "cp1250"),
        ("Content-Type: text/plain; charset=rot13\n", "utf-8"),
        ("Content-Type: ;;;\nContent-Disposition: ;=\n", "utf-8"),
        ("Content-Type: text/plain; name*=utf-8''%\n", "cp1250"),
    ],
)
def test_read_a_broken_charset(file: Path, header: str, encoding: str) -> None:
    content = f"{header}{HEAD}\n".encode() + "Zażółć".encode(encoding)

    (found,) = read(file.with_suffix(".eml"), content)

    assert (found.subject, found.body) == ("Części zamienneą", "Zażółć")
    assert (found.encoding, found.attachments) == (encoding, ())


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ('"Foo, Inc." <a@x.example>', [Address("Foo, Inc.", "a@x.example")]),
        ("Foo, Inc. <a@x.example>", [Address("Foo, Inc.", "a@x.example")]),
        ("a@x.example; b@x.example", [Address("", "a@x.example"), Address("", "b@x.example")]),
        ("=?utf-8?q?Kowal=2C_Ewa?= <e@x.example>", [Address("Kowal, Ewa", "e@x.example")]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?a=0D=0ABcc:_b?= <a@x.example>", [Address("a Bcc: b", "a@x.example")]),
    ],
)  # fmt: skip
def test_read_recipients(file: Path, value: str, people: list[Address]) -> None:
    content = f"From: jan@wisla.example\nTo: {value}\nDate: Mon, 16 Nov 2026 13:04:00 +0100\n\nx"

    (found,) = read(file.with_suffix(".eml"), content)

    assert list(found.to) == people


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250"])
def test_read_raw_letters_in_headers(file: Path, encoding: str) -> None:
    content = "From: Łukasz Żak <l@x.example>\nSubject: Część była\nTo: a@x.example\n\nx"

    (found,) = read(file.with_suffix(".eml"), content, encoding)

    assert (found.sender, found.subject) == (Address("Łukasz Żak", "l@x.example"), "Część była")


def test_keep_a_mail_with_broken_headers(file: Path) -> None:
    content = (
        "From: @\nMessage-ID: [broken\nDate: luni, azi\nSubject: =?utf-8?B?x?= ok\nReceived\n\nx"
    )

    (found,) = read(file.with_suffix(".eml"), content)

    assert (found.message_id, found.raw_date, found.sent_at) == ("[broken", "luni, azi", None)
    assert found.subject.endswith("ok")


def test_keep_a_mail_with_broken_parameters(file: Path) -> None:
    content = (
        f"Content-Type: text/plain; charset*=u\0tf''x\n{HEAD}"
        "Content-Disposition: inline; filename*=u\0tf''x.pdf\n\nZażółć"
    )

    (found,) = read(file.with_suffix(".eml"), content)

    assert (found.subject, found.body, found.encoding) == ("Części zamienneą", "Zażółć", "utf-8")


def test_drop_what_a_database_refuses(file: Path) -> None:
    content = (
        "Subject: =?utf-8?q?a=00b?= \\ud800 =?utf-7?q?+2AA-?=\nFrom: a@x.example\n"
        "Content-Type: text/plain; charset=utf-7\n\nx+2AA-y"
    )

    (found,) = read(file.with_suffix(".eml"), content)

    assert (found.subject, found.body) == ("ab \\ud800 ?", "x?y")


def test_keep_parts_without_end(file: Path) -> None:
    layers = [f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(3000)]

    (found,) = read(file.with_suffix(".eml"), f"Subject: x\nFrom: y\n{''.join(layers)}\nZażółć")

    assert found.body.startswith("--b50\nContent-Type: multipart/mixed; boundary=b51\n")
    assert found.body.endswith("--b2999\n\nZażółć")


@pytest.mark.parametrize(
    ("name", "skipped"),
    [("1700.M1.host:2,S", 0), ("1700.M1.host:2,ST", 1), ("1700.T", 0), ("1700;2,FT", 1)],
)
def test_skip_what_lies_in_the_trash_of_a_maildir(file: Path, name: str, skipped: int) -> None:
    path = file.with_name(name)
    path.write_text(f"{HEAD}\nx")

    (item,) = read_messages(path, BUCHAREST)

    assert [item] == [Skipped(path, 0, "deleted message")] * skipped or isinstance(item, Message)


@pytest.mark.parametrize(
    "content",
    [
        "Subject: Oferta\n\nSalut",
        ">From ion@moldo.example Mon Nov 16 13:04:05 2026\nSubject: Oferta\nX: y\n\nSalut",
        "From ion@moldo.example\nSubject: Oferta\nX: y\n\nSalut",
    ],
)
def test_believe_the_suffix(file: Path, content: str) -> None:
    (found,) = read(file.with_suffix(".eml"), content)

    assert (found.dialect, found.subject, found.body) == ("rfc5322", "Oferta", "Salut")


def test_keep_the_raw_bytes(file: Path) -> None:
    (found,) = read(file.with_suffix(".eml"), f"{HEAD}\nx")

    assert (found.offset, found.message_id) == (0, "a1@wisla.example")
