"""`remind` killed at random moments, and started twice at once: each reminder still goes once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from crm_cli.services import tasks_at_once
from crm_cli.start import make_app
from tests.execute import execute

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Crm

TASKS = 220
COUNTS = """
SELECT (SELECT count(*) FROM reminder WHERE state = 'sent'),
       (SELECT count(DISTINCT outbox_id) FROM reminder),
       (SELECT count(*) FROM outbox)"""
SENT = "SELECT count(*) FROM reminder WHERE state = 'sent'"


def _plan(crm: Crm, patch: pytest.MonkeyPatch) -> None:
    """More due tasks than one transaction holds, of four people."""
    for login in ("jan", "kate", "maria"):
        crm("employee", "add", "--name", login, "--login", login, "--email", f"{login}@f.example")
    day = date.fromisoformat(crm.now[:10])
    rows = [
        {"subject": f"Task{number}", "assignee_id": 1 + number % 4, "due_on": day}
        for number in range(TASKS)
    ]
    app = make_app(color=False, config=None, database=crm.url, user=crm.user)
    patch.setenv("CRM_NOW", crm.now)
    with app.transaction() as tx:
        tasks_at_once.create(tx.session, rows)
    app.database.close()


def _start(crm: Crm) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "crm_cli", "job", "run", "remind"],
        env={**os.environ, **crm.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _sent(crm: Crm) -> int:
    return int(execute(crm.url, SENT)[0][0])


def _kill_after_a_batch(crm: Crm, dice: random.Random) -> None:
    """Kill a run soon after it has committed some of its reminders."""
    before = _sent(crm)
    victim = _start(crm)
    while _sent(crm) == before and victim.poll() is None:
        time.sleep(0.01)
    time.sleep(dice.uniform(0, 0.05))
    os.kill(victim.pid, signal.SIGKILL)
    victim.communicate()


def test_run_killed_then_twice_at_once(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    _plan(crm, monkeypatch)
    dice = random.Random(5)

    for _ in range(2):
        _kill_after_a_batch(crm, dice)
    both = [_start(crm), _start(crm)]
    talk = [run.communicate()[1] for run in both]

    assert talk == [b"", b""]
    assert {run.returncode for run in both} <= {0, 75}
    assert execute(crm.url, COUNTS) == [(TASKS, TASKS, TASKS)]
