"""`remind` killed at random moments, and started twice at once: each reminder still goes once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

TASKS = 220
COUNTS = """
SELECT (SELECT count(*) FROM reminder WHERE state = 'sent'),
       (SELECT count(DISTINCT outbox_id) FROM reminder),
       (SELECT count(*) FROM outbox)"""
ADD = "task add Task{number} --due today --assignee {assignee}\n"


def _plan(crm: Crm) -> None:
    """More due tasks than one transaction holds, of four people."""
    for login in ("jan", "kate", "maria"):
        crm("employee", "add", "--name", login, "--login", login, "--email", f"{login}@f.example")
    lines = (ADD.format(number=number, assignee=1 + number % 4) for number in range(TASKS))
    assert crm("batch", "--atomic", "-", input="".join(lines)).exit_code == 0


def _start(crm: Crm) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "crm_cli", "job", "run", "remind"],
        env={**os.environ, **crm.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_run_killed_then_twice_at_once(crm: Crm) -> None:
    _plan(crm)
    dice = random.Random(5)

    for _ in range(2):
        victim = _start(crm)
        time.sleep(0.9 + dice.random() * 0.8)
        os.kill(victim.pid, signal.SIGKILL)
        victim.communicate()
    both = [_start(crm), _start(crm)]
    talk = [run.communicate()[1] for run in both]

    assert talk == [b"", b""]
    assert {run.returncode for run in both} <= {0, 75}
    assert execute(crm.url, COUNTS) == [(TASKS, TASKS, TASKS)]
