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


def test_company_moves_the_day_of_what_a_team_has_to_do(sqlite_crm: Crm) -> None:
    """Half past one in the night in Bucharest, half past eleven the day before in London."""
    crm = sqlite_crm
    crm("team", "add", "--code", "service", "--name-en", "Service")
    kate = employee(crm, "Kate", "--team", "service", "--timezone", "Europe/London")
    due = ("--due", "2026-11-25 23:30Z", "--days-before", "1")
    crm("task", "add", "Call", "--assignee", "@service", *due)

    crm("setting", "set", "timezone", "Europe/London")
    remind(crm, "2026-11-24T08:00")

    assert ledger(crm) == [(f"task:1:1:{kate}:email:1", "sent", False, None)]


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


def test_term_moves_within_its_day(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-24 10:00")
    remind(crm, "2026-11-24T08:00")

    crm("task", "edit", "1", "--due", "2026-11-24 14:00")
    remind(crm, "2026-11-24T12:00")

    assert ledger(crm) == [
        ("task:1:1:1:email:0", "sent", False, None),
        ("task:1:2:1:email:0", "sent", False, None),
    ]


def test_who_has_left_is_told_nothing(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate")
    crm("task", "add", "Call", "--due", "2026-11-24", "--assignee", kate)
    crm("employee", "remove", kate)

    remind(crm, "2026-11-24T08:00")

    assert ledger(crm) == [(f"task:1:1:{kate}:email:0", "unreachable", False, None)]


def _missed_by_a_team(crm: Crm) -> int:
    """At ten nobody has told Kate of the team's task of eight o'clock; Jan is no member yet."""
    crm.now = "2026-11-23T04:00:00+00:00"
    crm("team", "add", "--code", "service", "--name-en", "Service")
    employee(crm, "Kate", "--team", "service")
    crm("task", "add", "Call", "--due", "2026-11-23", "--assignee", "@service")
    crm.now = "2026-11-23T08:00:00+00:00"
    return employee(crm, "Jan")


def test_who_joins_a_team_is_not_told_of_what_it_missed(crm: Crm) -> None:
    jan = _missed_by_a_team(crm)

    crm("employee", "edit", jan, "--team", "service")
    remind(crm, "2026-11-23T08:00")

    assert ledger(crm) == [
        (f"task:1:1:{jan}:email:0", "skipped", False, None),
        ("task:1:1:2:email:0", "sent", False, None),
    ]


def test_who_joins_a_team_twice_is_settled_once(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    jan = _missed_by_a_team(crm)

    for team in ("service", "", "service"):
        assert crm("employee", "edit", jan, "--team", team).exit_code == 0
    remind(crm, "2026-11-23T08:00")

    assert sorted(state for _, state, *_ in ledger(crm)) == ["sent", "skipped"]


def test_another_channel_is_not_told_of_what_the_first_one_missed(sqlite_crm: Crm) -> None:
    _missed_by_a_team(sqlite_crm)

    sqlite_crm("setting", "set", "task.remind.message", "yes")
    sqlite_crm("setting", "set", "task.remind.days_before", "0,1")
    remind(sqlite_crm, "2026-11-23T08:00")

    sent = [key for key, state, *_ in ledger(sqlite_crm) if state == "sent"]
    assert sent == ["task:1:1:2:email:0"]


def test_what_an_import_settled_stays_settled(sqlite_crm: Crm) -> None:
    """Kate's escalation is missed, her own reminder is from before the import."""
    crm = sqlite_crm
    crm("setting", "set", "task.escalate_after", "1")
    kate = employee(crm, "Kate", "--manager", "1", "--timezone", "Europe/London")
    file = crm.home / "tasks.csv"
    file.write_text(f"subject,due,assignee\nCall,2026-11-23,{kate}\n", "utf-8")
    crm.now = "2026-11-23T11:00:00+00:00"
    crm("task", "import", file)
    crm.now = "2026-11-24T11:00:00+00:00"

    crm("setting", "set", "task.remind.hour", "7")
    crm("employee", "edit", "1", "--timezone", "Asia/Tokyo")
    crm("employee", "edit", kate, "--timezone", "Asia/Tokyo")
    remind(crm, "2026-11-24T11:00")

    assert ledger(crm) == [("escalation:1:1:1:email:0", "sent", False, None)]


def test_who_joins_a_team_of_nobody_gets_its_mementos(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("team", "add", "--code", "service", "--name-en", "Service")
    asked = ("--remind", "none", "--memento", "2026-11-25 10:00")
    crm("task", "add", "Call", "--due", "2026-09-01", "--assignee", "@service", *asked)
    file = crm.home / "people.csv"
    file.write_text("name,email,team\nKate,kate@firma.example,service\n", "utf-8")

    crm("employee", "import", file)
    remind(crm, "2026-11-25T08:00")

    assert ledger(crm) == [("memento:1:1:2:email:0", "sent", False, None)]
