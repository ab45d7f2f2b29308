"""`crm task`: launched to one or many, planned, finished, listed by whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm


def _jan(crm: Crm, *more: str) -> int:
    return crm.id("employee", "add", "--name", "Jan", "--login", "jan", *more)


def _picked(task: Any, *names: str) -> list[Any]:
    return [task[name] for name in names]


@pytest.mark.proves("R113", "R116")
def test_list(crm: Crm) -> None:
    account = crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm("task", "add", "Sună la Moldo", "--due", "tomorrow@10:30", "--account", account)
    crm("task", "add", "Raport", "--due", "25.11.2026", "--priority", "high")
    crm("team", "add", "--code", "service", "--name-en", "Service")
    crm("task", "add", "Montaj", "--due", "26.11.2026", "--assignee", "@service")

    result = crm("task", "list")

    assert result.stdout == (
        "ID  SUBJECT        STATUS  DUE         DUE_AT            ASSIGNEE  TEAM"
        "     ACCOUNT\n"
        " 1  Sună la Moldo  open    2026-11-24  2026-11-24 10:30  Ana Pop  "
        "          Moldo Trans SRL\n"
        " 2  Raport         open    2026-11-25                    Ana Pop\n"
        " 3  Montaj         open    2026-11-26                              service\n"
    )


def test_add_with_time_in_another_zone(crm: Crm) -> None:
    jan = _jan(crm, "--timezone", "Europe/Warsaw")

    task = crm.ok("task", "add", "Zadzwoń", "--due", "2026-11-25 00:30", "--assignee", jan)

    assert _picked(task, "due", "due_at", "assignee", "author", "duration") == [
        "2026-11-24",
        "2026-11-24T22:30:00+00:00",
        "Jan",
        "Ana Pop",
        60,
    ]


@pytest.mark.proves("R117", "R134")
def test_add_for_several(crm: Crm) -> None:
    _jan(crm, "--category", "VÂNZĂRI")
    crm.id("team", "add", "--code", "service", "--name-en", "Service")

    added = crm.ok(
        *("task", "add", "Inventar", "--due", "+1d", "--assignee", "me"),
        *("--assignee", "%vanzari", "--assignee", "@service", "--assignee", "jan"),
    )

    assert [_picked(task, "assignee", "team") for task in added] == [
        ["Ana Pop", None],
        ["Jan", None],
        [None, "service"],
    ]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--due", "2026-02-30"], 2, "--due: '2026-02-30' "),
        (["--due", "today", "--assignee", "%nimeni"], 3, "No employee has the category 'nimeni'."),
        (["--due", "today", "--remind", "none", "--remind", "email"], 5, "reminds by none"),
        (["--due", "today", "--days-before", "4"], 2, "'4' is none of 0, 1, 2, 3."),
        (["--due", "today", "--duration", "3"], 2, "'3' has no unit"),
        ([], 2, "Missing option '--due'"),
        (
            ["--due", "today", "--assignee", "me", "--assignee", "@1", "--external-id", "7"],
            5,
            "The external id '7' stands for one task, but 2 are asked for.",
        ),
    ],
)
def test_add_refused(sqlite_crm: Crm, words: list[str], code: int, sentence: str) -> None:
    sqlite_crm("team", "add", "--code", "service", "--name-en", "Service")

    result = sqlite_crm("task", "add", "Sună", *words)

    assert result.exit_code == code
    assert sentence in result.stderr
    assert sqlite_crm.ok("task", "list") == []


def test_add_again_with_external_id(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today", "--external-id", "T1")

    same = crm.ok(
        *("task", "add", "Sună iar", "--due", "+1d", "--external-id", "T1"),
        *("--on-match", "update"),
    )

    assert _picked(same, "id", "subject", "term_number") == [1, "Sună iar", 2]


def test_edit_term(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "+2d@10:00", "--days-before", "1")

    same = crm.ok("task", "edit", "1", "--due", "+2d@10:00", "--note", "Aceeași dată")
    other = crm.ok("task", "edit", "1", "--due", "+4d")

    assert _picked(same, "term_number", "next_reminder_at", "description") == [
        1,
        "2026-11-24T06:00:00+00:00",
        "Aceeași dată",
    ]
    assert _picked(other, "term_number", "next_reminder_at", "due_at") == [
        2,
        "2026-11-26T06:00:00+00:00",
        None,
    ]


@pytest.mark.proves("R126")
def test_edit_reminders(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "+4d")

    crm("task", "edit", "1", "--remind", "message", "--days-before", "3", "--days-before", "0")
    chosen = crm.ok("task", "show", "1")
    crm("task", "edit", "1", "--remind", "none")
    silent = crm.ok("task", "show", "1")

    assert _picked(chosen, "remind", "days_before", "next_reminder_at") == [
        ["message"],
        ["0", "3"],
        "2026-11-24T06:00:00+00:00",
    ]
    assert silent["next_reminder_at"] is None


@pytest.mark.proves("R131")
def test_memento(crm: Crm) -> None:
    added = crm.ok("task", "add", "Sună", "--due", "+9d", "--memento", "tomorrow@16:30")

    crm("task", "edit", "1", "--memento", "2026-11-24 16:30")
    crm("task", "edit", "1", "--note", "Același moment")
    same = crm.ok("task", "show", "1")
    other = crm.ok("task", "edit", "1", "--memento", "25.11.2026 09:00")
    off = crm.ok("task", "edit", "1", "--memento", "")
    again = crm.ok("task", "edit", "1", "--memento", "25.11.2026 09:00")

    assert [
        _picked(task, "memento_at", "memento_number", "term_number")
        for task in (added, same, other, off, again)
    ] == [
        ["2026-11-24T14:30:00+00:00", 1, 1],
        ["2026-11-24T14:30:00+00:00", 1, 1],
        ["2026-11-25T07:00:00+00:00", 2, 1],
        [None, 2, 1],
        ["2026-11-25T07:00:00+00:00", 3, 1],
    ]


@pytest.mark.parametrize("verb", [("add", "Sună", "--due", "+9d"), ("edit", "1")])
def test_memento_without_time(sqlite_crm: Crm, verb: tuple[str, ...]) -> None:
    sqlite_crm("task", "add", "Prima", "--due", "today")

    result = sqlite_crm("task", *verb, "--memento", "tomorrow")

    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        2,
        "crm: --memento: 'tomorrow' has no time: both a date and a time are needed.",
    )


def test_edit_assignee_away(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today")

    result = crm("task", "edit", "1", "--assignee", "")

    assert result.exit_code == 5
    assert result.stderr == "crm: A task needs an assignee or a team.\nhint: --assignee me\n"


@pytest.mark.proves("R113")
def test_done(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today")
    crm("task", "add", "Scrie", "--due", "today")

    done = crm.ok(
        *("task", "done", "1", "2", "--resolution", "Vrea ofertă"),
        *("--at", "2026-11-23 09:30"),
    )

    assert [
        _picked(task, "status", "resolution", "done_at", "done_by", "next_reminder_at")
        for task in done
    ] == [["done", "Vrea ofertă", "2026-11-23T07:30:00+00:00", "Ana Pop", None]] * 2


def test_done_in_the_future(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Sună", "--due", "today")

    result = sqlite_crm("task", "done", "1", "--at", "tomorrow@10:00")

    assert result.exit_code == 5
    assert "A task cannot be done in the future." in result.stderr


@pytest.mark.parametrize(
    ("steps", "verb", "sentence"),
    [
        (["done"], "done", "crm: Task 1 is done.\nhint: crm task reopen 1\n"),
        (["cancel"], "done", "crm: Task 1 is cancelled.\nhint: crm task reopen 1\n"),
        ([], "reopen", "crm: Task 1 is open.\n"),
        (["done", "reopen"], "reopen", "crm: Task 1 is open.\n"),
    ],
)
def test_step_refused(sqlite_crm: Crm, steps: list[str], verb: str, sentence: str) -> None:
    sqlite_crm("task", "add", "Sună", "--due", "today")
    for step in steps:
        sqlite_crm("task", step, "1")

    result = sqlite_crm("task", verb, "1")

    assert (result.exit_code, result.stderr) == (4, sentence)


@pytest.mark.parametrize("verb", ["done", "cancel", "remove"])
def test_step_of_responsibility(sqlite_crm: Crm, verb: str) -> None:
    sqlite_crm("task", "add", "Contact", "--due", "today")
    execute(sqlite_crm.url, "UPDATE task SET kind = 'responsibility', lead_id = 7")

    result = sqlite_crm("task", verb, "1")

    assert (result.exit_code, result.stderr) == (
        4,
        "crm: Task 1 is a responsibility of lead 7.\nhint: crm lead advance 7\n",
    )


def test_done_where(crm: Crm) -> None:
    for day in ("2026-11-20", "2026-11-23", "2026-11-24"):
        crm("task", "add", day, "--due", day)

    done = crm.ok("task", "done", "--where", "due < today", "--yes")

    assert [task["subject"] for task in ([done] if isinstance(done, dict) else done)] == [
        "2026-11-20"
    ]


@pytest.mark.proves("R115")
def test_list_by_scope(crm: Crm) -> None:
    team = crm.id("team", "add", "--code", "service", "--name-en", "Service")
    _jan(crm, "--team", "service")
    crm("employee", "edit", "1", "--team", team)
    crm("task", "add", "A mea", "--due", "+1d")
    crm("task", "add", "Pentru Jan", "--due", "+2d", "--assignee", "jan")
    crm("task", "add", "A echipei", "--due", "+3d", "--assignee", "@service")
    crm.user = "jan"
    crm("task", "add", "De la Jan", "--due", "+4d", "--assignee", "ana")
    crm("task", "done", "2", "--resolution", "Rezolvat")
    crm.user = "ana"

    lists = {
        scope: [task["id"] for task in crm.ok("task", "list", *scope.split())]
        for scope in ("", "--for-me", "--from-me", "--answers", "--for-me --where id>3")
    }

    assert lists == {
        "": [1, 2, 3, 4],
        "--for-me": [1, 3, 4],
        "--from-me": [1, 2, 3],
        "--answers": [2],
        "--for-me --where id>3": [4],
    }


def test_list_for_me_as_nobody(sqlite_crm: Crm) -> None:
    sqlite_crm.user = "nobody"

    result = sqlite_crm("task", "list", "--for-me")

    assert result.exit_code == 7
    assert "No employee has the login 'nobody'." in result.stderr


def test_remove_task_in_use(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today")
    crm("job", "run", "remind")
    crm("task", "add", "Alta", "--due", "today")

    result = crm("task", "remove", "1", "2", "-q")

    assert result.stderr == "task 1 is in use and was archived.\n"
    assert crm.ok("task", "list") == []
    assert [task["id"] for task in crm.ok("task", "list", "--all")] == [1]


@pytest.mark.proves("R113", "R134")
def test_add_about_other_records(crm: Crm) -> None:
    crm("account", "add", "--name", "Moldo Trans SRL")
    crm("contact", "add", "--name", "Popescu Ion", "--account", "1")
    crm("opportunity", "add", "--account", "1", "--name", "Cântar 60 t")
    crm("lead", "add", "--name", "Drum SRL", "--phone", "0232111222")
    crm("campaign", "add", "--name", "Toamna", "--start", "2026-11-01", "--end", "2026-11-30")
    crm("product", "add", "--code", "P1", "--name", "Cântar", "--price", "100")
    crm("document", "add", "order", "--account", "1", "--line", "P1;1")

    task = crm.ok(
        *("task", "add", "Sună", "--due", "today", "--account", "1", "--contact", "Popescu Ion"),
        *("--opportunity", "1", "--campaign", "Toamna", "--lead", "1", "--document", "1"),
    )

    names = ("account", "contact", "opportunity", "campaign", "lead", "document_id")
    assert _picked(task, *names) == [
        "Moldo Trans SRL",
        "Popescu Ion",
        "Cântar 60 t",
        "Toamna",
        "Drum SRL",
        1,
    ]


@pytest.mark.proves("R126", "R137")
def test_show_whom_it_has_reminded(crm: Crm) -> None:
    crm(
        *("task", "add", "Sună", "--due", "today@12:00", "--repeat", "weekly"),
        *("--remind", "email", "--remind", "message", "--memento", "today@11:00"),
    )
    crm.now = "2026-11-23T10:05:00+00:00"
    crm("job", "run", "remind")
    crm("job", "run", "send-outbox")

    shown = crm.ok("task", "show", "1")
    page = crm("task", "show", "1").stdout

    assert shown["repeats"] == [
        {
            "repeats": "FREQ=WEEKLY;BYDAY=MO;BYHOUR=12;BYMINUTE=0",
            "next": "2026-11-30",
            "occurrence": 2,
        }
    ]
    names = ("due_at", "kind", "recipient", "channel", "state", "arrived")
    assert sorted(_picked(one, *names) for one in shown["reminders"]) == [
        ["2026-11-23T09:00:00+00:00", "memento", "Ana Pop", "email", "sent", "sent"],
        ["2026-11-23T09:00:00+00:00", "memento", "Ana Pop", "message", "sent", "unread"],
        ["2026-11-23T10:00:00+00:00", "task", "Ana Pop", "email", "sent", "sent"],
        ["2026-11-23T10:00:00+00:00", "task", "Ana Pop", "message", "sent", "unread"],
    ]
    assert page.partition("\n\n")[2].startswith(
        "repeats\n"
        "REPEATS                 NEXT        OCCURRENCE\n"
        "weekly on mon at 12:00  2026-11-30           2\n"
        "\n"
        "reminders\n"
        "ID  DUE_AT            KIND     RECIPIENT  DEPUTY  CHANNEL  STATE  ARRIVED\n"
        " 3  2026-11-23 11:00  memento  Ana Pop            email    sent   sent\n"
    )
