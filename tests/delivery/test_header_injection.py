"""Every payload in every header: refused, or harmless where the server reads it."""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.envelope import Mail, compose
from crm_cli.delivery.headers import refuse_control_characters
from crm_cli.delivery.transports import open_transport
from crm_cli.errors import InvalidData
from tests.delivery.mails import mail

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.delivery.servers import MailServer

EVIL = "Bcc: evil@rau.ro"
BREAKS = ["\n", "\r", "\r\n", "\r\n ", "\n\t", "\n\n", "\0", "\v", "\f", "\x1c", "\x1d", "\x1e"]
BREAKS += ["\x85", "\u2028", "\u2029", "\x08", "\x7f", "\x9b", "\x00\n", "\ud800"]
ENCODED = [
    "=?UTF-8?Q?=0A?=",
    "=?utf-8?q?=0D=0A?=",
    "=?utf-8?q?=0d?=",
    "=?utf-8?b?Cg==?=",
    "=?utf-8?B?DQo=?=",
    "=?utf-8?b?Cg?=",
    "=?us-ascii?q?a=0Ab?=",
    "=?iso-8859-2?q?=0A_?=",
    "=?utf-8*ro?q?=0A?=",
    "=?utf-7?q?+AAo-?=",
    "=?utf-7*pl?q?+AA0ACg-?=",
    "=?utf-16-be?b?AAo=?=",
    "=?unknown?q?=0A?=",
    "=?utf-8?q?=00?=",
    "=?utf-8?q?=C2=85?=",
    "=?utf-8?q?=E2=80=A8?=",
    "=?utf-8?q?a?= =?utf-8?q?=0A?=",
    "=?utf-8?q?a?==?utf-8?q?=0A?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0A=3F=3D?=",
    "=?utf-8?b?PT91dGYtOD9xPz0wQT89?=",
]
REFUSED = [f"Ofertă {mark}{EVIL}" for mark in (*BREAKS, *ENCODED)]
REFUSED += [f"{mark}{EVIL}" for mark in (*BREAKS, *ENCODED)]
HARMLESS = [
    f"Oferta %0a{EVIL}",
    f"Oferta \\n{EVIL}",
    f"=?utf-8?x?=0A?={EVIL}",
    f"=?utf-8?q?Ofert=C4=83?= {EVIL}",
    f"<x>, {EVIL}",
    "x" * 800,
    f'"; {EVIL}',
    f"{'x ' * 40}{EVIL}",
    f"{'ă ' * 40}{EVIL}",
]


def in_subject(value: str) -> Mail:
    return mail(subject=value)


def in_sender(value: str) -> Mail:
    return mail(sender=Address("crm@firma.ro", value))


def in_reply_to(value: str) -> Mail:
    return mail(reply_to=Address("crm@firma.ro", value))


def in_to(value: str) -> Mail:
    return mail(to=(Address("a@firma.ro", "A"), Address("b@firma.ro", value)))


def in_cc(value: str) -> Mail:
    return mail(cc=(Address("c@firma.ro", value),))


def in_extra_header(value: str) -> Mail:
    return mail(headers=(("X-Crm", value),))


def in_attachment_name(value: str) -> Mail:
    return mail(attachments=((value, "text/csv", b"a;b"),))


PLACES = [in_subject, in_sender, in_reply_to, in_to, in_cc, in_extra_header, in_attachment_name]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", REFUSED)
def test_refuse_hidden_line_break(place: Callable[[str], Mail], payload: str) -> None:
    with pytest.raises(InvalidData, match=r"line break or control|wrongly encoded"):
        compose(place(payload))


def test_refuse_unfinished_encoding_that_python_would_decode() -> None:
    with pytest.raises(InvalidData, match="line break or control"):
        compose(in_subject(f"=?utf-8?q?=0A={EVIL}"))


def test_refuse_a_name_longer_than_a_line() -> None:
    with pytest.raises(InvalidData, match="too long for a mail header"):
        compose(in_sender("x" * 2000))


def test_refuse_endless_encoding() -> None:
    value = "\n"
    for _ in range(8):
        value = "=?utf-8?q?" + "".join(f"={byte:02X}" for byte in value.encode()) + "?="

    with pytest.raises(InvalidData, match="encoded more than 5 times over"):
        refuse_control_characters("subject", value)


def test_server_reads_only_our_headers(mail_server: Callable[..., MailServer]) -> None:
    server = mail_server()
    mails = [place(text) for place in PLACES for text in HARMLESS if place is not in_extra_header]

    with open_transport(
        f"smtp://127.0.0.1:{server.port}?starttls=no", password=None, ca_file=None
    ) as transport:
        for one in mails:
            transport.send("crm@firma.ro", one.recipients, compose(one), lambda: None)

    assert len(server.received.messages) == len(mails)
    for encoded in server.received.messages:
        names = {name.lower() for name in message_from_bytes(encoded)}
        assert names <= {
            "message-id",
            "date",
            "from",
            "reply-to",
            "to",
            "cc",
            "subject",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
        }
    assert "evil@rau.ro" not in {to for each in server.received.recipients for to in each}
