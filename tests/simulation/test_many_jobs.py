"""Jobs that start at once, and jobs that are killed between two transactions, over many tasks."""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING

from tests.execute import execute
from tests.simulation.forks import BUSY, DIED, KILLED
from tests.simulation.watcher import watch

if TYPE_CHECKING:
    from tests.conftest import Crm
    from tests.simulation.forks import Forks

REMIND = ("job", "run", "remind")
TASKS = int(os.environ.get("CRM_SIMULATION_TASKS", "240"))
JOBS = 20
ROUNDS = 50 if "CRM_SIMULATION_SEEDS" in os.environ else 2
BETWEEN = {"sqlite": TASKS, "postgr": 40}
"""A point after the first transaction of a run and before its last."""
COUNTS = """
SELECT (SELECT count(*) FROM reminder WHERE state = 'sent'),
       (SELECT count(DISTINCT outbox_id) FROM reminder),
       (SELECT count(*) FROM outbox)"""


def plan(crm: Crm) -> None:
    """More due tasks than one transaction holds, of four people."""
    for login in ("jan", "kate", "maria"):
        crm("employee", "add", "--name", login, "--login", login, "--email", f"{login}@f.example")
    people = itertools.cycle(["ana", "jan", "kate", "maria"])
    lines = [f"Task {number},today,{next(people)}" for number in range(TASKS)]
    file = crm.home / "tasks.csv"
    file.write_text("\n".join(["subject,due,assignee", *lines]), "utf-8")
    imported = crm("task", "import", file, "--notify", "-q")
    assert imported.exit_code == 0, imported.stderr


def test_twenty_jobs_at_once(crm: Crm, forks: Forks) -> None:
    plan(crm)
    forks.warm(crm)
    with watch(crm) as watcher:
        before = watcher.remember()
        for _ in range(ROUNDS):
            watcher.restore(before)
            remind_at_once(crm, forks)


def remind_at_once(crm: Crm, forks: Forks) -> None:
    """After two runs that were killed, many at once and one that finds nothing."""
    killed = [forks.run(crm, *REMIND, deadly=BETWEEN[crm.url[:6]]) for _ in range(2)]
    ended = forks.run_at_once(crm, *[(REMIND, 0)] * JOBS)
    forks.run(crm, *REMIND)

    assert [one.code for one in killed] == [KILLED, KILLED]
    assert {one.code for one in ended} == {0, BUSY}
    said = [one.said for one in ended if one.said]
    assert len(said) == 1
    assert re.fullmatch(DIED, said[0])
    assert execute(crm.url, COUNTS) == [(TASKS, TASKS, TASKS)]
