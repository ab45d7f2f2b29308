"""Sending to a real server (aiosmtpd), encrypted and logged in."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.envelope import compose
from crm_cli.delivery.refusals import (
    PermanentRefusal,
    RefusedRecipient,
    ServerUnavailable,
    TemporaryRefusal,
)
from crm_cli.delivery.transports import open_transport
from crm_cli.errors import InvalidData
from tests.delivery.mails import PLAIN, mail
from tests.delivery.servers import PASSWORD, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.delivery.servers import FailingServer, MailServer

    StartServer = Callable[..., MailServer]

SENDER, RECIPIENTS = PLAIN.sender.wire, PLAIN.recipients
MESSAGE = compose(PLAIN)


def nothing() -> None:
    """Stands for the commit before the final dot."""


def local(server: MailServer) -> str:
    return f"smtp://127.0.0.1:{server.port}?starttls=no"


@pytest.mark.parametrize("mechanisms", [("PLAIN", "LOGIN"), ("LOGIN",)])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_send_by_starttls(
    mail_server: StartServer, certificate: Path, mechanisms: tuple[str, ...], host: str
) -> None:
    server = mail_server(certificate=certificate, login=True, mechanisms=mechanisms)
    url = f"smtp://ana@{host}:{server.port}"

    with open_transport(url, password=lambda: PASSWORD, ca_file=certificate) as transport:
        answer = transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert (answer, answer.refused) == ("250 2.0.0 taken", ())
    assert server.received.messages == [MESSAGE]
    assert server.received.mail_from == [SENDER]
    assert server.received.recipients == [list(RECIPIENTS)]
    assert server.received.mechanisms == [mechanisms[0]]


def test_send_by_smtps(mail_server: StartServer, certificate: Path) -> None:
    server = mail_server(certificate=certificate, implicit_tls=True, login=True)
    url = f"smtps://ana@localhost:{server.port}"

    with open_transport(url, password=lambda: PASSWORD, ca_file=certificate) as transport:
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert server.received.messages == [MESSAGE]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_refuse_unknown_certificate(
    mail_server: StartServer, certificate: Path, scheme: str
) -> None:
    server = mail_server(certificate=certificate, implicit_tls=scheme == "smtps")
    url = f"{scheme}://localhost:{server.port}"

    with (
        open_transport(url, password=None, ca_file=None) as transport,
        pytest.raises(ServerUnavailable) as refused,
    ):
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert refused.value.text == (
        f"the certificate of localhost:{server.port} is not trusted (self-signed certificate)."
    )
    assert (
        refused.value.hint == "A company's own authority goes into the settings file, as ca_file."
    )
    assert server.received.messages == []


def test_refuse_certificate_of_another_host(
    mail_server: StartServer, foreign_certificate: Path
) -> None:
    server = mail_server(certificate=foreign_certificate)
    url = f"smtp://localhost:{server.port}"

    with (
        open_transport(url, password=None, ca_file=foreign_certificate) as transport,
        pytest.raises(ServerUnavailable, match="Hostname mismatch"),
    ):
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert server.received.messages == []


def test_refuse_server_without_starttls(mail_server: StartServer) -> None:
    server = mail_server()
    url = f"smtp://ana@localhost:{server.port}"

    with (
        open_transport(url, password=lambda: PASSWORD, ca_file=None) as transport,
        pytest.raises(ServerUnavailable, match="does not offer STARTTLS"),
    ):
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert server.received.mechanisms == []


@pytest.mark.parametrize("mechanisms", [("PLAIN",), ("LOGIN",)])
def test_wrong_password_is_asked_once_and_never_shown(
    mail_server: StartServer, certificate: Path, mechanisms: tuple[str, ...]
) -> None:
    server = mail_server(certificate=certificate, login=True, mechanisms=mechanisms)
    url = f"smtp://ion@localhost:{server.port}"

    with (
        open_transport(url, password=lambda: PASSWORD, ca_file=certificate) as transport,
        pytest.raises(ServerUnavailable) as refused,
    ):
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert refused.value.message == (
        "The mail server cannot be used: 535 5.7.8 not with *** (the login of ion)"
    )
    assert refused.value.hint == (
        "Check the user ion and what the command of the setting smtp_password_command prints."
    )
    assert PASSWORD not in repr(transport.__dict__)
    assert len(server.received.mechanisms) == 1


@pytest.mark.parametrize(("token", "taken"), [(TOKEN, True), ("expired", False)])
def test_log_in_with_a_token(
    mail_server: StartServer, certificate: Path, token: str, taken: bool
) -> None:
    server = mail_server(certificate=certificate, login=True)
    url = f"smtp://ana@localhost:{server.port}?auth=xoauth2"

    with open_transport(url, password=lambda: token, ca_file=certificate) as transport:
        if taken:
            transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)
        else:
            with pytest.raises(ServerUnavailable, match="535"):
                transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)

    assert len(server.received.messages) == taken
    assert server.received.mechanisms == ["XOAUTH2"]


def test_refuse_server_without_login(
    failing_server: Callable[[str, str], FailingServer],
) -> None:
    server = failing_server("never", "drop")
    url = f"smtp://ana@127.0.0.1:{server.port}?starttls=no"

    with (
        open_transport(url, password=lambda: PASSWORD, ca_file=None) as transport,
        pytest.raises(ServerUnavailable, match=r"no login that is known here \(none\)"),
    ):
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)


def test_report_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with (
        open_transport(f"smtp://127.0.0.1:{port}", password=None, ca_file=None) as transport,
        pytest.raises(ServerUnavailable, match=f"nothing listens at 127.0.0.1:{port}"),
    ):
        transport.send(SENDER, RECIPIENTS, MESSAGE, nothing)


def test_send_many_over_one_connection(mail_server: StartServer) -> None:
    server = mail_server()

    with open_transport(local(server), password=None, ca_file=None) as transport:
        for number in range(50):
            transport.send(SENDER, [f"r{number}@firma.ro"], MESSAGE, nothing)

    assert server.received.connections == 1
    assert server.received.recipients == [[f"r{number}@firma.ro"] for number in range(50)]


@pytest.mark.parametrize(
    ("body", "arrives"),
    [
        (b"a\n.\n..b\n.c", b"a\r\n.\r\n..b\r\n.c\r\n"),
        (b"a\r.\rb\r\n", b"a\r\n.\r\nb\r\n"),
        (b"a\n.\r\nMAIL FROM:<x@y.ro>\r\n", b"a\r\n.\r\nMAIL FROM:<x@y.ro>\r\n"),
        (b"a\r\r\n.\r\r\n", b"a\r\n\r\n.\r\n\r\n"),
        (b"", b""),
    ],
)
def test_send_lines_that_could_end_the_message(
    mail_server: StartServer, body: bytes, arrives: bytes
) -> None:
    server = mail_server()

    with open_transport(local(server), password=None, ca_file=None) as transport:
        transport.send(SENDER, RECIPIENTS, b"Subject: x\r\n\r\n" + body, nothing)

    assert server.received.messages == [b"Subject: x\r\n\r\n" + arrives]


def test_send_large_attachment(mail_server: StartServer) -> None:
    server = mail_server()
    content = bytes(range(256)) * 16_384
    large = compose(mail(attachments=(("ofertă.pdf", "application/pdf", content),)))

    with open_transport(local(server), password=None, ca_file=None) as transport:
        transport.send("", RECIPIENTS, large, nothing)

    assert server.received.messages == [large]
    assert server.received.mail_from == ["<>"]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "refusal"),
    [("451 4.3.0 later", TemporaryRefusal), ("550 5.1.1 never", PermanentRefusal)],
)
def test_refusal_leaves_the_connection_usable(
    mail_server: StartServer,
    step: str,
    reply: str,
    refusal: type[TemporaryRefusal | PermanentRefusal],
) -> None:
    server = mail_server(replies={step: [reply]})

    with open_transport(local(server), password=None, ca_file=None) as transport:
        with pytest.raises(refusal) as refused:
            transport.send(SENDER, ["a@firma.ro"], MESSAGE, nothing)
        transport.send(SENDER, ["b@firma.ro"], MESSAGE, nothing)

    assert refused.value.code == int(reply[:3])
    assert reply[4:] in refused.value.text
    assert server.received.recipients == [["b@firma.ro"]]
    assert server.received.connections == 1


def test_report_some_recipients_refused(mail_server: StartServer) -> None:
    server = mail_server(replies={"RCPT": ["250 fine", "550 5.1.1 unknown", "451 greylisted"]})

    with open_transport(local(server), password=None, ca_file=None) as transport:
        answer = transport.send(SENDER, ["a@x.ro", "b@x.ro", "c@x.ro"], MESSAGE, nothing)

    assert answer == "250 2.0.0 taken"
    assert answer.refused == (
        RefusedRecipient("b@x.ro", 550, "5.1.1 unknown"),
        RefusedRecipient("c@x.ro", 451, "greylisted"),
    )
    assert server.received.recipients == [["a@x.ro"]]


def test_retry_when_one_of_the_refused_may_be_taken_later(mail_server: StartServer) -> None:
    server = mail_server(replies={"RCPT": ["550 unknown", "451 greylisted"]})

    with (
        open_transport(local(server), password=None, ca_file=None) as transport,
        pytest.raises(TemporaryRefusal) as refused,
    ):
        transport.send(SENDER, ["a@x.ro", "b@x.ro"], MESSAGE, nothing)

    assert (refused.value.code, refused.value.text) == (
        451,
        "a@x.ro: 550 unknown; b@x.ro: 451 greylisted",
    )


def test_refuse_message_larger_than_the_server_takes(mail_server: StartServer) -> None:
    server = mail_server()

    with (
        open_transport(local(server), password=None, ca_file=None) as transport,
        pytest.raises(PermanentRefusal) as refused,
    ):
        transport.send(SENDER, RECIPIENTS, b"x" * 998 + (b"\r\n" + b"x" * 998) * 34_000, nothing)

    assert refused.value.code == 552


def test_refuse_addresses_that_hold_commands(mail_server: StartServer) -> None:
    server = mail_server()

    with open_transport(local(server), password=None, ca_file=None) as transport:
        for address in ("a@b.ro>\r\nRCPT TO:<x@y.ro", "a@b.ro> SIZE=1", "<>"):
            with pytest.raises(InvalidData, match="address"):
                transport.send(SENDER, [address], MESSAGE, nothing)

    assert server.received.connections == 0
