"""Giving tasks: mail to those without a login, and what to look out for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def ion(sqlite_crm: Crm) -> int:
    """An employee without a login, who reads Polish."""
    return sqlite_crm.id(
        *("employee", "add", "--name", "Ion", "--email", "ion@firma.example", "--language", "pl"),
    )


def _mails(crm: Crm) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = crm.ok("outbox", "list", "--columns", "all", "--sort", "id")
    return found


@pytest.mark.proves("R54")
def test_add(sqlite_crm: Crm, ion: int) -> None:
    sqlite_crm.id("account", "add", "--name", "Moldo Trans SRL")

    sqlite_crm.ok(
        *("task", "add", "Montaż", "--due", "2026-11-25@10:30", "--account", "1"),
        *("--assignee", ion, "--assignee", "me"),
    )

    (mail,) = _mails(sqlite_crm)
    assert [mail[name] for name in ("recipients", "reply_to", "task_id", "kind", "subject")] == [
        ["Ion <ion@firma.example>"],
        "Ana Pop <ana@firma.example>",
        1,
        "delegate",
        "Nowe zadanie: Montaż – Moldo Trans SRL, termin 25 lis 2026",
    ]
    assert "Termin: środa, 25 listopada 2026, 10:30\n" in mail["text"]


def test_edit_tells_once(sqlite_crm: Crm, ion: int) -> None:
    sqlite_crm("task", "add", "Sună", "--due", "+1d")

    for words in (["--assignee", ion], ["--assignee", ion], ["--due", "+2d"], ["--note", "X"]):
        sqlite_crm.ok("task", "edit", "1", *words)
    sqlite_crm.ok("task", "edit", "1", "--assignee", "me")
    once = len(_mails(sqlite_crm))
    sqlite_crm.ok("task", "edit", "1", "--assignee", ion)

    assert (once, len(_mails(sqlite_crm))) == (1, 2)


def test_add_again_tells_once(sqlite_crm: Crm, ion: int) -> None:
    words = ("task", "add", "Sună", "--due", "+1d", "--assignee", ion, "--external-id", "7")

    for _ in range(2):
        sqlite_crm.ok(*words, "--on-match", "update")

    assert len(_mails(sqlite_crm)) == 1


def test_add_again_changes_what_is_given(crm: Crm) -> None:
    """A script that runs twice takes no task from who has it since, nor from its team."""
    crm("team", "add", "--code", "service", "--name-en", "Service")
    crm("employee", "add", "--name", "Jan", "--login", "jan", "--email", "j@firma.example")
    crm("task", "add", "Sună", "--due", "+1d", "--external-id", "7")
    crm("task", "add", "Montaj", "--due", "+1d", "--external-id", "8", "--assignee", "@service")
    crm("task", "edit", "1", "--assignee", "jan")

    for number in ("7", "8"):
        words = ("--due", "+2d", "--external-id", number, "--on-match", "update")
        crm.ok("task", "add", "Altfel", *words)

    tasks = crm.ok("task", "list", "--sort", "id")
    names = ("subject", "due", "assignee", "team")
    assert [[task[name] for name in names] for task in tasks] == [
        ["Altfel", "2026-11-25", "Jan", None],
        ["Altfel", "2026-11-25", None, "service"],
    ]


def test_tell_nobody(sqlite_crm: Crm, ion: int) -> None:
    """Neither who has a login, nor who has no address, nor of what is closed."""
    sqlite_crm("employee", "add", "--name", "Jan", "--login", "jan", "--email", "j@firma.example")
    sqlite_crm("employee", "add", "--name", "Ewa")
    for assignee in ("jan", "Ewa", "me"):
        sqlite_crm("task", "add", "Sună", "--due", "+1d", "--assignee", assignee)

    sqlite_crm("task", "done", "3")
    sqlite_crm("task", "edit", "3", "--assignee", ion)

    assert _mails(sqlite_crm) == []


def test_away(crm: Crm) -> None:
    crm("employee", "add", "--name", "Jan", "--login", "jan", "--email", "j@firma.example")
    crm("leave", "add", "jan", "--from", "2026-12-21", "--to", "2026-12-31", "--deputy", "me")
    crm("leave", "add", "me", "--from", "2026-12-31", "--to", "2027-01-02")

    added = [
        crm("task", "add", "Sună", "--due", day, "--assignee", "jan", "-q").stderr
        for day in ("2026-12-20", "2026-12-21", "2026-12-31")
    ]
    moved = crm.ok("task", "edit", "1", "--due", "2026-12-24")

    assert added == [
        "",
        "warning: Jan is away on 2026-12-21; Ana Pop stands in for them.\n",
        "warning: Jan is away on 2026-12-31; nobody stands in for them.\n",
    ]
    assert moved["warnings"] == ["Jan is away on 2026-12-24; Ana Pop stands in for them."]


@pytest.mark.proves("R134")
def test_delegate_the_task_of_a_team(crm: Crm) -> None:
    """Its reminders go to the one who has it now; somebody else's team is a warning."""
    crm("team", "add", "--code", "service", "--name-en", "Service")
    crm("employee", "add", "--name", "Jan", "--login", "jan", "--email", "j@firma.example")
    crm("employee", "edit", "1", "--team", "service", "--timezone", "Europe/Warsaw")
    for number in ("1", "2"):
        crm("task", "add", "Montaj", "--due", "+1d", "--assignee", "@service")
        assert crm.ok("task", "show", number)["next_reminder_at"] == "2026-11-24T07:00:00+00:00"

    outside = crm.ok("task", "edit", "1", "--assignee", "jan")
    inside = crm.ok("task", "edit", "2", "--assignee", "me")
    crm.now = "2026-11-24T12:00:00+00:00"
    crm("job", "run", "remind")

    assert (outside["team"], outside["next_reminder_at"]) == (
        "service",
        "2026-11-24T06:00:00+00:00",
    )
    assert outside["warnings"] == ["Jan is not a member of the team service."]
    assert "warnings" not in inside
    reminded = sorted((mail["task_id"], mail["recipients"]) for mail in _mails(crm))
    assert reminded == [(1, ["Jan <j@firma.example>"]), (2, ["Ana Pop <ana@firma.example>"])]


def test_refuse_several_where_one_is_asked_for(sqlite_crm: Crm) -> None:
    for name in ("Jan", "Ewa"):
        sqlite_crm("employee", "add", "--name", name, "--category", "Agenți")
    sqlite_crm("task", "add", "Sună", "--due", "today")

    results = [
        sqlite_crm("task", "edit", "1", "--assignee", "%agenti"),
        sqlite_crm("operation", "add", "--code", "x", "--name-en", "X", "--step", "A;;%agenti"),
    ]

    sentence = "crm: '%agenti' are 2 employees, but one of them or a team is asked for.\n"
    hint = "hint: crm employee list --columns name,category\n"
    assert [(one.exit_code, one.stderr) for one in results] == [(2, sentence + hint)] * 2


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("2", "crm: Jan has left: the record is archived.\n"),
        ("@2", "crm: The team old is archived.\n"),
    ],
)
def test_refuse_who_has_left(sqlite_crm: Crm, to: str, sentence: str) -> None:
    sqlite_crm("employee", "add", "--name", "Jan", "--login", "jan")
    for code in ("new", "old"):
        sqlite_crm("team", "add", "--code", code, "--name-en", code)
    sqlite_crm("task", "add", "Sună", "--due", "today", "--assignee", "2", "--team", "old")
    sqlite_crm("employee", "remove", "2")
    sqlite_crm("team", "remove", "old")

    added = sqlite_crm("task", "add", "Sună", "--due", "today", "--assignee", to)
    edited = sqlite_crm("task", "edit", "1", "--assignee", to)

    assert [(one.exit_code, one.stderr[: len(sentence)]) for one in (added, edited)] == [
        (4, sentence)
    ] * 2


def test_team_without_its_sign(sqlite_crm: Crm) -> None:
    sqlite_crm("team", "add", "--code", "vanzari", "--name-en", "Sales", "--name-ro", "Vânzări")

    result = sqlite_crm("task", "add", "Montaj", "--due", "today", "--assignee", "Vânzări")

    assert (result.exit_code, result.stderr) == (
        3,
        "crm: There is no employee 'Vânzări'.\nhint: The team is written @Vânzări.\n",
    )


def test_say_whose_series_goes_on_without_them(sqlite_crm: Crm) -> None:
    sqlite_crm("employee", "add", "--name", "Jan", "--login", "jan", "--email", "j@firma.example")
    sqlite_crm("task", "add", "Raport", "--due", "today", "--repeat", "daily", "--assignee", "jan")
    sqlite_crm("employee", "remove", "jan")

    result = sqlite_crm("task", "done", "1")

    assert result.stderr == (
        "The next one is task 2, due 2026-11-24.\n"
        "warning: Jan has left and is reminded of nothing: crm task edit"
        " --where 'assignee_id = 2' --where 'status = open' --assignee LOGIN\n"
    )


def test_team_of_nobody(crm: Crm) -> None:
    """Who is in it but has left does not count; who takes the task is reminded."""
    crm("team", "add", "--code", "service", "--name-en", "Service")
    jan = crm.id(
        "employee", "add", "--name", "Jan", "--team", "service", "--email", "jan@f.example"
    )
    crm("task", "add", "Sună", "--due", "today", "--assignee", jan)
    full = crm("task", "add", "Sună", "--due", "tomorrow", "--assignee", "@service", "-q")
    crm("employee", "remove", jan)

    empty = crm.ok("task", "add", "Sună", "--due", "tomorrow", "--assignee", "@service")
    crm("employee", "edit", "me", "--team", "service")
    taken = crm("task", "edit", empty["id"], "--due", "+2d", "-q")

    assert (full.stderr, taken.stderr) == ("", "")
    assert empty["warnings"] == [
        (
            "Nobody is in the team service, so nobody is reminded:"
            " crm employee edit LOGIN --team service"
        )
    ]
