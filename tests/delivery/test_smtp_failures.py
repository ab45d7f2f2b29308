"""What is known of a message when the server fails at each step of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.refusals import (
    DeliveryError,
    PermanentRefusal,
    ServerUnavailable,
    TemporaryRefusal,
    Uncertain,
)
from crm_cli.delivery.transports import Transport, open_transport
from tests.delivery.servers import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.delivery.servers import FailingServer

    StartServer = Callable[[str, str], FailingServer]

MESSAGE = b"Message-ID: <1@firma.ro>\r\n\r\nBun\xc4\x83 ziua\r\n" * 10
# A small body fits into the buffers on the way, whatever becomes of the server.
LARGE = MESSAGE * 40_000


def opened(server: FailingServer, timeout: float = 5) -> Transport:
    url = f"smtp://127.0.0.1:{server.port}?starttls=no"
    return open_transport(url, password=None, ca_file=None, timeout=timeout)


def deliver(transport: Transport, log: list[str], step: str = "") -> str:
    message = LARGE if step == "body" else MESSAGE
    return transport.send("a@firma.ro", ["b@firma.ro"], message, lambda: log.append("dot"))


def kind_of(step: str) -> type[DeliveryError]:
    if step == "dot":
        return Uncertain
    return ServerUnavailable if step in {"greeting", "EHLO"} else TemporaryRefusal


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
    server, log = failing_server(step, "silence"), list[str]()

    with opened(server, timeout=0.05) as transport, pytest.raises(DeliveryError) as failed:
        deliver(transport, log, step)

    assert type(failed.value) is kind_of(step)
    assert server.messages == []


@pytest.mark.parametrize("step", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"])
@pytest.mark.parametrize("code", [421, 450, 554])
def test_refusal_at_each_step(failing_server: StartServer, step: str, code: int) -> None:
    server, log = failing_server(step, f"{code} no"), list[str]()

    with opened(server) as transport:
        if step == "EHLO":  # an old server knows HELO only
            assert deliver(transport, log) == "250 2.0.0 taken"
            return
        with pytest.raises(DeliveryError) as refused:
            deliver(transport, log)

    unavailable = ServerUnavailable if step == "greeting" else TemporaryRefusal
    assert type(refused.value) is (
        PermanentRefusal if code == 554 and step != "greeting" else unavailable
    )
    assert refused.value.code == code
    assert log == (["dot"] if step == "dot" else [])


@pytest.mark.parametrize("answer", ["gibberish", "354 more", "9" * 9000])
def test_answer_that_means_nothing_leaves_doubt(failing_server: StartServer, answer: str) -> None:
    server, log = failing_server("dot", answer), list[str]()

    with opened(server) as transport, pytest.raises(Uncertain):
        deliver(transport, log)


def test_connection_dropped_between_two_messages(failing_server: StartServer) -> None:
    server, log = failing_server("RSET", "drop"), list[str]()

    with opened(server) as transport:
        answers = [deliver(transport, log) for _ in range(3)]

    assert answers == ["250 2.0.0 taken"] * 3
    assert server.messages == [MESSAGE] * 3
    assert server.commands.count("EHLO") == 2


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
