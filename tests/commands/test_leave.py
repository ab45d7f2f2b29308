"""`crm leave`: who is away when, and who stands in."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from crm_cli.database import Database
from schema.database import write_session
from schema.employee import Employee
from tests.conftest import Crm
from tests.postgres import is_blocked

if TYPE_CHECKING:
    from pathlib import Path

DAYS = ("--from", "2026-12-01", "--to", "2026-12-10")


@pytest.fixture
def office(crm: Crm) -> Crm:
    """Ana, Jan and Maria."""
    return _employ(crm)


def _employ(crm: Crm) -> Crm:
    for name in ("jan", "maria"):
        crm.id("employee", "add", "--name", name.title(), "--login", name)
    return crm


def test_add(office: Crm) -> None:
    result = office("leave", "add", "jan", *DAYS, "--deputy", "maria", "--note", "Concediu")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "id           1\n"
        "employee     Jan\n"
        "employee_id  2\n"
        "from         2026-12-01\n"
        "to           2026-12-10\n"
        "days         10\n"
        "deputy       Maria\n"
        "deputy_id    3\n"
        "note         Concediu\n"
        "version      1\n"
        "created_at   2026-11-23 10:00\n"
        "created_by   ana\n"
        "updated_at   2026-11-23 10:00\n"
        "updated_by   ana\n"
    )


def test_advice_on_overlap_can_be_typed(office: Crm) -> None:
    office.ok("employee", "add", "--name", "Ion D'Arc", "--login", "ion")
    office.ok("leave", "add", "ion", *DAYS)

    refused = office("leave", "add", "ion", *DAYS)

    _, _, advice = refused.stderr.partition("hint: crm ")
    (found,) = office.ok(*shlex.split(advice))
    assert (refused.exit_code, found["employee"]) == (4, "Ion D'Arc")


def test_list_in_order_of_days(office: Crm) -> None:
    office.ok("leave", "add", "me", "--from", "+30d", "--to", "+31d")
    office.ok("leave", "add", "jan", *DAYS, "--deputy", "me")

    assert office("leave", "list").stdout == (
        "ID  EMPLOYEE  FROM        TO          DAYS  DEPUTY\n"
        " 2  Jan       2026-12-01  2026-12-10    10  Ana Pop\n"
        " 1  Ana Pop   2026-12-23  2026-12-24     2\n"
    )
    assert [row["id"] for row in office.ok("leave", "list", "--where", "to < 2026-12-15")] == [2]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("jan", "--from", "2026-12-10", "--to", "2026-12-12"),
            4,
            (
                "crm: Jan is away already from 2026-12-01 to 2026-12-10.\n"
                "hint: crm leave list --where 'employee = Jan'\n"
            ),
        ),
        (
            ("jan", "--from", "2026-12-12", "--to", "2026-12-11"),
            5,
            "crm: The leave ends on 2026-12-11, before it begins on 2026-12-12.\n",
        ),
        (
            ("maria", *DAYS, "--deputy", "maria"),
            5,
            "crm: Nobody is his own deputy.\n",
        ),
        (
            ("maria", *DAYS, "--deputy", "4"),
            4,
            "crm: Petru has left and cannot stand in.\nhint: crm employee list\n",
        ),
        (("4", *DAYS), 4, "crm: Petru has left and cannot be away.\nhint: crm employee list\n"),
        (
            ("maria", "--from", "mîine"),
            2,
            "crm: Missing option '--to'.\nhint: crm leave add --help\n",
        ),
    ],
)
def test_add_refused(sqlite_crm: Crm, words: tuple[str, ...], code: int, sentence: str) -> None:
    crm = _employ(sqlite_crm)
    crm.id("employee", "add", "--name", "Petru")
    crm.ok("account", "add", "--name", "Dacia", "--owner", "Petru")
    crm.ok("employee", "remove", "Petru")
    crm.ok("leave", "add", "jan", *DAYS)

    result = crm("leave", "add", *words)

    assert (result.exit_code, result.stdout, result.stderr) == (code, "", sentence)


def test_deputy_who_is_away_too(office: Crm) -> None:
    office.ok("leave", "add", "maria", "--from", "2026-12-09", "--to", "2026-12-20")

    added = office.ok("leave", "add", "jan", *DAYS, "--deputy", "maria")
    shorter = office("leave", "edit", 2, "--to", "2026-12-09", "-q")
    early = office("leave", "add", "maria", "--from", "2026-12-03", "--to", "2026-12-04", "-q")

    away = "Maria stands in for Jan but is away as well"
    assert added["warnings"] == [f"{away} from 2026-12-09 to 2026-12-10."]
    assert shorter.stderr == f"warning: {away} on 2026-12-09.\n"
    assert early.stderr == f"warning: {away} from 2026-12-03 to 2026-12-04.\n"


def test_deputy_whom_nothing_reaches(sqlite_crm: Crm) -> None:
    sqlite_crm.id("employee", "add", "--name", "Petru")

    result = sqlite_crm("leave", "add", "me", *DAYS, "--deputy", "Petru", "-q")

    assert (result.exit_code, result.stderr) == (
        0,
        "warning: Petru has neither e-mail address nor login, so no reminder can go to them.\n",
    )


def test_add_while_another_is_being_added(postgresql_url: str, tmp_path: Path) -> None:
    crm = Crm(postgresql_url, tmp_path)
    words = ["leave", "add", "me", "--from", "2026-12-01", "--to", "2026-12-10"]
    database = Database(postgresql_url)
    with write_session(database.engine, database.url, {}) as session:
        session.get(Employee, 1, with_for_update=True)
        waiting = subprocess.Popen(
            [sys.executable, "-m", "crm_cli", *words, "-q"],
            env={**os.environ, **crm.environment},
            stdout=subprocess.PIPE,
        )
        while waiting.poll() is None and not is_blocked(postgresql_url):
            time.sleep(0.01)
        assert waiting.poll() is None
    database.close()

    assert (waiting.communicate()[0], waiting.returncode) == (b"1\n", 0)


def test_edit_two_onto_the_same_days(office: Crm) -> None:
    office.ok("leave", "add", "jan", *DAYS)
    office.ok("leave", "add", "jan", "--from", "2027-01-01", "--to", "2027-01-02")

    result = office("leave", "edit", 1, 2, "--from", "2026-12-01", "--to", "2026-12-02")

    assert result.exit_code == 4
    assert [row["to"] for row in office.ok("leave", "list")] == ["2026-12-10", "2027-01-02"]


def test_undo_what_would_make_two_of_a_day(office: Crm) -> None:
    office.ok("leave", "add", "jan", *DAYS)
    office.ok("leave", "remove", 1)
    office.ok("leave", "add", "jan", *DAYS)
    removal = office.ok("audit", "show", "--where", "new is empty")[0]["transaction"]

    result = office("undo", removal)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        4,
        "crm: Jan is away already from 2026-12-01 to 2026-12-10.",
    )
    assert [row["id"] for row in office.ok("leave", "list")] == [2]
    assert office.ok("undo")[0]["entity"] == "leave"
    assert office.ok("leave", "list") == []


def test_import(office: Crm, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Angajat", "De la", "Până la", "Înlocuitor"])
    book.active.append(["Jan", "21.12.2026", "31.12.2026", "Maria"])
    book.active.append(["Jan", "31.12.2026", "02.01.2027", None])
    book.active.append(["Maria", "21.12.2026", "20.12.2026", None])
    book.active.append(["Maria", "21.12.2026", "22.12.2026", "Maria"])
    book.save(tmp_path / "concedii.xlsx")

    result = office("leave", "import", tmp_path / "concedii.xlsx", "--skip-bad-rows")

    assert result.exit_code == 6
    assert [(row["employee"], row["deputy"]) for row in office.ok("leave", "list")] == [
        ("Jan", "Maria")
    ]
    for sentence in (
        "Jan is away already from 2026-12-21 to 2026-12-31.",
        "The leave ends on 2026-12-20, before it begins on 2026-12-21.",
        "Nobody is his own deputy.",
    ):
        assert sentence in result.stderr


def test_export_moved_and_back(office: Crm, tmp_path: Path) -> None:
    office.ok("leave", "add", "jan", *DAYS)
    office("leave", "export", tmp_path / "away.xlsx", "--language", "en")
    book = load_workbook(tmp_path / "away.xlsx")
    headings = [cell.value for cell in book.active[1]]
    book.active.cell(2, headings.index("To") + 1).value = "2026-12-05"
    book.save(tmp_path / "away.xlsx")

    imported = office.ok("leave", "import", tmp_path / "away.xlsx")

    assert imported["updated"] == 1
    assert office.ok("leave", "show", 1)["to"] == "2026-12-05"


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 4)), max_size=6))
@settings(max_examples=8)
def test_nobody_is_away_twice_on_a_day(sqlite_crm: Crm, wanted: list[tuple[int, int]]) -> None:
    sqlite_crm("leave", "remove", "--where", "id > 0", "--yes")
    kept: list[range] = []

    for first, more in wanted:
        days = range(first, first + more + 1)
        taken = any(set(days) & set(other) for other in kept)
        result = sqlite_crm(
            *("leave", "add", "me", "--from", f"2027-03-{first:02}"),
            *("--to", f"2027-03-{days[-1]:02}"),
        )
        assert result.exit_code == (4 if taken else 0)
        kept += [] if taken else [days]

    assert len(sqlite_crm.ok("leave", "list")) == len(kept)


def test_only_new_people_must_work_here(sqlite_crm: Crm) -> None:
    """Leave whose deputy has left can be shortened; it goes to nobody else who has left."""
    crm = _employ(sqlite_crm)
    crm.ok("leave", "add", "jan", *DAYS, "--deputy", "maria")
    crm.ok("leave", "add", "me", *DAYS)
    crm.ok("employee", "remove", "maria")

    shorter = crm("leave", "edit", 1, "--to", "2026-12-05", "-q")
    deputy = crm("leave", "edit", 2, "--deputy", 3)
    employee = crm("leave", "edit", 2, "--employee", 3)

    assert (shorter.exit_code, shorter.stderr) == (0, "")
    assert deputy.stderr.startswith("crm: Maria has left and cannot stand in.\n")
    assert employee.stderr.startswith("crm: Maria has left and cannot be away.\n")
