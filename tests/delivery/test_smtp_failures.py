"""What is known of a message when the server fails at each step of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.refusals import (
    ConnectionLost,
    DeliveryError,
    PermanentRefusal,
    SenderRefused,
    ServerUnavailable,
    TemporaryRefusal,
    Uncertain,
)
from crm_cli.delivery.transports import Transport, open_transport
from tests.delivery.servers import PATIENCE, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.delivery.servers import FailingServer

    StartServer = Callable[[str, str], FailingServer]

MESSAGE = b"Message-ID: <1@firma.ro>\r\n\r\nBun\xc4\x83 ziua\r\n" * 10
# A small body fits into the buffers on the way, whatever becomes of the server.
LARGE = MESSAGE * 40_000


def opened(server: FailingServer, timeout: float = PATIENCE) -> Transport:
    url = f"smtp://127.0.0.1:{server.port}?starttls=no"
    return open_transport(url, password=None, ca_file=None, timeout=timeout)


def deliver(transport: Transport, log: list[str], step: str = "") -> str:
    message = LARGE if step == "body" else MESSAGE
    return transport.send("a@firma.ro", ["b@firma.ro"], message, lambda: log.append("dot"))


def kind_of(step: str) -> type[DeliveryError]:
    if step == "dot":
        return Uncertain
    return ServerUnavailable if step in {"greeting", "EHLO"} else ConnectionLost


@pytest.mark.parametrize("step", STEPS)
def test_dropped_connection_is_renewed(failing_server: StartServer, step: str) -> None:
    server, log = failing_server(step, "drop"), list[str]()

    with opened(server) as transport:
        with pytest.raises(DeliveryError) as failed:
            deliver(transport, log, step)
        failed_after = list(log)
        answer = deliver(transport, log)

    assert type(failed.value) is kind_of(step)
    assert failed_after == (["dot"] if step == "dot" else [])
    assert answer == "250 2.0.0 taken"
    assert server.messages == [MESSAGE]


@pytest.mark.parametrize("step", STEPS)
def test_silence_ends_with_the_timeout(failing_server: StartServer, step: str) -> None:
    for timeout in (0.05, 0.5, PATIENCE):
        server, log = failing_server(step, "silence"), list[str]()
        with opened(server, timeout) as transport, pytest.raises(DeliveryError) as failed:
            deliver(transport, log, step)
        if server.is_silent:
            break  # else the machine was too slow for the steps before

    assert type(failed.value) is kind_of(step)
    assert server.messages == []


REFUSALS: dict[int, type[DeliveryError]] = {
    421: ConnectionLost,
    450: TemporaryRefusal,
    552: PermanentRefusal,
    554: PermanentRefusal,
}


@pytest.mark.parametrize("step", ["RCPT", "DATA", "dot"])
@pytest.mark.parametrize("code", list(REFUSALS))
def test_refuse_the_mail(failing_server: StartServer, step: str, code: int) -> None:
    server, log = failing_server(step, f"{code} no"), list[str]()

    with opened(server) as transport, pytest.raises(DeliveryError) as refused:
        deliver(transport, log)

    assert (type(refused.value), refused.value.code) == (REFUSALS[code], code)
    assert log == (["dot"] if step == "dot" else [])


@pytest.mark.parametrize("step", ["RCPT", "dot"])
@pytest.mark.parametrize(
    "reply",
    [
        "553 5.7.1 <crm@firma.ro>: Sender address rejected: not owned by user ana",
        "450 4.1.8 <crm@firma.ro>: Sender address rejected: Domain not found",
        "554 5.7.1 <jan@klient.pl>: Relay access denied",
        "550 5.7.1 Relaying denied",
        "550 relay not permitted",
        "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        "554 5.7.1 <unknown[10.0.0.7]>: Client host rejected: Access denied",
        "530 5.7.0 Must issue a STARTTLS command first",
        "530 5.7.57 Client not authenticated to send mail",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        "550 5.1.8 Sender rejected",
    ],
)
def test_refuse_the_sender_late(failing_server: StartServer, step: str, reply: str) -> None:
    """Postfix waits with it for a recipient, Exchange for the whole message."""
    server = failing_server(step, reply)

    with opened(server) as transport, pytest.raises(SenderRefused):
        deliver(transport, [])


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.1 <jan@klient.pl>: Recipient address rejected: User unknown",
        "554 5.7.1 Message rejected as spam",
        "550 5.7.1 <jan@klient.pl>: Recipient address rejected: Access denied",
        "552 5.2.2 Mailbox full",
    ],
)
def test_refuse_the_recipient_for_good(failing_server: StartServer, reply: str) -> None:
    with (
        opened(failing_server("RCPT", reply)) as transport,
        pytest.raises(PermanentRefusal) as refused,
    ):
        deliver(transport, [])

    assert type(refused.value) is PermanentRefusal


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "dot"])
@pytest.mark.parametrize(
    "reply",
    [
        "552 5.3.4 Message size exceeds fixed limit",
        "554 message size exceeds the limit",
        "550 5.3.4 Message too big",
        "534 5.2.3 Message exceeds maximum size",
    ],
)
def test_refuse_a_mail_that_is_too_large(
    failing_server: StartServer, step: str, reply: str
) -> None:
    with opened(failing_server(step, reply)) as transport, pytest.raises(DeliveryError) as refused:
        deliver(transport, [])

    assert type(refused.value) is PermanentRefusal


def test_show_nothing_that_a_terminal_would_obey(failing_server: StartServer) -> None:
    server = failing_server("RCPT", "550 nu\x1b[2J există\u202e\x9b31m\ttu")

    with opened(server) as transport, pytest.raises(PermanentRefusal) as refused:
        deliver(transport, [])

    assert refused.value.text == "b@firma.ro: 550 nu\ufffd[2J există\ufffd\ufffd31m tu"


def test_forget_a_refused_mail_once(failing_server: StartServer) -> None:
    server = failing_server("RCPT", "550 no")

    with opened(server) as transport:
        with pytest.raises(PermanentRefusal):
            deliver(transport, [])
        deliver(transport, [])
        deliver(transport, [])

    assert server.commands.count("RSET") == 1
    assert server.commands.count("EHLO") == 1


@pytest.mark.parametrize("reply", ["421 later", "500 what"])
def test_blame_no_mail_for_the_one_before(failing_server: StartServer, reply: str) -> None:
    server = failing_server("RCPT", "550 no")

    with opened(server) as transport:
        with pytest.raises(PermanentRefusal):
            deliver(transport, [])
        server.fail_at("RSET", reply)
        answer = deliver(transport, [])

    assert answer == "250 2.0.0 taken"
    assert server.commands.count("EHLO") == 2


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (421, ConnectionLost),
        (451, SenderRefused),
        (530, SenderRefused),
        (550, SenderRefused),
        (552, PermanentRefusal),
    ],
)
def test_refuse_the_sender(failing_server: StartServer, code: int, kind: object) -> None:
    with (
        opened(failing_server("MAIL", f"{code} no")) as transport,
        pytest.raises(DeliveryError) as refused,
    ):
        deliver(transport, [])

    assert (type(refused.value), refused.value.code) == (kind, code)
    assert refused.value.text == "no (the sender a@firma.ro)"


@pytest.mark.parametrize("code", [421, 450, 554])
def test_refuse_the_client(failing_server: StartServer, code: int) -> None:
    with (
        opened(failing_server("greeting", f"{code} no")) as transport,
        pytest.raises(DeliveryError) as refused,
    ):
        deliver(transport, [])

    assert (type(refused.value), refused.value.code) == (ServerUnavailable, code)


def test_greet_an_old_server(failing_server: StartServer) -> None:
    server = failing_server("EHLO", "502 what?")

    with opened(server) as transport:
        assert deliver(transport, []) == "250 2.0.0 taken"

    assert server.commands[:2] == ["EHLO", "HELO"]


@pytest.mark.parametrize(("step", "failure"), [("answered", "drop"), ("MAIL", "421 enough")])
def test_server_that_ends_a_used_connection(
    failing_server: StartServer, step: str, failure: str
) -> None:
    server = failing_server("never", "drop")

    with opened(server) as transport:
        deliver(transport, [])
        server.fail_at(step, failure)
        answers = [deliver(transport, []) for _ in range(2)]

    assert answers == ["250 2.0.0 taken"] * 2
    assert server.messages == [MESSAGE] * 3
    assert server.commands.count("EHLO") == 2


@pytest.mark.parametrize("answer", ["gibberish", "354 more", "9" * 9000])
def test_answer_that_means_nothing_leaves_doubt(failing_server: StartServer, answer: str) -> None:
    server, log = failing_server("dot", answer), list[str]()

    with opened(server) as transport, pytest.raises(Uncertain):
        deliver(transport, log)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, TemporaryRefusal])
def test_failed_commit_withdraws_the_message(
    failing_server: StartServer, error: type[BaseException]
) -> None:
    server, log = failing_server("never", "drop"), list[str]()

    def fail() -> None:
        raise error(0, "disk full")

    with opened(server) as transport:
        with pytest.raises(error):
            transport.send("a@firma.ro", ["b@firma.ro"], b"withdrawn", fail)
        deliver(transport, log)

    assert server.messages == [MESSAGE]


def test_everything_but_the_dot_is_sent_before_the_commit(failing_server: StartServer) -> None:
    server = failing_server("never", "drop")
    seen: list[tuple[int, str]] = []

    def commit() -> None:
        seen.append((len(server.messages), server.commands[-1]))

    with opened(server) as transport:
        transport.send("a@firma.ro", ["b@firma.ro"], MESSAGE, commit)

    assert seen == [(0, "DATA")]
    assert server.messages == [MESSAGE]
