"""An undo that is killed at any point has taken back all of an import or nothing."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm
    from tests.preloaded import Preloaded

SAMPLE = Path(__file__).parents[2] / "samples" / "leads.xls"
COUNTS = "SELECT count(*) FROM account UNION ALL SELECT count(*) FROM lead"
KILLS = 5


def test_kill_an_undo_anywhere(crm: Crm, preloaded: Preloaded, tmp_path: Path) -> None:
    path = shutil.copy(SAMPLE, tmp_path)
    words = ("lead", "import", path, "--skip-bad-rows")
    crm(*words)
    before = execute(crm.url, COUNTS)
    dice = random.Random(2026)
    longest = 0.8
    for kill in range(KILLS):
        undo = preloaded.start(crm.environment, "import", "undo", 1)
        time.sleep(longest * (kill + dice.random()) / KILLS)
        undo.kill()
        undo.end()

        run = crm.ok("import", "show", 1)
        undone = run["undone_at"] is not None
        assert execute(crm.url, COUNTS) == ([(0,), (0,)] if undone else before)
        assert crm("audit", "verify").exit_code == 0
        if undone:
            break
    preloaded.start(crm.environment, "import", "undo", 1).end()
    assert execute(crm.url, COUNTS) == [(0,), (0,)]
    assert crm("db", "check").exit_code == 0
