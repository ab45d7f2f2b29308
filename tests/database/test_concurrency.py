"""Many processes on one database: nothing is lost, nobody is told it is locked."""

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
    from pathlib import Path

    from tests.conftest import Crm

COUNT_UP = """
import sys
from click.testing import CliRunner
from crm_cli.app import App
from crm_cli import services
from crm_cli.start import make_app
from crm_cli.views.employees import EMPLOYEE
for _ in range(int(sys.argv[1])):
    app = make_app(color=False, config=None, database=None, user=None)
    with app.transaction() as tx:
        ana = services.records.get(tx.session, EMPLOYEE, 1)
        ana.job_title = str(int(ana.job_title) + 1)
    app.database.close()
"""


def _start(crm: Crm, script: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        env={**os.environ, **crm.environment},
        stderr=subprocess.PIPE,
    )


def test_read_then_write_in_many_processes(crm: Crm) -> None:
    crm("employee", "edit", "1", "--job-title", "0")
    writers = [_start(crm, COUNT_UP, "10") for _ in range(6)]

    errors = [writer.communicate()[1] for writer in writers]

    assert errors == [b""] * 6
    assert execute(crm.url, "SELECT job_title FROM employee WHERE id = 1") == [("60",)]
    assert crm("audit", "verify").exit_code == 0


def test_kill_writers(crm: Crm) -> None:
    crm("employee", "edit", "1", "--job-title", "0")
    dice = random.Random(7)
    for _ in range(4):
        writer = _start(crm, COUNT_UP, "500")
        time.sleep(1 + dice.random())
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()

    reached = int(crm.ok("employee", "show", "1")["job_title"])

    changes = "SELECT count(*) FROM audit WHERE entity = 'employee' AND new LIKE '%job_title%'"
    assert execute(crm.url, changes) == [(reached + 1,)]
    assert crm("audit", "verify").exit_code == 0


def test_read_while_a_writer_holds_the_lock(sqlite_crm: Crm, tmp_path: Path) -> None:
    holder = _start(
        sqlite_crm,
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); time.sleep(3)",
        str(tmp_path / "crm.db"),
    )
    time.sleep(0.3)

    started = time.monotonic()
    result = sqlite_crm("employee", "list", "-q")

    assert (result.stdout, time.monotonic() - started < 2) == ("1\n", True)
    holder.kill()
    holder.communicate()
