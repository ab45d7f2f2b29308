"""`mail.senders` and the pace through the real job: many connections, waiting, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.outgoing import queue, statuses, use_folder, use_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm
    from tests.delivery.servers import FailingServer, MailServer


def start(crm: Crm, *words: str) -> subprocess.Popen[str]:
    """Run the job in a process of its own, where time passes."""
    return subprocess.Popen(
        [sys.executable, "-m", "crm_cli", "job", "run", "send-outbox", *words],
        env={**os.environ, **crm.environment},
        stderr=subprocess.PIPE,
        text=True,
    )


def put(crm: Crm, **settings: int) -> None:
    for name, value in settings.items():
        assert crm("setting", "set", f"mail.{name}", value).exit_code == 0


def stamp(crm: Crm, *moments: str) -> None:
    """Mails that were tried at these moments of the test's morning."""
    for number, moment in zip(queue(crm, len(moments)), moments, strict=True):
        change = "UPDATE outbox SET status = 'sent', tried_at = ? WHERE id = ?"
        execute(crm.url, change, f"2026-11-23T{moment}Z", number)


def test_send_over_several_connections(crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    server = mail_server(together=4)
    use_server(crm, server.port)
    put(crm, senders=4)
    queue(crm, 24)

    result = crm("job", "run", "send-outbox", "-v")

    assert (result.exit_code, result.stderr) == (0, "send-outbox: 24 sent\n")
    assert server.received.connections == 4
    arrived = Counter(message_from_bytes(each)["Message-ID"] for each in server.received.messages)
    assert set(arrived.values()) == {1}
    assert len(arrived) == 24


def test_open_no_more_connections_than_mails(
    sqlite_crm: Crm, mail_server: Callable[..., MailServer]
) -> None:
    server = mail_server(together=5)
    use_server(sqlite_crm, server.port)
    put(sqlite_crm, senders=16)
    queue(sqlite_crm, 6)

    result = sqlite_crm("job", "run", "send-outbox", "-v", "--limit", "5")

    assert result.stderr == "send-outbox: 5 sent\n"
    assert server.received.connections == 5
    assert statuses(sqlite_crm) == {"queued": 1, "sent": 5}


def test_tell_once_that_a_server_is_down(
    sqlite_crm: Crm, failing_server: Callable[..., FailingServer]
) -> None:
    use_server(sqlite_crm, failing_server("greeting", "421 not now", times=9).port)
    put(sqlite_crm, senders=4)
    queue(sqlite_crm, 8)

    result = sqlite_crm("job", "run", "send-outbox")

    assert result.exit_code == 6
    assert result.stderr.splitlines()[0] == "crm: The job send-outbox could not do 1 of its items."
    assert {(mail["status"], mail["attempts"]) for mail in sqlite_crm.ok("outbox", "list")} == {
        ("queued", 0)
    }


def test_wait_for_the_pace(crm: Crm) -> None:
    arrived = use_folder(crm)
    put(crm, rate=2, senders=2)
    stamp(crm, "07:59:00", "07:59:00")
    queue(crm, 2)

    run = start(crm, "-v")
    _, said = run.communicate()

    assert (run.returncode, said) == (0, "send-outbox: 2 sent\n")
    assert len(list(arrived.iterdir())) == 2
    stamps = "SELECT count(*) FROM outbox WHERE tried_at >= ? AND tried_at <= ?"
    window = "2026-11-23T08:00:02Z", "2026-11-23T08:00:30Z"
    assert execute(crm.url, stamps, *window) == [(2,)]


def test_wait_for_no_server_that_is_down(
    sqlite_crm: Crm, failing_server: Callable[..., FailingServer]
) -> None:
    use_server(sqlite_crm, failing_server("greeting", "421 not now", times=9).port)
    put(sqlite_crm, rate=1, senders=3)
    queue(sqlite_crm, 3)
    began = time.monotonic()

    result = sqlite_crm("job", "run", "send-outbox")

    assert result.exit_code == 6
    assert time.monotonic() - began < 30


def test_leave_the_rest_to_the_next_run(sqlite_crm: Crm) -> None:
    use_folder(sqlite_crm)
    put(sqlite_crm, domain_rate=1)
    stamp(sqlite_crm, "08:04:30")
    queue(sqlite_crm, 7)

    result = sqlite_crm("job", "run", "send-outbox", "-v")

    assert result.stderr == "send-outbox: 7 wait for their turn\n"
    assert result.exit_code == 0


def test_end_a_wait_by_a_signal(sqlite_crm: Crm) -> None:
    use_folder(sqlite_crm)
    put(sqlite_crm, rate=1, senders=2)
    stamp(sqlite_crm, "07:59:30")
    queue(sqlite_crm, 2)
    run = start(sqlite_crm)
    while run.poll() is None and not execute(sqlite_crm.url, "SELECT 1 FROM job_run"):
        time.sleep(0.05)
    time.sleep(0.5)  # now it waits; if not yet, it ends in the same way

    run.send_signal(signal.SIGTERM)
    _, said = run.communicate()

    assert run.returncode == 143
    assert "was stopped by SIGTERM" in said
    assert statuses(sqlite_crm) == {"queued": 2, "sent": 1}


@pytest.mark.parametrize("senders", [1, 3])
def test_end_when_the_database_is_gone(
    sqlite_crm: Crm, mail_server: Callable[..., MailServer], senders: int
) -> None:
    use_server(sqlite_crm, mail_server().port)
    put(sqlite_crm, senders=senders)
    queue(sqlite_crm, 6)
    execute(
        sqlite_crm.url,
        "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN new.status = 'dot' AND new.id = 3"
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )

    result = sqlite_crm("job", "run", "send-outbox")

    assert result.exit_code == 4
    assert "disk full" in result.stderr
    assert sqlite_crm.ok("job", "log")[0]["state"] == "failed"
    assert "dot" not in statuses(sqlite_crm)
