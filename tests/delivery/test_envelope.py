from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.envelope import Mail, compose
from crm_cli.errors import InvalidData
from tests.delivery.mails import PLAIN, mail

if TYPE_CHECKING:
    from email.message import EmailMessage


def read(mail: Mail) -> EmailMessage:
    return message_from_bytes(compose(mail), policy=policy.default)


def test_compose_plain_text() -> None:
    assert compose(PLAIN).decode("ascii").split("\r\n") == [
        "Message-ID: <task-12.1@firma.ro>",
        "Date: Mon, 02 Mar 2026 08:00:00 +0000",
        'From: "Firma, SRL" <crm@firma.ro>',
        "To: =?utf-8?b?xYF1a2FzeiDFu8OzxYLEhw==?= <lukasz@firma.pl>",
        "Subject: =?utf-8?q?Ofert=C4=83_nou=C4=83?=",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "MIME-Version: 1.0",
        "",
        "Bun=C4=83 ziua,",
        ".",
        "=C8=98tefan",
        "",
    ]


def test_compose_html_beside_text() -> None:
    message = read(mail(html="<p>Bună ziua</p>\n"))

    assert message.get_content_type() == "multipart/alternative"
    parts = [(part.get_content_type(), part.get_content()) for part in message.iter_parts()]
    assert parts == [
        ("text/plain", PLAIN.text.replace("\n", "\r\n")),
        ("text/html", "<p>Bună ziua</p>\r\n"),
    ]


@pytest.mark.proves("R147")
@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("oferta.pdf", "oferta.pdf"),
        ("FV/12/2026.pdf", "FV-12-2026.pdf"),
        ('Ofertă „finală” pentru Ștefan "X" și Łódź; ' + "ă" * 60 + ".pdf",) * 2,
    ],
)
def test_attach_byte_exact(name: str, read_as: str) -> None:
    content = bytes(range(256)) * 50 + b"\r\n.\r\n\n\r"

    message = read(mail(html="<p>x</p>", attachments=((name, "application/pdf", content),)))

    (part,) = message.iter_attachments()
    assert part.get_filename() == read_as
    assert part.get_content_type() == "application/pdf"
    assert part.get_payload(decode=True) == content


def test_attach_a_mail_without_parsing_it() -> None:
    content = b"Subject: x\r\n\r\ny"

    message = read(mail(attachments=(("veche.eml", "message/rfc822", content),)))

    (part,) = message.iter_attachments()
    assert (part.get_content_type(), part.get_content()) == ("application/octet-stream", content)


def test_go_to_whom_it_shows() -> None:
    copied = mail(cc=(Address("ion@firma.ro"), Address("lukasz@firma.pl")))

    assert copied.recipients == ("lukasz@firma.pl", "ion@firma.ro")
    assert read(copied)["Cc"] == "ion@firma.ro, lukasz@firma.pl"


def test_go_to_others_than_it_shows() -> None:
    hidden = mail(cc=(Address("ion@firma.ro"),), receivers=(Address("sef@firma.ro"),))

    assert hidden.recipients == ("sef@firma.ro",)
    assert (read(hidden)["To"], read(hidden)["Cc"]) == (str(hidden.to[0]), "ion@firma.ro")
    assert b"sef@firma.ro" not in compose(hidden)


def test_keep_long_extra_headers_readable() -> None:
    link = f"<https://firma.ro/{'x' * 300}>"
    extra = (("Auto-Submitted", "auto-generated"), ("List-Unsubscribe", link))

    message = read(mail(headers=extra, reply_to=Address("ana@firma.ro", "Ana")))

    assert message.items()[:2] == list(extra)
    assert message["Reply-To"] == "Ana <ana@firma.ro>"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_subject_is_read_as_it_was_written(subject: str) -> None:
    written = " ".join(subject.replace("=?", "").split())

    assert read(mail(subject=written))["Subject"] == written


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_text_is_seven_bit_lines_of_legal_length(text: str) -> None:
    encoded = compose(mail(text=text))

    lines = encoded.split(b"\r\n")
    assert encoded.isascii()
    assert max(map(len, lines)) <= 998
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", encoded)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"message_id": "12"}, "'12' is not a Message-ID."),
        ({"message_id": "<a@b>\r\nBcc: x@y.ro"}, "is not a Message-ID."),
        ({"text": "a\0b"}, "characters that no mail can carry"),
        ({"html": "\ud800"}, "characters that no mail can carry"),
        (
            {"attachments": (("a", "pdf", b""),)},
            "'pdf', of the attachment 'a', is not a media type",
        ),
        ({"headers": (("Bcc", "x@y.ro"),)}, "'Bcc' cannot be set"),
        ({"headers": (("Content-Type", "text/html"),)}, "'Content-Type' cannot be set"),
        ({"headers": (("X: y\r\nBcc", "x@y.ro"),)}, "cannot be set"),
        ({"headers": (("X-Nume", "Ștefan"),)}, "X-Nume of the mail is not ASCII"),
        ({"headers": (("X-Lung", "x" * 1000),)}, "X-Lung of the mail is not ASCII, or too long"),
    ],
)
def test_refuse(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidData) as refused:
        compose(mail(**changes))

    assert sentence in refused.value.message
