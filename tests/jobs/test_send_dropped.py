"""The real job against a server that drops the connection at each step of the conversation."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from tests.delivery.servers import AFTER_STEPS, STEPS, TLS_STEPS
from tests.execute import execute
from tests.outgoing import queue, statuses, use_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Crm, Result
    from tests.delivery.servers import FailingServer

    StartServer = Callable[..., FailingServer]

CERTAIN = [step for step in (*STEPS, *TLS_STEPS, *AFTER_STEPS) if step not in {"dot", "taken"}]
# A small body fits into the buffers on the way, whatever becomes of the server.
LARGE = ("Buna ziua! " * 80 + "\n") * 4_000
LATER = "2026-11-23T08:20:00+00:00"


def send(crm: Crm, certificate: Path, now: str) -> Result:
    secrets = {"CRM_SMTP_PASSWORD_COMMAND": "echo parola", "CRM_CA_FILE": str(certificate)}
    return crm("job", "run", "send-outbox", "-v", CRM_NOW=now, **secrets)


def start(crm: Crm, failing_server: StartServer, certificate: Path, step: str) -> FailingServer:
    """A server that drops one connection."""
    server = failing_server(step, "drop", certificate=certificate)
    use_server(crm, server.port, "")
    crm("setting", "set", "mail.url", f"smtp://ana@localhost:{server.port}")
    return server


def copies(crm: Crm, server: FailingServer) -> list[int]:
    """How often each mail arrived."""
    arrived = Counter(message_from_bytes(each)["Message-ID"] for each in server.messages)
    ids = execute(crm.url, "SELECT message_id FROM outbox ORDER BY id")
    return [arrived[number] for (number,) in ids]


@pytest.mark.parametrize("step", CERTAIN)
def test_lose_and_double_nothing(
    sqlite_crm: Crm, failing_server: StartServer, certificate: Path, step: str
) -> None:
    server = start(sqlite_crm, failing_server, certificate, step)
    queue(sqlite_crm, text=LARGE if step == "body" else "Bună ziua!")
    queue(sqlite_crm, 2)

    first = send(sqlite_crm, certificate, sqlite_crm.now)
    second = send(sqlite_crm, certificate, LATER)

    assert "may have left" not in first.stderr + second.stderr
    assert second.exit_code == 0
    assert statuses(sqlite_crm) == {"sent": 3}
    assert copies(sqlite_crm, server) == [1, 1, 1]


def test_hold_what_a_server_never_answers(sqlite_crm: Crm, failing_server: StartServer) -> None:
    server = failing_server("taken", "drop", times=9)
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm, uncertain="resend")

    runs = [
        sqlite_crm("job", "run", "send-outbox", CRM_NOW=f"2026-11-23T{hour}:00:00+00:00")
        for hour in ("08", "09", "10", "11")
    ]

    assert [run.exit_code for run in runs] == [0, 0, 6, 0]
    assert statuses(sqlite_crm) == {"held": 1}
    assert copies(sqlite_crm, server) == [3]


@pytest.mark.parametrize(("step", "arrived"), [("dot", 0), ("taken", 1)])
@pytest.mark.parametrize("uncertain", ["hold", "resend"])
def test_tell_what_may_have_left(
    sqlite_crm: Crm,
    failing_server: StartServer,
    certificate: Path,
    step: str,
    arrived: int,
    uncertain: str,
) -> None:
    server = start(sqlite_crm, failing_server, certificate, step)
    queue(sqlite_crm, 3, uncertain=uncertain)

    first = send(sqlite_crm, certificate, sqlite_crm.now)
    send(sqlite_crm, certificate, LATER)

    told = sqlite_crm.ok("job", "log", "--sort", "id")[0]
    shown = sqlite_crm.ok("outbox", "show", "1")
    assert shown["doubted_at"] == sqlite_crm.now
    assert sqlite_crm.ok("outbox", "show", "2")["doubted_at"] is None
    if uncertain == "hold":
        assert first.exit_code == 6
        assert "mail 1 may have left and is held" in first.stderr
        assert "mail 1 may have left and is held" in told["error"]
        assert statuses(sqlite_crm) == {"held": 1, "sent": 2}
        assert copies(sqlite_crm, server) == [arrived, 1, 1]
    else:
        assert first.exit_code == 0
        assert "mail 1 may have left and goes again" in first.stderr
        assert "mail 1 may have left and goes again" in told["summary"]
        assert statuses(sqlite_crm) == {"sent": 3}
        assert copies(sqlite_crm, server) == [1 + arrived, 1, 1]
