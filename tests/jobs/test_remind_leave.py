"""Reminders of those who are away go to who stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reminders import employee, ledger, mails, remind, summary

if TYPE_CHECKING:
    from tests.conftest import Crm


def _leave(crm: Crm, who: str, *more: object) -> None:
    added = crm("leave", "add", who, "--from", "2026-11-24", "--to", "2026-11-25", *more)
    assert added.exit_code == 0, added.stderr


def test_deputy_gets_it_in_his_language_and_is_told_for_whom(crm: Crm) -> None:
    kate = employee(crm, "Kate", "--timezone", "Europe/London")
    _leave(crm, "1", "--deputy", "kate")
    crm("task", "add", "Sună", "--due", "2026-11-24 12:00")

    remind(crm, "2026-11-24T10:00")

    assert ledger(crm) == [("task:1:1:1:email:0", "sent", False, kate)]
    mail = crm.ok("outbox", "show", "1")
    assert (mail["recipients"], mail["subject"]) == (
        ["Kate <kate@firma.example>"],
        "Task 1 (for Ana Pop): Sună, due 24 Nov 2026",
    )
    assert mail["text"].splitlines()[4:6] == [
        "Due: Tuesday, 24 November 2026, 10:00 (today)",
        "You get this reminder in place of Ana Pop, who is away.",
    ]


def test_day_of_the_reminder_counts_not_that_of_the_run(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = employee(crm, "Kate")
    _leave(crm, "1", "--deputy", "kate")
    for day in ("2026-11-23", "2026-11-25", "2026-11-26"):
        crm("task", "add", day, "--due", day)

    remind(crm, "2026-11-26T08:00")

    assert ledger(crm) == [
        ("task:1:1:1:email:0", "sent", False, None),
        ("task:2:1:1:email:0", "sent", True, kate),
        ("task:3:1:1:email:0", "sent", False, None),
    ]


def test_late_ones_share_a_letter_only_where_they_go_to_one(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    employee(crm, "Kate")
    _leave(crm, "1", "--deputy", "kate")
    for day in ("2026-11-23 12:00", "2026-11-24") * 2:
        crm("task", "add", "Sună", "--due", day)

    remind(crm, "2026-11-26T08:00")

    assert sorted(to for to, _ in mails(crm)) == [
        *["Ana Pop <ana@firma.example>"] * 2,
        *["Kate <kate@firma.example>"] * 2,
    ]


def test_late_is_what_comes_after_the_day_of_who_is_away(sqlite_crm: Crm) -> None:
    """At two in the afternoon in Bucharest the next day has begun in Auckland."""
    crm = sqlite_crm
    mia = employee(crm, "Mia", "--timezone", "Pacific/Auckland")
    _leave(crm, "1", "--deputy", mia)
    crm("task", "add", "Sună", "--due", "2026-11-24")

    remind(crm, "2026-11-24T12:00")

    assert ledger(crm) == [("task:1:1:1:email:0", "sent", False, mia)]


def test_deputy_who_is_away_passes_it_on(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    employee(crm, "Kate")
    jan = employee(crm, "Jan")
    _leave(crm, "1", "--deputy", "kate")
    _leave(crm, "kate", "--deputy", "jan")
    crm("task", "add", "Sună", "--due", "2026-11-24")

    remind(crm, "2026-11-24T06:00")

    assert ledger(crm) == [("task:1:1:1:email:0", "sent", False, jan)]


def test_it_waits_for_who_is_away_where_nobody_stands_in(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    employee(crm, "Kate")
    crm("employee", "add", "--name", "Ion", "--login", "ion")
    _leave(crm, "1", "--deputy", "kate")
    _leave(crm, "kate", "--deputy", "1")
    crm("leave", "add", "ion", "--from", "2026-11-24", "--to", "2026-11-24")
    for who in ("1", "ion"):
        crm("task", "add", "Sună", "--due", "2026-11-24", "--assignee", who)

    remind(crm, "2026-11-24T06:00")

    assert ledger(crm) == [
        ("task:1:1:1:email:0", "sent", False, None),
        ("task:2:1:3:email:0", "unreachable", False, None),
    ]
    assert summary(crm) == "1 sent, 1 unreachable"


def test_deputy_whom_the_channel_does_not_reach(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("employee", "add", "--name", "Ion", "--login", "ion")
    _leave(crm, "1", "--deputy", "ion")
    crm("task", "add", "Sună", "--due", "2026-11-24", "--remind", "email,message")

    remind(crm, "2026-11-24T06:00")

    assert sorted(ledger(crm)) == [
        ("task:1:1:1:email:0", "sent", False, None),
        ("task:1:1:1:message:0", "sent", False, 2),
    ]
    assert [message["text"] for message in crm.ok("inbox", "list", CRM_USER="ion")] == [
        "Sarcina 1 (pentru Ana Pop): Sună, termen 24 nov. 2026"
    ]


def test_late_ones_of_two_people_stay_two_letters(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    employee(crm, "Kate")
    employee(crm, "Jan")
    for who in ("1", "jan"):
        _leave(crm, who, "--deputy", "kate")
        for _ in range(4):
            crm("task", "add", "Sună", "--due", "2026-11-24", "--assignee", who)

    remind(crm, "2026-11-25T08:00")

    assert mails(crm) == [
        ("Kate <kate@firma.example>", "4 reminders of tasks (for Ana Pop)"),
        ("Kate <kate@firma.example>", "4 reminders of tasks (for Jan)"),
    ]


def _team_of(crm: Crm, *people: str) -> None:
    crm("team", "add", "--code", "service", "--name-en", "Service")
    for name in people:
        employee(crm, name, "--team", "service")


def test_team_tells_who_stands_in_for_its_members_once(crm: Crm) -> None:
    """Kate is told as a member; what is for Jan and Mia goes the same way and says no more."""
    _team_of(crm, "Jan", "Kate", "Mia")
    for who in ("jan", "mia"):
        _leave(crm, who, "--deputy", "kate")
    crm("task", "add", "Install", "--due", "2026-11-24 14:00", "--assignee", "@service")
    crm("task", "edit", "1", "--memento", "2026-11-24 12:00")

    remind(crm, "2026-11-24T12:00")

    assert sorted(ledger(crm)) == [
        ("memento:1:1:2:email:0", "covered", False, None),
        ("memento:1:1:3:email:0", "sent", True, None),
        ("memento:1:1:4:email:0", "covered", False, None),
        ("task:1:1:2:email:0", "covered", False, None),
        ("task:1:1:3:email:0", "sent", False, None),
        ("task:1:1:4:email:0", "covered", False, None),
    ]


def test_team_tells_who_stands_in_from_outside_once(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _team_of(crm, "Kate", "Jan")
    for who in ("kate", "jan"):
        _leave(crm, who, "--deputy", "1")
    crm("task", "add", "Install", "--due", "2026-11-24", "--assignee", "@service")

    remind(crm, "2026-11-24T06:00")

    assert ledger(crm) == [
        ("task:1:1:2:email:0", "sent", False, 1),
        ("task:1:1:3:email:0", "covered", False, None),
    ]


def test_digest_of_a_day_on_which_nobody_is_away_any_more_covers_nothing(sqlite_crm: Crm) -> None:
    """At eight in the evening in Bucharest it is the next morning in Auckland."""
    crm = sqlite_crm
    crm("setting", "set", "task.remind.hour", "20")
    mia = employee(crm, "Mia", "--timezone", "Pacific/Auckland", "--digest", "email")
    crm("leave", "add", "1", "--from", "2026-11-24", "--to", "2026-11-24", "--deputy", mia)
    crm("task", "add", "Sună", "--due", "2026-11-24")

    remind(crm, "2026-11-24T18:00")

    assert ledger(crm)[0] == ("task:1:1:1:email:0", "sent", False, mia)


def test_digest_of_the_deputy_tells_it_where_it_is_still_to_come(sqlite_crm: Crm) -> None:
    """Mia's hour in Warsaw comes after the digest went in Bucharest: it may not have told of it."""
    crm = sqlite_crm
    employee(crm, "Jan")
    employee(crm, "Mia", "--timezone", "Europe/Warsaw")
    crm("employee", "edit", "1", "--digest", "email")
    for who in ("jan", "mia"):
        _leave(crm, who, "--deputy", "1")
        crm("task", "add", "Call", "--due", "2026-11-24", "--assignee", who)
    crm("task", "add", "Call", "--due", "2026-11-24 08:00", "--assignee", "jan")

    remind(crm, "2026-11-24T06:00")
    remind(crm, "2026-11-24T07:00")

    assert sorted(ledger(crm)) == [
        ("digest:1:739944:1:email:0", "sent", False, None),
        ("task:1:1:2:email:0", "covered", False, None),
        ("task:2:1:3:email:0", "sent", False, 1),
        ("task:3:1:2:email:0", "sent", False, 1),
    ]
