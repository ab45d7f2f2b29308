"""An undo that is killed at any point has taken back all of an import or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLE = Path(__file__).parents[2] / "samples" / "leads.xls"
COUNTS = "SELECT count(*) FROM account UNION ALL SELECT count(*) FROM lead"
KILLS = 5
UNDO = """
import os, sys, time
import crm_cli.imports.undoing, crm_cli.services.import_undo, schema.models
from crm_cli.main import cli
child = os.fork()
if child == 0:
    cli(['import', 'undo', '1'])
print(child, flush=True)
os.waitpid(child, 0)
"""


def undo(crm: Crm, seconds: float | None) -> float:
    """Undo in a process that is killed after so many seconds; gives how long it lived."""
    process = subprocess.Popen(
        [sys.executable, "-c", UNDO],
        env={**os.environ, **crm.environment},
        cwd=SAMPLE.parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    began = time.monotonic()
    if seconds is not None:
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # it may have ended by now
            os.kill(child, signal.SIGKILL)
    process.communicate()
    return time.monotonic() - began


def test_kill_an_undo_anywhere(crm: Crm, tmp_path: Path) -> None:
    path = shutil.copy(SAMPLE, tmp_path)
    words = ("lead", "import", path, "--skip-bad-rows")
    crm(*words)
    before = execute(crm.url, COUNTS)
    dice = random.Random(2026)
    longest = 0.8
    for kill in range(KILLS):
        undo(crm, longest * (kill + dice.random()) / KILLS)

        run = crm.ok("import", "show", 1)
        undone = run["undone_at"] is not None
        assert execute(crm.url, COUNTS) == ([(0,), (0,)] if undone else before)
        assert crm("audit", "verify").exit_code == 0
        if undone:
            break
    undo(crm, None)
    assert execute(crm.url, COUNTS) == [(0,), (0,)]
    assert crm("db", "check").exit_code == 0
