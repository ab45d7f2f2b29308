"""An import that is killed at any point leaves all of its rows or none."""

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

import pytest

from tests import postgres
from tests.execute import execute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Crm

SAMPLE = Path(__file__).parents[2] / "samples" / "leads.xls"
IMPORTER = """
import os, sys
import commands.lead, crm_cli.bulk, crm_cli.imports.deciding, crm_cli.imports.writing
import crm_cli.services.accounts, crm_cli.services.contacts, schema.import_run, schema.lead
from crm_cli.main import cli
for path in sys.stdin:
    child = os.fork()
    if child == 0:
        cli(['lead', 'import', path.strip(), '--skip-bad-rows'])
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
KILLS, GOOD = 7, 215


class Importer:
    """A process that has loaded everything, and imports in children that can be killed."""

    def __init__(self, crm: Crm) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", IMPORTER],
            env={**os.environ, **crm.environment},
            cwd=SAMPLE.parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(self, path: Path, seconds: float | None = None) -> int:
        """Import, killed after so many seconds; gives how it ended."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{path}\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):  # it may have ended by now
                os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(int(process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture
def importer(crm: Crm) -> Iterator[Importer]:
    """The importer of a database."""
    found = Importer(crm)
    yield found
    found.close()


@pytest.fixture
def again(crm: Crm, sqlite_template: Path, tmp_path: Path) -> Callable[[], None]:
    """Brings the database back to how it was before the import."""

    def restore() -> None:
        if crm.url.startswith("sqlite"):
            shutil.copy(sqlite_template, tmp_path / "crm.db")
        else:
            postgres.reset(crm.url)

    return restore


def test_kill_an_import_anywhere(
    crm: Crm, importer: Importer, tmp_path: Path, again: Callable[[], None]
) -> None:
    path = Path(shutil.copy(SAMPLE, tmp_path))
    began = time.monotonic()
    assert importer.run(path) == 6
    whole = time.monotonic() - began
    again()
    dice = random.Random(2026)
    for kill in range(KILLS):
        importer.run(path, whole * (kill + dice.random()) / KILLS)

        check = crm("db", "check")
        assert (check.exit_code, check.stderr) == (0, "")
        rows = execute(crm.url, "SELECT count(*) FROM lead UNION ALL SELECT count(*) FROM account")
        if rows != [(0,), (0,)]:
            assert rows == [(GOOD,), (GOOD,)]
            again()
