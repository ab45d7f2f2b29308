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
from tests.postgres import settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

COUNT_UP = """
import gc, os, sys
from sqlalchemy.orm import configure_mappers
from crm_cli import services, transaction
from crm_cli.start import make_app
from crm_cli.views.employees import EMPLOYEE
from schema import database, models
change = services.records.get
configure_mappers()
gc.freeze()
for _ in range(int(sys.argv[1])):
    if child := os.fork():
        print(child, flush=True)
        continue
    app = make_app(color=False, config=None, database=None, user=None)
    for _ in range(int(sys.argv[2])):
        with app.transaction() as tx:
            ana = change(tx.session, EMPLOYEE, 1)
            ana.job_title = str(int(ana.job_title) + 1)
    app.database.close()
    os._exit(0)
for _ in range(int(sys.argv[1])):
    os.wait()
"""
"""Counts up in so many processes, each so many times."""
COUNTED = "SELECT job_title FROM employee WHERE id = 1"


def _start(crm: Crm, script: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        env={**os.environ, **crm.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_read_then_write_in_many_processes(crm: Crm) -> None:
    crm("employee", "edit", "1", "--job-title", "0")

    _, errors = _start(crm, COUNT_UP, "6", "10").communicate()

    assert errors == ""
    assert execute(crm.url, COUNTED) == [("60",)]
    assert crm("audit", "verify").exit_code == 0


def test_kill_writers(crm: Crm) -> None:
    crm("employee", "edit", "1", "--job-title", "0")
    dice = random.Random(7)
    counting = _start(crm, COUNT_UP, "4", "500")
    assert counting.stdout
    writers = [int(counting.stdout.readline()) for _ in range(4)]
    while execute(crm.url, COUNTED) == [("0",)] and counting.poll() is None:
        time.sleep(0.01)
    for writer in writers:
        time.sleep(dice.random() / 4)
        os.kill(writer, signal.SIGKILL)
    _, errors = counting.communicate()
    settle(crm.url)

    ((counted,),) = execute(crm.url, COUNTED)
    reached = int(counted)
    changes = "SELECT count(*) FROM audit WHERE entity = 'employee' AND new LIKE '%job_title%'"
    assert execute(crm.url, changes) == [(reached + 1,)]
    assert (0 < reached < 2000, errors) == (True, "")
    assert crm("audit", "verify").exit_code == 0


def test_read_while_a_writer_holds_the_lock(sqlite_crm: Crm, tmp_path: Path) -> None:
    holder = _start(
        sqlite_crm,
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()",
        str(tmp_path / "crm.db"),
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"

    result = sqlite_crm("employee", "list", "-q")

    assert (result.exit_code, result.stdout) == (0, "1\n")
    holder.communicate()
