"""Closing many tasks at once: as one by one, by few statements."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.errors import Conflict
from crm_cli.start import make_app

if TYPE_CHECKING:
    from tests.conftest import Crm

VISITS = "FREQ=DAILY;BYHOUR=10;BYMINUTE=0;UNTIL=20261123"
CLOSING = "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=8;BYMINUTE=0"
COLUMNS = ("--columns", "id,status,due,repeat,occurrence,resolution,done_by", "--sort", "id")
TASKS = """\
task add Sună --due today
task add Raport --due today --repeat weekly
task add Vizită --due today@10:00 --repeat daily --until today
task add Decont --due 2026-11-30@09:00 --repeat "monthly on last" --assignee 2
"""


def test_done(crm: Crm) -> None:
    crm("employee", "add", "--name", "Ion", "--login", "ion", "--timezone", "Europe/Warsaw")
    crm("batch", input=TASKS)

    done = crm("task", "done", "4", "1", "3", "2", "--resolution", "Gata", "-q")

    assert done.stderr == (
        "The next one is task 6, due 2026-11-30.\nThe next one is task 5, due 2026-12-31.\n"
        "warning: Ion has no e-mail address, so no reminder can reach them:"
        " crm employee edit 2 --email ADDRESS\n"
        "warning: 2026-11-30 is free: Sfântul Andrei.\n"
    )
    names = ("id", "status", "repeat", "occurrence", "resolution", "due_at")
    shown = crm.ok("task", "list", "--sort", "id")
    assert [[task[name] for name in names] for task in shown] == [
        [1, "done", None, None, "Gata", None],
        [2, "done", None, 1, "Gata", None],
        [3, "done", VISITS, None, "Gata", "2026-11-23T08:00:00+00:00"],
        [4, "done", None, 1, "Gata", "2026-11-30T07:00:00+00:00"],
        [5, "open", CLOSING, 2, None, "2026-12-31T07:00:00+00:00"],
        [6, "open", "FREQ=WEEKLY;BYDAY=MO", 2, None, None],
    ]


def test_cancel_says_by_whom(crm: Crm) -> None:
    crm("batch", input=TASKS)
    crm("task", "done", "1", "--resolution", "Gata")
    crm("task", "reopen", "1")

    crm("task", "cancel", "1", "2", "3")

    shown = crm.ok("task", "list", "--where", "id < 4", "--sort", "id")
    names = ("status", "resolution", "done_at", "done_by", "next_reminder_at")
    assert [[task[name] for name in names] for task in shown] == [
        ["cancelled", "Gata", None, "Ana Pop", None],
        ["cancelled", None, None, "Ana Pop", None],
        ["cancelled", None, None, "Ana Pop", None],
    ]


def test_all_or_none(crm: Crm) -> None:
    crm("batch", input=TASKS)
    crm("task", "cancel", "3")

    done = crm("task", "done", "2", "3", "1")

    assert (done.exit_code, done.stderr) == (
        4,
        "crm: Task 3 is cancelled.\nhint: crm task reopen 3\n",
    )
    assert [task["id"] for task in crm.ok("task", "list", "--where", "status = open")] == [1, 2]


def test_statements_do_not_grow_with_the_tasks(sqlite_crm: Crm, statements: list[str]) -> None:
    sqlite_crm("batch", input="task add A --due today\ntask add B --due today --repeat daily\n" * 9)
    statements.clear()
    sqlite_crm("task", "done", "1", "2")
    few = len(statements)
    statements.clear()

    sqlite_crm("task", "done", *range(3, 19))

    assert len(statements) == few
    assert len(sqlite_crm.ok("task", "list", "--where", "status = open")) == 9


def test_undo(crm: Crm) -> None:
    crm("batch", input=TASKS)
    before = crm("task", "list", *COLUMNS).stdout
    crm("task", "done", "1", "2", "3")

    crm.ok("undo")

    assert crm("task", "list", *COLUMNS).stdout == before


def test_close_the_same_at_once(crm: Crm) -> None:
    """In the one order and in the other: one waits and is told, each series goes on once."""
    crm("batch", input="task add Raport --due today --repeat daily\n" * 20)
    orders = [list(range(1, 21)), list(range(20, 0, -1))]

    with ThreadPoolExecutor(2) as together:
        ended = list(together.map(partial(_close, crm.url), orders))

    assert sorted(ended) == ["20", "Conflict"]
    assert len(crm.ok("task", "list", "--where", "status = open")) == 20


def _close(url: str, ids: list[int]) -> str:
    app = make_app(color=False, config=None, database=url, user="ana")
    try:
        with app.transaction() as tx:
            made = services.tasks.done(tx.session, ids, by=1, at=tx.now, resolution=None)
        return str(len(made))
    except Conflict:
        return "Conflict"
    finally:
        app.database.close()
