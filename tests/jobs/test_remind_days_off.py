"""Managers are told of overdue tasks when they, or who stands in for them, are at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.reminders import employee, ledger, remind

if TYPE_CHECKING:
    from tests.conftest import Crm

TOLD = "escalation:1:1:2:email:0"
NEXT = "SELECT next_reminder_at FROM task"


def _overdue(crm: Crm, due: str, *maria: object) -> None:
    """Jan was reminded of his task; Maria, his manager, is to be told two days after its term."""
    employee(crm, "Maria", *maria)
    employee(crm, "Jan", "--manager", "maria")
    crm("setting", "set", "task.escalate_after", "2")
    crm("task", "add", "Oferta", "--due", due, "--assignee", "jan")
    remind(crm, f"{due}T06:00")


def _leave(crm: Crm, first: str, last: str, *more: object) -> None:
    crm.now = "2026-11-24T07:00:00+00:00"
    assert crm("leave", "add", "maria", "--from", first, "--to", last, *more).exit_code == 0


def _told(crm: Crm) -> list[tuple[str, str, bool, int | None]]:
    return [row for row in ledger(crm) if row[0].startswith("escalation")]


def _told_first(crm: Crm, *moments: str) -> str | None:
    """The first of some moments at whose run Maria is told; then no other run tells her again."""
    first = None
    for moment in moments:
        remind(crm, moment)
        first = first or (moment if _told(crm) else None)
    assert len(_told(crm)) <= 1
    return first


def test_weekend_and_holidays_are_waited_for(crm: Crm) -> None:
    """A Saturday, a Sunday, Saint Andrew's and the national day: Wednesday."""
    _overdue(crm, "2026-11-26", "--timezone", "Europe/Warsaw")

    days = [f"2026-{day}T07:00" for day in ("11-28", "11-29", "11-30", "12-01")]
    after = ("2026-12-02T06:59", "2026-12-02T07:00", "2026-12-02T07:01", "2026-12-03T07:00")
    assert _told_first(crm, *days, *after) == "2026-12-02T07:00"

    assert _told(crm) == [(TOLD, "sent", False, None)]


def test_manager_who_is_off_is_told_though_escalation_is_chosen_after_the_days(
    sqlite_crm: Crm,
) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-26")
    crm("setting", "set", "task.escalate_after", "0")
    crm.now = "2026-12-01T08:00:00+00:00"

    crm("setting", "set", "task.escalate_after", "2")

    assert _told_first(crm, "2026-12-01T09:00", "2026-12-02T06:00") == "2026-12-02T06:00"


def test_own_days_of_the_week_and_country_count(sqlite_crm: Crm) -> None:
    """In Poland that Monday is no holiday, but she begins on Tuesdays."""
    crm = sqlite_crm
    _overdue(crm, "2026-11-26", "--country", "PL", "--work-days", "tue-fri")

    assert _told_first(crm, "2026-11-30T06:00", "2026-12-01T06:00") == "2026-12-01T06:00"


def test_leave_is_waited_for(crm: Crm) -> None:
    _overdue(crm, "2026-11-24")
    _leave(crm, "2026-11-25", "2026-11-26")

    assert _told_first(crm, "2026-11-26T06:00", "2026-11-27T06:00") == "2026-11-27T06:00"


def test_deputy_is_told_when_he_works(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-24")
    kate = employee(crm, "Kate", "--work-days", "fri")
    _leave(crm, "2026-11-25", "2026-12-24", "--deputy", "kate")

    assert _told_first(crm, "2026-11-26T06:00", "2026-11-27T06:00") == "2026-11-27T06:00"
    assert _told(crm) == [(TOLD, "sent", False, kate)]


def test_who_is_away_for_long_is_told_at_once(sqlite_crm: Crm) -> None:
    _overdue(sqlite_crm, "2026-11-24")
    _leave(sqlite_crm, "2026-11-25", "2027-03-31")

    assert _told_first(sqlite_crm, "2026-11-26T06:00") == "2026-11-26T06:00"


@pytest.mark.parametrize(
    "words",
    [
        ("leave", "remove", "1"),
        ("leave", "edit", "1", "--to", "2026-11-25"),
        ("undo",),
    ],
    ids=["removed", "shortened", "undone"],
)
def test_leave_that_ends_earlier_is_waited_for_no_longer(
    sqlite_crm: Crm, words: tuple[str, ...]
) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-24")
    _leave(crm, "2026-11-25", "2026-12-10")
    assert execute(crm.url, NEXT) == [("2026-12-11T06:00:00Z",)]

    assert crm(*words).exit_code == 0

    assert _told_first(crm, "2026-11-26T06:00", "2026-12-11T06:00") == "2026-11-26T06:00"


def test_file_that_ends_leave_is_followed(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-24")
    _leave(crm, "2026-11-25", "2026-12-10")
    file = crm.home / "leave.csv"
    file.write_text("employee,from,to\nmaria,2026-11-25,2026-11-25\n", "utf-8")

    assert crm("leave", "import", file, "--on-match", "update").exit_code == 0

    assert _told_first(crm, "2026-11-26T06:00", "2026-12-11T06:00") == "2026-11-26T06:00"


def test_who_is_back_already_is_told_at_the_next_run(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-24")
    _leave(crm, "2026-11-25", "2026-12-10")

    crm.now = "2026-11-27T09:00:00+00:00"
    crm("leave", "edit", "1", "--to", "2026-11-26")
    remind(crm, "2026-11-27T09:00")

    assert _told(crm) == [(TOLD, "sent", False, None)]


def test_deputy_who_leaves_no_longer_stands_in(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-24")
    employee(crm, "Kate")
    _leave(crm, "2026-11-25", "2026-11-30", "--deputy", "kate")

    crm("employee", "remove", "kate")

    assert _told_first(crm, "2026-11-26T06:00", "2026-12-02T06:00") == "2026-12-02T06:00"


@pytest.mark.parametrize(
    "words",
    [
        ("setting", "set", "work.days", "mon-sat"),
        ("setting", "set", "country", "PL"),
        ("employee", "edit", "maria", "--work-days", "mon-sun"),
        ("employee", "edit", "maria", "--country", "PL"),
    ],
)
def test_working_days_that_are_others_move_it(sqlite_crm: Crm, words: tuple[str, ...]) -> None:
    """Not on Wednesday, the second of December, but as soon as she works."""
    crm = sqlite_crm
    _overdue(crm, "2026-11-26")
    assert execute(crm.url, NEXT) == [("2026-12-02T06:00:00Z",)]
    earlier = "2026-11-30T06:00" if "PL" in words else "2026-11-28T06:00"

    assert crm(*words).exit_code == 0

    assert _told_first(crm, earlier, "2026-12-02T06:00") == earlier


def test_holidays_that_come_and_go_move_it(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _overdue(crm, "2026-11-24")
    free = crm.id("holiday", "add", "2026-11-26", "--name", "Punte")
    assert execute(crm.url, NEXT) == [("2026-11-27T06:00:00Z",)]

    assert crm("holiday", "remove", free).exit_code == 0

    assert _told_first(crm, "2026-11-26T06:00", "2026-11-27T06:00") == "2026-11-26T06:00"


def test_manager_above_is_told_of_a_team_whose_last_member_is_its_head(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("team", "add", "--code", "service", "--name-en", "Service")
    employee(crm, "Vera")
    employee(crm, "Maria", "--team", "service", "--manager", "vera")
    employee(crm, "Jan", "--team", "service", "--manager", "maria")
    crm("setting", "set", "task.escalate_after", "2")
    crm("task", "add", "Install", "--due", "2026-11-24", "--assignee", "@service")
    remind(crm, "2026-11-24T06:00")
    crm("employee", "edit", "vera", "--timezone", "Asia/Tokyo")

    crm("employee", "remove", "jan")

    remind(crm, "2026-11-25T23:00")
    assert [key for key, *_ in _told(crm)] == ["escalation:1:1:2:email:0"]
