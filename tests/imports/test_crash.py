"""An import that is killed at any point leaves all of its rows or none."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import postgres
from tests.execute import execute

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm
    from tests.preloaded import Preloaded

SAMPLE = Path(__file__).parents[2] / "samples" / "leads.xls"
KILLS, GOOD = 7, 215


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
    crm: Crm, preloaded: Preloaded, tmp_path: Path, again: Callable[[], None]
) -> None:
    words = ("lead", "import", shutil.copy(SAMPLE, tmp_path), "--skip-bad-rows")
    began = time.monotonic()
    assert preloaded.start(crm.environment, *words).end() == 6
    whole = time.monotonic() - began
    again()
    dice = random.Random(2026)
    for kill in range(KILLS):
        run = preloaded.start(crm.environment, *words)
        time.sleep(whole * (kill + dice.random()) / KILLS)
        run.kill()
        run.end()

        check = crm("db", "check")
        assert (check.exit_code, check.stderr) == (0, "")
        rows = execute(crm.url, "SELECT count(*) FROM lead UNION ALL SELECT count(*) FROM account")
        if rows != [(0,), (0,)]:
            assert rows == [(GOOD,), (GOOD,)]
            again()
