"""Tasks that are put back as they were remind by the rules that hold then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.reminders import employee, ledger, remind

if TYPE_CHECKING:
    from tests.conftest import Crm

SEVEN = "2026-11-26T05:00"
LAST = "SELECT max(position) FROM audit_tx"


def _told(number: int) -> list[tuple[str, str, bool, None]]:
    return [(f"task:1:{number}:1:email:0", "sent", False, None)]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (("edit", "1", "--due", "2026-11-30"), 3),
        (("edit", "1", "--remind", "none"), 1),
        (("done", "1"), 1),
        (("remove", "1"), 1),
    ],
    ids=["moved", "silenced", "closed", "removed"],
)
def test_hour_is_another_when_a_command_is_undone(
    crm: Crm, words: tuple[str, ...], number: int
) -> None:
    crm("task", "add", "Sună", "--due", "2026-11-26")
    assert crm("task", *words).exit_code == 0
    ((position,),) = execute(crm.url, LAST)
    crm("setting", "set", "task.remind.hour", "7")

    assert crm("undo", position).exit_code == 0
    remind(crm, SEVEN)

    assert ledger(crm) == _told(number)


def test_hour_is_another_when_an_import_is_undone(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "2026-11-26", "--external-id", "a")
    file = crm.home / "tasks.csv"
    file.write_text("external_id,subject,due\na,Sună,2026-11-30\n", "utf-8")
    assert crm("task", "import", file, "--on-match", "update").exit_code == 0
    crm("setting", "set", "task.remind.hour", "7")

    assert crm("import", "undo", "1").exit_code == 0
    remind(crm, SEVEN)

    assert ledger(crm) == _told(3)


def test_term_has_its_day_where_its_assignee_lives_by_now(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate", "--timezone", "Europe/London")
    words = ("--due", "2026-11-25 23:30Z", "--days-before", "1", "--assignee", kate)
    crm("task", "add", "Call", *words)
    crm("task", "done", "1")
    ((position,),) = execute(crm.url, LAST)
    crm("employee", "edit", kate, "--timezone", "Europe/Bucharest")

    assert crm("undo", position).exit_code == 0
    remind(crm, "2026-11-25T06:00")

    assert execute(crm.url, "SELECT due_on FROM task") == [("2026-11-26",)]
    assert ledger(crm) == [(f"task:1:1:{kate}:email:1", "sent", False, None)]


def test_days_before_that_are_new_count_too(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-26")
    crm("task", "done", "1")
    ((position,),) = execute(crm.url, LAST)
    crm("setting", "set", "task.remind.days_before", "0,1")

    crm("undo", position)
    remind(crm, "2026-11-25T06:00")

    assert ledger(crm) == [("task:1:1:1:email:1", "sent", False, None)]


def test_what_an_import_settled_stays_settled(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    file = crm.home / "tasks.csv"
    file.write_text('subject,due,days_before\nSună,2026-11-25,"3,0"\n', "utf-8")
    crm("task", "import", file)
    crm("task", "edit", "1", "--due", "2026-11-30")
    ((position,),) = execute(crm.url, LAST)
    crm("setting", "set", "task.remind.hour", "9")

    assert crm("undo", position).exit_code == 0
    remind(crm, "2026-11-25T06:00")
    assert ledger(crm) == []
    remind(crm, "2026-11-25T07:00")

    assert ledger(crm) == [("task:1:3:1:email:0", "sent", False, None)]


def test_task_that_is_archived_is_not_planned_anew(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-23")
    remind(crm, "2026-11-23T08:00")
    crm("task", "remove", "1")

    crm("task", "edit", "1", "--due", "2026-11-26")

    assert execute(crm.url, "SELECT archived_at IS NULL, next_reminder_at FROM task") == [(0, None)]


def test_task_that_stays_archived_waits_for_nothing(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-26", "--days-before", "1,0")
    ((position,),) = execute(crm.url, LAST)
    remind(crm, "2026-11-25T06:00")

    assert crm("undo", position).exit_code == 0

    assert execute(crm.url, "SELECT next_reminder_at FROM task") == [(None,)]
