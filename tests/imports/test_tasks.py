"""Tasks from a spreadsheet: whose they are, when due, and what they still remind of."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.imports.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

HEAD = "Subject;Term;Term (time);Assignee;Status;Done at;Duration"


def imported(crm: Crm, folder: Path, line: str, *options: str) -> dict[str, object]:
    """The task that a line becomes."""
    crm.ok("task", "import", table(folder, HEAD, line), *options)
    found: dict[str, object] = crm.ok("task", "show", 1)
    return found


@pytest.mark.parametrize(
    ("term", "options", "reminder"),
    [
        ("24.11.2026", (), "2026-11-24T06:00:00+00:00"),
        ("20.11.2026", (), None),
        ("20.11.2026", ("--notify",), "2026-11-20T06:00:00+00:00"),
    ],
)
def test_remind_of_what_is_to_come(
    sqlite_crm: Crm, tmp_path: Path, term: str, options: tuple[str, ...], reminder: str | None
) -> None:
    task = imported(sqlite_crm, tmp_path, f"Sună;{term};;;;;", *options)

    assert task["next_reminder_at"] == reminder
    assert (task["assignee"], task["author"], task["duration"]) == ("Ana Pop", "Ana Pop", 60)


def test_bring_what_was_done(sqlite_crm: Crm, tmp_path: Path) -> None:
    line = "Sună;30.11.2026;;ana;efectuată;2026-11-20 10:00;1h30m"

    task = imported(sqlite_crm, tmp_path, line)

    assert (task["status"], task["done_at"]) == ("done", "2026-11-20T08:00:00+00:00")
    assert (task["next_reminder_at"], task["duration"]) == (None, 90)


@pytest.mark.parametrize("text", ["09:30", "9:30", "09:30:00", "25.11.2026 09:30"])
def test_join_a_term_with_its_time(sqlite_crm: Crm, tmp_path: Path, text: str) -> None:
    path = table(tmp_path, HEAD, f"Sună;25.11.2026;{text};ana;;;")

    sqlite_crm.ok("task", "import", path)
    again = sqlite_crm.ok("task", "import", path)

    task = sqlite_crm.ok("task", "show", 1)
    assert (task["due"], task["due_at"]) == ("2026-11-25", "2026-11-25T07:30:00+00:00")
    assert (again["created"], again["unchanged"]) == (0, 1)


def test_join_a_typed_term_with_its_time(sqlite_crm: Crm, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Temat", "Termin (godzina)"])
    page.append(["Zadzwonić", time(9, 30)])
    book.save(tmp_path / "zadania.xlsx")

    sqlite_crm.ok("task", "import", tmp_path / "zadania.xlsx", "--set", "due=2026-11-25")

    assert sqlite_crm.ok("task", "show", 1)["due_at"] == "2026-11-25T07:30:00+00:00"


def test_take_the_day_from_the_time(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("employee", "edit", 1, "--timezone", "America/New_York")

    line = "Sună;25.11.2026;2026-11-25 20:00;ana;;;"
    task = imported(sqlite_crm, tmp_path, line)

    assert (task["due"], task["due_at"]) == ("2026-11-25", "2026-11-26T01:00:00+00:00")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A;25.11.2026;2026-11-26 10:00;ana;;;", "differ."),
        ("A;;09:30;ana;;;", "row 2, Term (time): '09:30' is a time without a date."),
        ("A;25.11.2026;25:30;ana;;;", "'25:30' has no valid time"),
        ("A;25.11.2026;;ana;open;2026-11-20 10:00;", "Only a task that is done"),
    ],
)
def test_refuse_a_contradiction(sqlite_crm: Crm, tmp_path: Path, line: str, why: str) -> None:
    result = sqlite_crm("task", "import", table(tmp_path, HEAD, line))

    assert result.exit_code == 5
    assert why in result.stderr


def test_move_a_term_and_keep_its_time(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("task", "add", "Sună", "--due", "2026-11-25@10:00", "--external-id", "7")
    lines = ("External id;Term", "7;27.11.2026")

    sqlite_crm.ok("task", "import", table(tmp_path, *lines))

    task = sqlite_crm.ok("task", "show", 1)
    assert (task["due"], task["due_at"]) == ("2026-11-27", "2026-11-27T08:00:00+00:00")
    assert (task["term_number"], task["next_reminder_at"]) == (2, "2026-11-27T08:00:00+00:00")


def test_keep_the_moment_for_somebody_in_another_zone(sqlite_crm: Crm, tmp_path: Path) -> None:
    crm = sqlite_crm
    crm.id("employee", "add", "--name", "Jan", "--login", "jan", "--timezone", "Europe/Warsaw")
    crm.id("task", "add", "Noaptea", "--due", "2026-12-01T00:30", "--external-id", "n-1")

    crm.ok("task", "import", table(tmp_path, "External id;Assignee", "n-1;jan"))

    task = crm.ok("task", "show", 1)
    assert (task["due"], task["due_at"]) == ("2026-11-30", "2026-11-30T22:30:00+00:00")


def test_know_tasks_again_by_what_they_are_about(sqlite_crm: Crm, tmp_path: Path) -> None:
    for name in ("Alfa", "Beta"):
        sqlite_crm.id("account", "add", "--name", name)
    path = table(tmp_path, "Subject;Term;Account", "Sună;1.12.2026;Alfa", "Sună;1.12.2026;Beta")

    sqlite_crm.ok("task", "import", path)
    again = sqlite_crm.ok("task", "import", path)

    assert (again["created"], again["unchanged"]) == (0, 2)


def test_tell_tasks_apart_by_what_they_are_about(sqlite_crm: Crm, tmp_path: Path) -> None:
    for name in ("Alfa", "Beta"):
        sqlite_crm.id("account", "add", "--name", name)
    sqlite_crm.id("task", "add", "Sună", "--due", "2026-12-01", "--account", 2)
    path = table(tmp_path, "Subject;Term;Assignee;Account", "Sună;1.12.2026;ana;Alfa")

    imported = sqlite_crm.ok("task", "import", path)

    assert imported["created"] == 1


def test_bring_a_memento(sqlite_crm: Crm, tmp_path: Path) -> None:
    head = "External id;Subject;Term;Memento"

    for moment in ("27.11.2026 16:30", "27.11.2026 16:30", "28.11.2026 16:30"):
        path = table(tmp_path, head, f"7;Sună;30.11.2026;{moment}")
        sqlite_crm.ok("task", "import", path)

    task = sqlite_crm.ok("task", "show", 1)
    assert (task["memento_at"], task["memento_number"]) == ("2026-11-28T14:30:00+00:00", 2)


def test_refuse_a_memento_without_time(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = table(tmp_path, "Subject;Term;Memento", "Sună;30.11.2026;27.11.2026")

    result = sqlite_crm("task", "import", path)

    assert result.exit_code == 5
    assert "Memento: '27.11.2026' has no time: both a date and a time are needed." in result.stderr


@pytest.mark.parametrize("team", ["sales", "Sprzedaż", "VANZARI", "name:sprzedaz"])
def test_team_by_a_name_in_any_language(sqlite_crm: Crm, tmp_path: Path, team: str) -> None:
    names = ("--name-en", "Field staff", "--name-ro", "Vânzări", "--name-pl", "Sprzedaż")
    sqlite_crm.ok("team", "add", "--code", "Sales", *names)

    sqlite_crm.ok("task", "import", table(tmp_path, "Subject;Term;Team", f"Sună;24.11.2026;{team}"))

    assert sqlite_crm.ok("task", "show", 1)["team"] == "Sales"
