"""`crm task add --repeat`: a task that is closed makes the next one, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.imports.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def _series(crm: Crm, *names: str) -> list[list[Any]]:
    return [[task[name] for name in names] for task in crm.ok("task", "list", "--sort", "id")]


def test_close_and_go_on(crm: Crm) -> None:
    crm("team", "add", "--code", "service", "--name-en", "Service")
    account = crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm.ok(
        *("task", "add", "Verifică", "--due", "2026-11-25@10:00", "--repeat", "weekly"),
        *("--account", account, "--team", "service", "--assignee", "me", "--note", "Cântarul"),
        *("--days-before", "1", "--duration", "2h", "--priority", "high", "--memento", "+1d@12:00"),
    )

    done = crm("task", "done", "1", "--resolution", "Bun")

    assert done.stderr == (
        "The next one is task 2, due 2026-12-02.\n"
        "warning: Ana Pop is not a member of the team service.\n"
    )
    first, second = crm.ok("task", "list", "--sort", "id")
    assert (first["version"], second["version"]) == (2, 1)
    changing = {
        *("id", "due", "due_at", "status", "repeat", "repeat_from", "occurrence", "resolution"),
        *("memento_at",),
        *("memento_number", "done_at", "done_by", "done_by_id", "next_reminder_at"),
        *("version", "created_at", "updated_at"),
    }
    assert {name: second[name] for name in second if name not in changing} == {
        name: first[name] for name in first if name not in changing
    }
    assert [
        [one[name] for name in ("due_at", "status", "repeat", "occurrence", "next_reminder_at")]
        for one in (first, second)
    ] == [
        ["2026-11-25T08:00:00+00:00", "done", None, 1, None],
        [
            "2026-12-02T08:00:00+00:00",
            "open",
            "FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=0",
            2,
            "2026-12-01T06:00:00+00:00",
        ],
    ]


def test_close_reopen_and_close(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today", "--repeat", "daily")

    crm("task", "done", "1")
    crm("task", "reopen", "1")
    crm("task", "cancel", "1")
    crm("task", "cancel", "2")

    assert _series(crm, "status", "due", "series_id", "occurrence") == [
        ["cancelled", "2026-11-23", 1, 1],
        ["cancelled", "2026-11-24", 1, 2],
        ["open", "2026-11-25", 1, 3],
    ]


def test_close_late(sqlite_crm: Crm) -> None:
    """What was missed meanwhile does not pile up; today's is not skipped."""
    sqlite_crm("task", "add", "Sună", "--due", "2026-10-05", "--repeat", "mon")

    sqlite_crm("task", "done", "1")

    assert _series(sqlite_crm, "due") == [["2026-10-05"], ["2026-11-23"]]


@pytest.mark.parametrize(
    ("due", "now", "at"),
    [
        ("2027-03-26@10:00", "2027-03-26T09:00:00+00:00", "2027-04-02T07:00:00+00:00"),
        ("2027-03-21@03:30", "2027-03-21T09:00:00+00:00", "2027-03-28T01:30:00+00:00"),
        ("2027-10-29@10:00", "2027-10-29T09:00:00+00:00", "2027-11-05T08:00:00+00:00"),
    ],
)
def test_keep_the_time_of_day(sqlite_crm: Crm, due: str, now: str, at: str) -> None:
    """Through both changes of the clock, and on past an hour that a night has not."""
    sqlite_crm("task", "add", "Sună", "--due", due, "--repeat", "weekly")
    sqlite_crm.now = now
    sqlite_crm("task", "done", "1")
    sqlite_crm("task", "done", "2")

    first, second, third = sqlite_crm.ok("task", "list", "--sort", "id")
    assert second["due_at"] == at
    assert sqlite_crm.ok("task", "list", "--columns", "id,due_at", "--sort", "id")
    assert _clock(sqlite_crm, 3) == due.partition("@")[2]
    assert first["due"] < second["due"] < third["due"]


def _clock(crm: Crm, number: int) -> str:
    shown = crm("task", "list", "--where", f"id = {number}", "--columns", "due_at").stdout
    return shown.split()[-1]


def test_move_one_and_not_the_series(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Ședință", "--due", "2026-11-30@10:00", "--repeat", "weekly")

    sqlite_crm("task", "edit", "1", "--due", "2026-12-02@16:00")
    sqlite_crm("task", "done", "1")
    sqlite_crm("task", "edit", "2", "--due", "2026-12-09@16:00", "--repeat", "weekly")
    sqlite_crm("task", "done", "2")

    assert _series(sqlite_crm, "due_at") == [
        ["2026-12-02T14:00:00+00:00"],
        ["2026-12-09T14:00:00+00:00"],
        ["2026-12-16T14:00:00+00:00"],
    ]


@pytest.mark.parametrize(
    ("rule", "due", "moved", "following"),
    [
        ("quarterly", "2026-12-25", "2027-01-04", "2027-03-25"),
        ("every 2 weeks", "2026-11-23", "2026-12-01", "2026-12-07"),
        ("every 3 days", "2026-11-23", "2026-11-24", "2026-11-26"),
        ("weekly", "2026-11-30", "2026-11-27", "2026-12-07"),
        ("weekly", "2026-11-23", "2026-12-02", "2026-12-07"),
    ],
)
def test_move_one_and_keep_the_rhythm(
    crm: Crm, rule: str, due: str, moved: str, following: str
) -> None:
    crm("task", "add", "Decont", "--due", due, "--repeat", rule)
    crm("task", "edit", "1", "--due", moved)
    shown = crm.ok("task", "show", "1")["repeats"][0]["next"]

    done = crm("task", "done", "1")

    assert (shown, done.stderr) == (following, f"The next one is task 2, due {following}.\n")


def test_move_a_series(sqlite_crm: Crm) -> None:
    """The rule given again counts from the term as it is now; another end does not."""
    for number in (1, 2):
        sqlite_crm("task", "add", "Decont", "--due", "today", "--repeat", "every 3 days")
        sqlite_crm("task", "edit", number, "--due", "tomorrow")

    sqlite_crm("task", "edit", "1", "--repeat", "every 3 days")
    sqlite_crm("task", "edit", "2", "--until", "2026-12-31")
    sqlite_crm("task", "done", "1", "2")

    assert _series(sqlite_crm, "due", "repeat_from") == [
        ["2026-11-24", None],
        ["2026-11-24", None],
        ["2026-11-27", "2026-11-27"],
        ["2026-11-26", "2026-11-26"],
    ]


def test_add_again_moves_the_series(sqlite_crm: Crm) -> None:
    words = ("task", "add", "Decont", "--external-id", "7", "--on-match", "update")
    sqlite_crm.ok(*words, "--due", "today", "--repeat", "every 3 days")
    sqlite_crm.ok(*words, "--due", "tomorrow", "--repeat", "every 3 days")
    ended = sqlite_crm.ok(*words, "--due", "tomorrow", "--until", "2026-12-31")
    sqlite_crm("task", "done", "1")
    sqlite_crm("task", "reopen", "1")

    again = sqlite_crm(*words, "--due", "tomorrow", "--repeat", "daily")

    assert (ended["repeat_from"], again.exit_code) == ("2026-11-24", 4)
    assert again.stderr == (
        "crm: The series of task 1 goes on with task 2.\nhint: crm task show 2\n"
    )


def test_give_one_a_time_and_not_the_series(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Ședință", "--due", "2026-11-30", "--repeat", "weekly")

    sqlite_crm("task", "edit", "1", "--due", "2026-11-30@16:00")
    sqlite_crm("task", "done", "1")

    assert _series(sqlite_crm, "due", "due_at") == [
        ["2026-11-30", "2026-11-30T14:00:00+00:00"],
        ["2026-12-07", None],
    ]


def test_end_by_a_day(sqlite_crm: Crm) -> None:
    sqlite_crm(
        *("task", "add", "Sună", "--due", "today", "--repeat", "daily", "--until", "2026-11-25"),
    )

    sqlite_crm("task", "done", "1")
    sqlite_crm("task", "edit", "2", "--until", "2026-11-24")
    sqlite_crm("task", "done", "2")
    sqlite_crm("task", "reopen", "2")
    sqlite_crm("task", "edit", "2", "--until", "")
    result = sqlite_crm("task", "done", "2")

    assert result.stderr == "The next one is task 3, due 2026-11-25.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["edit", "1", "--repeat", ""], "crm: The series of task 1 goes on with task 2.\n"),
        (["edit", "1", "--until", "+9d"], "crm: The series of task 1 goes on with task 2.\n"),
        (["edit", "3", "--until", "+9d"], "crm: Only a task that repeats has a last day.\n"),
        (["edit", "4", "--repeat", "daily"], "crm: Task 4 is done.\n"),
        (
            ["edit", "2", "--until", "2026-11-23"],
            "crm: It repeats until 2026-11-23, but the term is 2026-11-24.\n",
        ),
        (
            ["edit", "3", "--repeat", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"],
            "crm: It repeats on a day that never comes after 2026-11-23.\n",
        ),
        (["add", "X", "--due", "today", "--until", "+1d"], "crm: Only a task that repeats has a"),
    ],
)
def test_refuse(sqlite_crm: Crm, words: list[str], sentence: str) -> None:
    sqlite_crm("task", "add", "Sună", "--due", "today", "--repeat", "daily")
    sqlite_crm("task", "done", "1")
    sqlite_crm("task", "add", "O dată", "--due", "today")
    sqlite_crm("task", "add", "Gata", "--due", "today")
    sqlite_crm("task", "done", "4")

    result = sqlite_crm("task", *words)

    assert (result.exit_code in {4, 5}, result.stderr[: len(sentence)]) == (True, sentence)


def test_refuse_a_responsibility(sqlite_crm: Crm) -> None:
    sqlite_crm("lead", "add", "--name", "Drum SRL", "--phone", "0232111222")
    sqlite_crm("lead", "activate", "1", "--owner", "me", "--first-contact", "+1d@10:00")

    result = sqlite_crm("task", "edit", "1", "--repeat", "weekly")

    assert (result.exit_code, result.stderr) == (
        4,
        "crm: A responsibility of a lead does not repeat.\n",
    )


def test_remove_ends_the_series(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today", "--repeat", "daily")
    crm("task", "done", "1")

    last = crm("task", "remove", "2", "-q")
    first = crm("task", "remove", "1", "-q")

    assert (last.stderr, first.exit_code) == ("task 2 no longer repeats.\n", 0)
    assert crm.ok("task", "list") == []


def test_undo_takes_the_next_one_back(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today", "--repeat", "daily")
    before = crm.ok("task", "list", "--columns", "id,status,repeat,series_id,occurrence")
    crm("task", "done", "1")

    crm.ok("undo")

    assert crm.ok("task", "list", "--columns", "id,status,repeat,series_id,occurrence") == before


def test_undo_after_a_reminder_of_the_next_one(crm: Crm) -> None:
    """What it was told of stays, archived; the series goes on."""
    crm("task", "add", "Sună", "--due", "today", "--repeat", "daily")
    crm("task", "done", "1")
    crm.now = "2026-11-24T08:00:00+00:00"
    crm("job", "run", "remind")
    crm.ok("undo")

    again = crm("task", "done", "1")

    assert again.stderr == "The next one is task 3, due 2026-11-24.\n"
    assert _series(crm, "id", "status", "occurrence") == [[1, "done", 1], [3, "open", 3]]


def test_a_series_for_each_assignee(sqlite_crm: Crm) -> None:
    sqlite_crm("employee", "add", "--name", "Jan", "--login", "jan")
    sqlite_crm(
        *("task", "add", "Inventar", "--due", "today", "--repeat", "monthly"),
        *("--assignee", "me", "--assignee", "jan"),
    )

    sqlite_crm("task", "done", "2")

    assert _series(sqlite_crm, "assignee", "status", "series_id") == [
        ["Ana Pop", "open", None],
        ["Jan", "done", 2],
        ["Jan", "open", 2],
    ]


def test_filter_and_words(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Sună", "--due", "today", "--repeat", "la 2 săptămâni")
    sqlite_crm("task", "add", "O dată", "--due", "today")

    listed = sqlite_crm(
        "task", "list", "--where", "repeat is not empty", "--columns", "id,subject,repeat"
    )

    assert listed.stdout == "ID  SUBJECT  REPEAT\n 1  Sună     every 2 weeks on mon\n"


def test_import(sqlite_crm: Crm, tmp_path: Path) -> None:
    head = "External id;Subject;Term;Term (time);Repetare"
    path = table(tmp_path, head, "7;Sună;27.11.2026;10:30;lunar pe ultima")

    sqlite_crm.ok("task", "import", path)
    again = sqlite_crm.ok("task", "import", path)
    sqlite_crm("task", "done", "1")

    assert (again["unchanged"], _series(sqlite_crm, "due_at")) == (
        1,
        [["2026-11-27T08:30:00+00:00"], ["2026-11-30T08:30:00+00:00"]],
    )


def test_import_refused(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = table(tmp_path, "Subject;Term;Repeats", "Sună;27.11.2026;uneori")

    result = sqlite_crm("task", "import", path)

    assert result.exit_code == 5
    assert "Repeats: 'uneori' does not say how a task repeats." in result.stderr
