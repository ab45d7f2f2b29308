"""What was to come is told at once where constants or a zone move its moment before now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reminders import employee, ledger, remind

if TYPE_CHECKING:
    from tests.conftest import Crm

NINE = "2026-11-23T07:00"
TOLD = [("task:1:1:1:email:0", "sent", False, None)]


def _at_nine(crm: Crm, *words: object) -> None:
    """Today's reminders wait for ten o'clock in Bucharest when a command is given at nine."""
    crm.now = "2026-11-23T04:00:00+00:00"
    crm("setting", "set", "task.remind.hour", "10")
    crm("task", "add", "Sună", "--due", "2026-11-23")
    crm.now = f"{NINE}:00+00:00"
    assert crm(*words).exit_code == 0
    remind(crm, NINE)


def test_hour_moves_before_now(crm: Crm) -> None:
    _at_nine(crm, "setting", "set", "task.remind.hour", "8")

    assert ledger(crm) == TOLD


def test_company_moves_to_the_east(sqlite_crm: Crm) -> None:
    _at_nine(sqlite_crm, "setting", "set", "timezone", "Asia/Tokyo")

    assert ledger(sqlite_crm) == TOLD


def test_employee_moves_to_the_east(sqlite_crm: Crm) -> None:
    _at_nine(sqlite_crm, "employee", "edit", "1", "--timezone", "Asia/Tokyo")

    assert ledger(sqlite_crm) == TOLD


def test_file_moves_employees_to_the_east(sqlite_crm: Crm) -> None:
    file = sqlite_crm.home / "people.csv"
    file.write_text("name,email,timezone\nAna Pop,ana@firma.example,Asia/Tokyo\n", "utf-8")

    _at_nine(sqlite_crm, "employee", "import", file, "--on-match", "update")

    assert ledger(sqlite_crm) == TOLD


def test_undo_moves_the_hour_before_now(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.now = "2026-11-23T04:00:00+00:00"
    crm("task", "add", "Sună", "--due", "2026-11-23")
    crm("setting", "set", "task.remind.hour", "10")
    remind(crm, NINE)
    assert ledger(crm) == []

    assert crm("undo").exit_code == 0
    remind(crm, NINE)

    assert ledger(crm) == TOLD


def test_escalation_comes_earlier(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("setting", "set", "task.escalate_after", "10")
    kate = employee(crm, "Kate", "--manager", "1")
    crm("task", "add", "Call", "--due", "2026-11-23", "--assignee", kate)
    remind(crm, "2026-11-23T08:00")

    crm.now = "2026-11-29T08:00:00+00:00"
    crm("setting", "set", "task.escalate_after", "1")
    remind(crm, "2026-11-29T08:00")

    assert ledger(crm)[1:] == [("escalation:1:1:1:email:0", "sent", True, None)]


def test_what_is_newly_wanted_counts_from_now(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate", "--manager", "1")
    crm("task", "add", "Call", "--due", "2026-11-23", "--assignee", kate)
    remind(crm, "2026-11-23T08:00")

    crm.now = "2026-11-29T08:00:00+00:00"
    crm("setting", "set", "task.escalate_after", "1")
    crm("setting", "set", "task.remind.message", "yes")
    remind(crm, "2026-11-29T08:00")

    assert ledger(crm) == [(f"task:1:1:{kate}:email:0", "sent", False, None)]
