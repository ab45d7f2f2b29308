"""`crm operation`: a bundle of tasks, made all at once with their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.imports.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

STEPS = ("Bun venit;+0d", "Contract;+2wd@10:00;;2h;high", "Montaj;+1w;@service", "Apel;30d;jan")


@pytest.fixture
def onboarding(crm: Crm) -> int:
    """An operation of four steps, of which two have an assignee of their own."""
    crm("team", "add", "--code", "service", "--name-en", "Service")
    crm("employee", "add", "--name", "Jan", "--login", "jan", "--email", "jan@firma.example")
    return _add(crm, *STEPS)


def _add(crm: Crm, *steps: str, code: str = "onboarding") -> int:
    options = [word for step in steps for word in ("--step", step)]
    return crm.id("operation", "add", "--code", code, "--name-en", "New client", *options)


def _picked(tasks: list[dict[str, Any]], *names: str) -> list[list[Any]]:
    return [[task[name] for name in names] for task in tasks]


def test_show(crm: Crm, onboarding: int) -> None:
    shown = crm.ok("operation", "show", "onboarding")

    names = ("position", "subject", "after", "assignee", "team", "duration", "priority")
    assert _picked(shown["steps"], *names) == [
        [1, "Bun venit", "+0d", None, None, None, "normal"],
        [2, "Contract", "+2wd@10:00", None, None, 120, "high"],
        [3, "Montaj", "+7d", None, "service", None, "normal"],
        [4, "Apel", "+30d", "Jan", None, None, "normal"],
    ]


@pytest.mark.proves("R133")
def test_assign(crm: Crm, onboarding: int) -> None:
    """Over Christmas; who is named by a step gets his task once."""
    account = crm.id("account", "add", "--name", "Moldo Trans SRL")

    made = crm.ok(
        *("operation", "assign", "onboarding", "--to", "me", "--to", "jan", "--to", "jan"),
        *("--start", "2026-12-24", "--account", account),
    )

    names = ("subject", "assignee", "team", "due", "due_at", "duration", "priority")
    assert _picked(made, *names) == [
        ["Bun venit", "Ana Pop", None, "2026-12-24", None, 60, "normal"],
        ["Bun venit", "Jan", None, "2026-12-24", None, 60, "normal"],
        ["Contract", "Ana Pop", None, "2026-12-29", "2026-12-29T08:00:00+00:00", 120, "high"],
        ["Contract", "Jan", None, "2026-12-29", "2026-12-29T08:00:00+00:00", 120, "high"],
        ["Montaj", None, "service", "2026-12-31", None, 60, "normal"],
        ["Apel", "Jan", None, "2027-01-23", None, 60, "normal"],
    ]
    shared = {(task["account"], task["operation"], task["author"]) for task in made}
    assert shared == {("Moldo Trans SRL", "onboarding", "Ana Pop")}
    found = crm.ok("task", "list", "--where", "operation = onboarding")
    assert len(found) == len(made)


def test_assign_plans_as_task_add_does(crm: Crm, onboarding: int) -> None:
    _add(crm, "Sună;+2d@10:00", code="apel")
    crm("employee", "edit", "2", "--timezone", "Europe/Warsaw", "--team", "service")

    for to, reference in (("jan", "jan"), ("@service", "@service")):
        crm("operation", "assign", "apel", "--to", to)
        crm("task", "add", "Sună", "--due", "+2d@10:00", "--assignee", reference)

    names = ("subject", "due", "due_at", "next_reminder_at", "term_number", "owner_id", "status")
    one, other, team, its = crm.ok("task", "list", "--sort", "id")
    shared = [name for name in names if name in one]
    assert one["due_at"] == "2026-11-25T09:00:00+00:00"
    assert _picked([team], *shared) == _picked([its], *shared)
    assert one["next_reminder_at"] == one["due_at"]
    assert other["due_at"] == "2026-11-25T08:00:00+00:00"


@pytest.mark.parametrize(
    ("days", "due"), [("mon-fri", "2026-12-02"), ("mon-sat", "2026-11-28"), ("tue", "2026-12-29")]
)
def test_working_days_are_the_same_everywhere(sqlite_crm: Crm, days: str, due: str) -> None:
    """Those of the company, without 30 November and 1 December, on which offices are closed."""
    sqlite_crm("setting", "set", "work.days", days)
    _add(sqlite_crm, "Contract;+5wd")

    sqlite_crm("task", "add", "Sună", "--due", "+5wd")
    sqlite_crm("operation", "assign", "onboarding")

    assert [task["due"] for task in sqlite_crm.ok("task", "list")] == [due, due]


def test_assign_twice(crm: Crm, onboarding: int) -> None:
    words = ("operation", "assign", "onboarding", "--external-id", "ERP-7", "--to", "jan")
    crm.ok(*words)

    again = crm(*words)
    skipped = crm.ok(*words, "--to", "me", "--on-match", "skip")

    assert (again.exit_code, again.stderr.splitlines()[0]) == (
        4,
        "crm: Task 1 was made under the external id 'ERP-7' already.",
    )
    assert sorted(task["id"] for task in skipped) == [1, 2, 3, 4, 5, 6]
    assert (
        crm.ok("task", "list", "--where", "id > 4", "--columns", "assignee")
        == [{"assignee": "Ana Pop"}] * 2
    )


def test_assign_two_operations_under_one_id(crm: Crm) -> None:
    """A client's number stands for taking him on and for seeing him off."""
    for code in ("begin", "end"):
        _add(crm, f"{code} 1;+0d", f"{code} 2;+1d", code=code)

    for code in ("begin", "end", "begin"):
        words = ("--external-id", "42", "--on-match", "skip")
        crm.ok("operation", "assign", code, *words)

    assert [task["subject"] for task in crm.ok("task", "list", "--sort", "id")] == [
        *("begin 1", "begin 2"),
        *("end 1", "end 2"),
    ]


def test_assign_dry(crm: Crm, onboarding: int) -> None:
    made = crm.ok("operation", "assign", "onboarding", "--dry-run")

    assert (len(made), crm.ok("task", "list")) == (4, [])


def test_undo(crm: Crm, onboarding: int) -> None:
    crm.ok("operation", "assign", "onboarding", "--to", "me")

    crm.ok("undo")

    assert crm.ok("task", "list") == []


def test_tell_who_has_no_login(sqlite_crm: Crm) -> None:
    sqlite_crm("employee", "add", "--name", "Ion", "--email", "ion@firma.example")
    _add(sqlite_crm, "Unu;+1d", "Doi;+2d@10:00")

    sqlite_crm("operation", "assign", "onboarding", "--to", "Ion", "--to", "me")

    (mail,) = sqlite_crm.ok("outbox", "list", "--columns", "all")
    assert (mail["recipients"], mail["subject"], mail["reply_to"]) == (
        ["Ion <ion@firma.example>"],
        "2 sarcini noi: Unu",
        "Ana Pop <ana@firma.example>",
    )
    assert "- Unu, termen 24 nov. 2026\n- Doi, termen miercuri, 25 noiembrie" in mail["text"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["assign", "gol"], 4, "crm: The operation gol has no steps.\n"),
        (["assign", "nimic"], 3, "crm: "),
        (["assign", "bun", "--to", "%nimeni"], 3, "crm: No employee has the category 'nimeni'.\n"),
        (["edit", "bun"], 2, "crm: Nothing to change was given.\n"),
        (["edit", "bun", "--step", ";+1d"], 2, "crm: --step: ';+1d' is not a step.\n"),
        (
            ["edit", "bun", "--step", "A;mâine"],
            2,
            "crm: --step 'A;mâine': 'mâine' is not a number of days.\n",
        ),
        (["edit", "bun", "--step", "A;+1d;;;urgent"], 2, "crm: --step: 'urgent' is none of"),
        (["edit", "bun", "--step", "A;+9999d"], 5, "crm: A step comes at most 3650 days after"),
        (["edit", "bun", "--step", "A;+1d@25:00"], 2, "crm: --step: '25:00' is no time of day."),
    ],
)
def test_refuse(sqlite_crm: Crm, words: list[str], code: int, sentence: str) -> None:
    _add(sqlite_crm, code="gol")
    _add(sqlite_crm, "Unu;+1d", code="bun")

    result = sqlite_crm("operation", *words)

    assert (result.exit_code, result.stderr[: len(sentence)]) == (code, sentence)


@pytest.mark.parametrize("step", ["+10d", "+10wd"])
def test_refuse_terms_beyond_our_years(sqlite_crm: Crm, step: str) -> None:
    _add(sqlite_crm, f"Unu;{step}")

    result = sqlite_crm("operation", "assign", "onboarding", "--start", "2199-12-30")

    assert result.exit_code == 5
    assert result.stderr.startswith(f"crm: '{step}' lies outside the years 1900 to 2199.\n")


def test_edit_replaces_the_steps(crm: Crm, onboarding: int) -> None:
    crm.ok("operation", "edit", "onboarding", "--step", "Nou;+1d", "--name-ro", "Client nou")
    crm.ok("operation", "edit", "onboarding", "--note", "Verificat")

    shown = crm.ok("operation", "show", "onboarding")
    assert (shown["steps"], shown["name_ro"], shown["note"]) != (None, None, None)
    listed = crm.ok("operation", "list", "--columns", "steps,name_ro,note")
    assert listed == [{"steps": 1, "name_ro": "Client nou", "note": "Verificat"}]


def test_remove_one_in_use(crm: Crm, onboarding: int) -> None:
    crm.ok("operation", "assign", "onboarding", "--to", "me")

    used = crm("operation", "remove", "onboarding", "-q")
    again = crm("operation", "assign", str(onboarding), "--to", "me")

    assert used.stderr == "operation 1 is in use and was archived.\n"
    assert (again.exit_code, again.stderr.splitlines()[0]) == (
        4,
        "crm: The operation onboarding is archived.",
    )


def test_import(sqlite_crm: Crm, tmp_path: Path) -> None:
    """From a Saturday on, and over the two public holidays that follow it."""
    path = table(
        tmp_path,
        "Cod;Denumire (engleză);Sarcină;După zile;Zile lucrătoare;Ora",
        "nou;New client;Bun venit;0;;",
        "nou;New client;Contract;2;da;10:00",
    )

    first = sqlite_crm.ok("operation", "import", path)
    again = sqlite_crm.ok("operation", "import", path)

    made = sqlite_crm.ok("operation", "assign", "nou", "--start", "2026-11-28")
    assert (first["created"], again["created"], again["updated"]) == (1, 0, 0)
    assert _picked(made, "subject", "due") == [
        ["Bun venit", "2026-11-28"],
        ["Contract", "2026-12-03"],
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("nou;New;;2", "A step of an operation has a subject."),
        ("nou;New;Sună;-2", "A step comes at most 3650 days after the first day, not -2."),
    ],
)
def test_import_refused(sqlite_crm: Crm, tmp_path: Path, row: str, why: str) -> None:
    path = table(tmp_path, "Cod;Denumire (engleză);Sarcină;După zile", "nou;New;Bun;0", row)

    result = sqlite_crm("operation", "import", path)

    assert result.exit_code == 5
    assert why in result.stderr
