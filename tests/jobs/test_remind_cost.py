"""What a run of `remind` asks of the database: as much for many tasks as for few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.execute import execute
from tests.reminders import DOUBLE_TASKS, employee, remind

if TYPE_CHECKING:
    from tests.conftest import Crm


def _company(crm: Crm) -> None:
    """Kate's manager and deputy is Ana, who gets digests; both have tasks of many kinds."""
    crm.now = "2026-11-20T08:00:00+00:00"
    crm("employee", "edit", "1", "--digest", "email")
    employee(crm, "Kate", "--manager", "1", "--digest", "message")
    crm("setting", "set", "task.escalate_after", "1")
    crm("leave", "add", "kate", "--from", "2026-11-25", "--to", "2026-11-26", "--deputy", "1")
    for who in ("1", "kate"):
        crm("task", "add", "Sună", "--due", "2026-11-24", "--assignee", who)
        crm("task", "add", "Sună", "--due", "2026-11-25 08:00", "--assignee", who)


def _run(crm: Crm, statements: list[str]) -> tuple[int, int]:
    """How many statements a first run takes, and how many reminders it decides."""
    execute(crm.url, "DELETE FROM reminder")
    execute(crm.url, "UPDATE task SET next_reminder_at = '2026-11-24T06:00:00Z'")
    statements.clear()
    remind(crm, "2026-11-25T08:30")
    return len(statements), execute(crm.url, "SELECT count(*) FROM reminder")[0][0]


def test_statements_do_not_grow_with_the_tasks(sqlite_crm: Crm, statements: list[str]) -> None:
    _company(sqlite_crm)
    few, decided = _run(sqlite_crm, statements)
    for _ in range(4):
        execute(sqlite_crm.url, DOUBLE_TASKS)

    many, all_decided = _run(sqlite_crm, statements)

    assert many == few
    assert all_decided > 8 * decided


def _change(crm: Crm, statements: list[str], hour: int) -> tuple[int, int]:
    """How many statements another channel and hour take, and how many reminders are settled."""
    execute(crm.url, "DELETE FROM reminder")
    crm("setting", "set", "task.remind.message", "no")
    statements.clear()
    crm("setting", "set", "task.remind.message", "yes")
    crm("setting", "set", "task.remind.hour", hour)
    return len(statements), execute(crm.url, "SELECT count(*) FROM reminder")[0][0]


def test_statements_of_other_rules_do_not_grow_either(
    sqlite_crm: Crm, statements: list[str]
) -> None:
    _company(sqlite_crm)
    sqlite_crm.now = "2026-11-24T09:00:00+00:00"
    few, settled = _change(sqlite_crm, statements, 9)
    for _ in range(4):
        execute(sqlite_crm.url, DOUBLE_TASKS)

    many, all_settled = _change(sqlite_crm, statements, 10)

    assert many == few
    assert all_settled == 16 * settled > 0
