"""Mementos of tasks: once, at a date and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.reminders import employee, ledger, mails, remind

if TYPE_CHECKING:
    from tests.conftest import Crm


AT = "2026-11-24 14:30"


@pytest.mark.proves("R61")
def test_memento_goes_once_beside_the_term(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "2026-11-25", "--memento", "2026-11-24 14:30")

    remind(crm, "2026-11-24T12:29")
    assert mails(crm) == []
    remind(crm, "2026-11-24T12:30")
    remind(crm, "2026-11-24T12:35")
    remind(crm, "2026-11-25T06:00")

    assert ledger(crm) == [
        ("memento:1:1:1:email:0", "sent", False, None),
        ("task:1:1:1:email:0", "sent", False, None),
    ]


def test_memento_at_night_tells_the_day_of_who_reads_it(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-25", "--memento", "2026-11-25 00:30")

    remind(crm, "2026-11-24T22:30")

    assert "(azi)" in crm.ok("outbox", "show", "1")["text"]


def test_memento_goes_again_when_it_is_set_again(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-12-20", "--memento", "2026-11-24 14:30")
    remind(crm, "2026-11-24T12:30")

    crm("task", "edit", "1", "--memento", "2026-11-25 14:30")
    crm("task", "edit", "1", "--due", "2026-12-21")
    remind(crm, "2026-11-25T12:30")

    assert [key for key, *_ in ledger(crm)] == ["memento:1:1:1:email:0", "memento:1:2:1:email:0"]


def test_memento_taken_off(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-12-20", "--memento", "2026-11-24 14:30")

    crm("task", "edit", "1", "--memento", "")
    remind(crm, "2026-11-24T12:30")

    assert ledger(crm) == []


def test_memento_of_a_task_that_reminds_of_no_term(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm(
        *("task", "add", "Sună", "--due", "2026-11-24", "--remind", "none"),
        *("--memento", "2026-11-24 14:30"),
    )

    remind(crm, "2026-11-24T12:30")

    assert ledger(crm) == [("memento:1:1:1:email:0", "sent", False, None)]


def test_memento_that_reaches_nobody_is_warned_of(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("employee", "add", "--name", "Ion", "--login", "ion")

    silent = ("task", "add", "Sună", "--due", "2026-12-20", "--remind", "none", "-q")

    added = crm(*silent, "--assignee", "ion", "--memento", "2026-11-24 14:30")
    crm(*silent)
    edited = crm("task", "edit", "1", "2", "--assignee", "ion", "-q")

    sentence = (
        "warning: Ion has no e-mail address, so no reminder can reach them:"
        " crm employee edit 2 --email ADDRESS\n"
    )
    assert (added.stderr, edited.stderr) == (sentence, sentence)


def test_memento_is_not_covered_by_a_later_reminder(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-25", "--memento", "2026-11-24 14:30")

    remind(crm, "2026-11-25T06:30")

    assert ledger(crm) == [
        ("task:1:1:1:email:0", "sent", False, None),
        ("memento:1:1:1:email:0", "sent", True, None),
    ]


def test_memento_that_has_gone_is_not_told_to_who_gets_the_task(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate")
    crm("task", "add", "Sună", "--due", "2026-11-27", "--memento", "2026-11-24 14:30")
    remind(crm, "2026-11-24T12:30")

    crm("task", "edit", "1", "--assignee", "kate")
    remind(crm, "2026-11-24T12:35")
    remind(crm, "2026-11-27T06:00")

    assert [key for key, *_ in ledger(crm)] == [
        "memento:1:1:1:email:0",
        f"task:1:1:{kate}:email:0",
    ]


def test_memento_that_a_killed_run_owes_is_told_by_the_next(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("team", "add", "--code", "service", "--name-en", "Service")
    for name in ("Kate", "Jan"):
        employee(crm, name, "--team", "service")
    crm("task", "add", "Install", "--due", "2026-12-20", "--assignee", "@service")
    crm("task", "edit", "1", "--memento", "2026-11-23 09:00")
    remind(crm, "2026-11-23T08:05")
    told = ledger(crm)
    execute(crm.url, "DELETE FROM reminder WHERE recipient_id = 3")
    execute(crm.url, "UPDATE task SET next_reminder_at = memento_at")

    remind(crm, "2026-11-23T08:06")

    assert ledger(crm) == told


def test_memento_told_ahead_of_its_moment_is_told_to_who_gets_the_task_before(
    sqlite_crm: Crm,
) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate")
    crm("task", "add", "Sună", "--due", "2026-12-20", "--memento", AT)
    crm("job", "run", "remind", "--as-of", "2026-11-24T12:30:00+00:00")

    crm("task", "edit", "1", "--assignee", "kate")
    remind(crm, "2026-11-24T12:30")

    assert [key for key, *_ in ledger(crm)] == [
        "memento:1:1:1:email:0",
        f"memento:1:1:{kate}:email:0",
    ]


def test_memento_missed_goes_to_who_got_the_task_meanwhile(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate")
    crm("task", "add", "Sună", "--due", "2026-11-27", "--memento", "2026-11-24 14:30")
    crm.now = "2026-11-24T12:40:00+00:00"
    crm("task", "edit", "1", "--assignee", "kate")

    remind(crm, "2026-11-24T12:45")

    assert ledger(crm) == [(f"memento:1:1:{kate}:email:0", "sent", False, None)]


@pytest.mark.parametrize("back", [("undo",), ("task", "edit", "1", "--memento", AT)])
def test_memento_that_comes_back_is_not_told_again(sqlite_crm: Crm, back: tuple[str, ...]) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-12-20", "--memento", AT)
    remind(crm, "2026-11-24T12:30")
    crm("task", "edit", "1", "--memento", "2026-11-25 14:30")

    assert crm(*back).exit_code == 0
    crm("task", "edit", "1", "--days-before", "1")
    remind(crm, "2026-11-24T12:35")

    assert ledger(crm) == [("memento:1:1:1:email:0", "sent", False, None)]
