"""Running a job: one run at a time, a kill, a signal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.outgoing import queue, statuses, use_folder, use_server
from tests.postgres import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm
    from tests.jobs.conftest import HeldServer

STARTS = 4


def start(crm: Crm, *words: str) -> subprocess.Popen[str]:
    """Run the job in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "crm_cli", "job", "run", "send-outbox", *words],
        env={**os.environ, **crm.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and everything it printed."""
    out, err = process.communicate()
    return process.returncode, out + err


def wait_until(crm: Crm, process: subprocess.Popen[str], status: str) -> None:
    """Wait until a run has brought a mail into a status."""
    while not statuses(crm).get(status):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_start_many_at_once(crm: Crm, held_server: Callable[[str], HeldServer]) -> None:
    server = held_server("greeting")
    use_server(crm, server.port)
    queue(crm)

    first = start(crm)
    wait_until(crm, first, "claimed")
    others = [start(crm) for _ in range(STARTS - 1)]
    refused = [ended(process) for process in others]
    server.release()
    code, printed = ended(first)

    assert refused == [(75, "")] * (STARTS - 1)
    assert (code, "The mail server cannot be used" in printed) == (6, True)
    assert len(crm.ok("job", "log")) == 1


def test_start_after_the_holder_was_killed(
    crm: Crm, held_server: Callable[[str], HeldServer]
) -> None:
    use_server(crm, held_server("greeting").port)
    queue(crm)
    holder = start(crm)
    wait_until(crm, holder, "claimed")

    holder.kill()
    ended(holder)
    settle(crm.url)
    use_folder(crm)
    crm.now = "2026-11-23T08:20:00+00:00"
    result = crm("job", "run", "send-outbox", "-v")

    died = f"Process {holder.pid} on {socket.gethostname()} died without ending the run."
    assert (result.exit_code, result.stderr.splitlines()) == (
        0,
        [f"crm: {died} The job send-outbox goes on where it was.", "send-outbox: 1 sent"],
    )
    done, dead = crm.ok("job", "log")
    assert (done["state"], dead["state"]) == ("done", "dead")
    assert dead["error"] == died


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 143), (signal.SIGINT, 130)],
)
def test_end_between_two_items(
    sqlite_crm: Crm,
    held_server: Callable[[str], HeldServer],
    number: signal.Signals,
    code: int,
) -> None:
    server = held_server("dot")
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm, 3, uncertain="resend")
    run = start(sqlite_crm)
    wait_until(sqlite_crm, run, "dot")

    run.send_signal(number)
    server.release()

    assert ended(run) == (
        code,
        f"crm: The job send-outbox was stopped by {number.name}; what it had done is kept.\n",
    )
    assert statuses(sqlite_crm) == {"queued": 3}
    (stopped,) = sqlite_crm.ok("job", "log")
    assert (stopped["state"], stopped["items"]) == ("stopped", 1)
