"""The daily digest on free days of the company, and on free days that are worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reminders import ledger, remind

if TYPE_CHECKING:
    from tests.conftest import Crm

FRIDAY, SATURDAY, MONDAY, TUESDAY = "2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01"
"""Monday is Saint Andrew's day, Tuesday the national day: both free in Romania."""
NUMBERS = {739947: "Fri", 739948: "Sat", 739950: "Mon", 739951: "Tue"}


@pytest.fixture
def kept(crm: Crm) -> Crm:
    """Ana gets a digest by mail; on Thursday she got the last one, of a task that stays open."""
    crm.now = "2026-11-25T18:00:00+00:00"
    crm("employee", "edit", "1", "--digest", "email")
    crm("task", "add", "Old", "--due", "2026-11-20", "--remind", "none")
    remind(crm, "2026-11-26T06:00")
    return crm


def _digests(crm: Crm) -> list[str]:
    """The days whose digest was sent after Thursday, and whether it was late."""
    found = [(key.split(":")[2], state, late) for key, state, late, _ in ledger(crm)[1:]]
    assert {state for _, state, _ in found} <= {"sent", "covered"}
    return [NUMBERS[int(day)] + " late" * late for day, state, late in found if state == "sent"]


def _run(crm: Crm, *days: str) -> None:
    for day in days:
        remind(crm, f"{day}T05:59")
        remind(crm, f"{day}T06:00")
        remind(crm, f"{day}T06:01")


def test_none_on_a_free_day(kept: Crm) -> None:
    kept.ok("holiday", "add", FRIDAY, "--name", "Ziua firmei")

    _run(kept, FRIDAY, SATURDAY, MONDAY, TUESDAY)

    assert _digests(kept) == []


def test_one_on_each_day_that_is_worked(kept: Crm) -> None:
    """Once Friday's is settled, Saturday's is looked for nevertheless."""
    kept.ok("holiday", "add", SATURDAY, MONDAY, "--work", "--name", "Se lucrează")

    _run(kept, FRIDAY, SATURDAY, MONDAY, TUESDAY)

    assert _digests(kept) == ["Fri", "Sat", "Mon"]


def test_of_the_country_of_the_employee(kept: Crm) -> None:
    kept.ok("employee", "edit", "1", "--country", "PL")
    kept.ok("holiday", "add", FRIDAY, "--name", "x", "--country", "PL")
    kept.ok("holiday", "add", MONDAY, "--name", "x", "--country", "RO")

    _run(kept, FRIDAY, SATURDAY, MONDAY, TUESDAY)

    assert _digests(kept) == ["Mon", "Tue"]


def test_day_that_turns_free_or_worked_while_it_lasts(kept: Crm) -> None:
    """What was sent stays sent; who works after all gets the digest then, and once."""
    _run(kept, FRIDAY)
    kept.ok("holiday", "add", FRIDAY, MONDAY, "--name", "Liber")
    _run(kept, MONDAY)
    assert _digests(kept) == ["Fri"]

    kept.ok("holiday", "edit", MONDAY, "--work")
    remind(kept, f"{MONDAY}T12:00")
    kept.ok("holiday", "remove", FRIDAY)
    remind(kept, f"{MONDAY}T12:01")

    assert _digests(kept) == ["Fri", "Mon"]


def test_undo_and_import(kept: Crm) -> None:
    kept.ok("holiday", "add", FRIDAY, "--name", "x")
    path = kept.home / "days.csv"
    path.write_text(f"Day,Name,Worked\n{SATURDAY},x,yes\n", encoding="utf-8")
    kept.ok("holiday", "import", path)
    kept.ok("undo")
    kept.ok("holiday", "import", path)
    kept.ok("holiday", "remove", FRIDAY)
    kept.ok("undo")

    _run(kept, FRIDAY, SATURDAY, MONDAY)

    assert _digests(kept) == ["Sat"]


def test_reminders_of_a_free_day_go_one_by_one(kept: Crm) -> None:
    kept.ok("holiday", "add", FRIDAY, "--name", "x")
    kept.ok("task", "add", "New", "--due", FRIDAY)

    _run(kept, FRIDAY)

    assert [key for key, *_ in ledger(kept)[1:]] == ["task:2:1:1:email:0"]
