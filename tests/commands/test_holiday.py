"""`crm holiday`: free days of the company, and free days on which it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

FORMS = "2026-11-22, 22.11.2026, today, tomorrow, friday, +3d, +2w, +1mo or +5wd"
EVE = ("2026-12-24", "--name", "Ajunul Crăciunului")


def test_add(crm: Crm) -> None:
    result = crm("holiday", "add", *EVE, "--yearly")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "id          1\n"
        "day         2026-12-24\n"
        "name        Ajunul Crăciunului\n"
        "yearly      yes\n"
        "work        no\n"
        "country     all\n"
        "version     1\n"
        "created_at  2026-11-23 10:00\n"
        "created_by  ana\n"
        "updated_at  2026-11-23 10:00\n"
        "updated_by  ana\n"
    )


def test_list_what_was_entered(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("holiday", "add", "2027-01-09", "--name", "În schimb", "--work")
    sqlite_crm.ok("holiday", "add", "2026-12-31", "2026-12-24", "--name", "Închis")

    assert sqlite_crm("holiday", "list").stdout == (
        "ID  DAY         NAME       YEARLY  WORK  COUNTRY\n"
        " 3  2026-12-24  Închis     no      no    all\n"
        " 2  2026-12-31  Închis     no      no    all\n"
        " 1  2027-01-09  În schimb  no      yes   all\n"
    )


def test_year_with_what_the_law_has(crm: Crm) -> None:
    """Those of every country with an employee; one for all stands once."""
    crm.ok("employee", "edit", "1", "--country", "Polonia")
    crm.ok("holiday", "add", "2027-01-09", "--name", "În schimb", "--work")
    crm.ok("holiday", "add", "2027-01-06", "--name", "Se lucrează", "--work", "--country", "RO")
    crm.ok("holiday", "add", *EVE, "--yearly")

    listed = crm("holiday", "list", "--year", "2027", "--columns", "id,day,weekday,name,work,law")

    assert listed.stdout.splitlines()[:8] == [
        "ID  DAY         WEEKDAY  NAME                                    WORK  LAW",
        "    2027-01-01  fri      Anul Nou                                no    yes",
        "    2027-01-01  fri      Nowy Rok                                no    yes",
        "    2027-01-02  sat      A doua zi de Anul Nou                   no    yes",
        " 2  2027-01-06  wed      Se lucrează                             yes   no",
        "    2027-01-06  wed      Święto Trzech Króli                     no    yes",
        "    2027-01-07  thu      Sfântul Ioan Botezătorul                no    yes",
        " 1  2027-01-09  sat      În schimb                               yes   no",
    ]
    assert crm("holiday", "list", "--year", "2027", "-q").stdout == "2\n1\n3\n"
    eve = [one for one in crm.ok("holiday", "list", "--year", "2027") if one["day"] > "2027-12-23"]
    assert [(one["id"], one["name"], one["country"]) for one in eve[:3]] == [
        (3, "Ajunul Crăciunului", "all"),
        (None, "Boże Narodzenie", "PL"),
        (None, "Crăciunul", "RO"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("add", "24 dec", "--name", "x"),
            2,
            f"crm: DAY: '24 dec' is not a date.\nhint: Write {FORMS}.\n",
        ),
        (
            ("add", "2027-02-29", "--name", "x"),
            2,
            (
                "crm: DAY: '2027-02-29' is not a date: 2027 has no day 29 of month 2.\n"
                f"hint: Write {FORMS}.\n"
            ),
        ),
        (
            ("add", *EVE, "--yearly"),
            4,
            "crm: Another holiday has this day already.\nhint: crm holiday list\n",
        ),
        (
            ("add", "2026-12-28", "2026-12-24", "--name", "x"),
            4,
            "crm: Another holiday has this day already.\nhint: crm holiday list\n",
        ),
        (
            ("edit", "2026-12-24", "--country", "Narnia"),
            5,
            (
                "crm: 'Narnia' is not a country.\n"
                "hint: Did you mean Hungary (HU) or Armenia (AM) or Denmark (DK)?\n"
            ),
        ),
        (
            ("list", "--year", "2027", "--search", "x"),
            2,
            "crm: --year lists all that counts in a year; it goes with no other choice.\n",
        ),
        (
            ("show", "day:tomorrow"),
            3,
            (
                "crm: There is no holiday 'day:tomorrow'.\n"
                "hint: Use an id or one of day:, ext:, name: (`crm holiday list` shows them).\n"
            ),
        ),
    ],
)
def test_refused(sqlite_crm: Crm, words: tuple[str, ...], code: int, sentence: str) -> None:
    sqlite_crm.ok("holiday", "add", *EVE)

    result = sqlite_crm("holiday", *words)

    assert (result.exit_code, result.stdout, result.stderr) == (code, "", sentence)
    assert len(sqlite_crm.ok("holiday", "list")) == 1


def test_day_that_changes_nothing(sqlite_crm: Crm) -> None:
    """A public holiday, a Saturday, a day that is worked anyway; none of them for Poland."""
    days = ("2027-01-07", "2026-11-28", "2026-11-27")

    poland = sqlite_crm("holiday", "add", "2027-01-07", "--name", "x", "--country", "PL", "-q")
    free = sqlite_crm("holiday", "add", *days, "--name", "x", "-q")
    worked = sqlite_crm("holiday", "add", "2026-11-26", "--name", "x", "--work", "-q")

    assert free.stderr == (
        "warning: 2027-01-07 is free anyway.\nwarning: 2026-11-28 is free anyway.\n"
    )
    assert worked.stderr == "warning: 2026-11-26 is worked anyway.\n"
    assert poland.stderr == ""


def test_counts_where_working_days_are_typed(crm: Crm) -> None:
    """In a batch that is one transaction, too."""
    days = "2026-11-24 2026-11-25"

    answers = crm(
        *("batch", "--atomic"),
        input=f"holiday add {days} --name x\n"
        "holiday add 2026-11-28 --name x --work\n"
        "task add One --due +1wd\n"
        "task add Three --due +3wd\n",
    )

    assert answers.exit_code == 0, answers.stdout
    assert [one["due"] for one in crm.ok("task", "list")] == ["2026-11-26", "2026-11-28"]


def test_workload(sqlite_crm: Crm) -> None:
    """Ana works for Romania, Jan for Poland, Ion on days of his own."""
    sqlite_crm.id("employee", "add", "--name", "Jan", "--country", "PL")
    sqlite_crm.id("employee", "add", "--name", "Ion", "--work-days", "mon-thu")
    sqlite_crm.ok("holiday", "add", "2026-11-30", "--name", "x", "--work", "--country", "RO")
    sqlite_crm.ok("holiday", "add", "2026-12-02", "--name", "x")
    sqlite_crm.ok("holiday", "add", "2026-12-05", "--name", "x", "--work")

    rows = sqlite_crm.ok("report", "workload", "--from", "2026-11-30", "--to", "2026-12-06")

    days = {
        name: [row["day"][-2:] for row in rows if row["employee"] == name and row["day"]]
        for name in ("Ana Pop", "Jan", "Ion")
    }
    assert days == {
        "Ana Pop": ["30", "03", "04", "05"],
        "Jan": ["30", "01", "03", "04", "05"],
        "Ion": ["30", "03"],
    }


def test_undo(crm: Crm) -> None:
    crm.ok("holiday", "add", *EVE)
    crm.ok("holiday", "edit", "2026-12-24", "--day", "2026-12-23", "--work")
    crm.ok("undo")
    edited = crm.ok("holiday", "show", 1)
    crm.ok("holiday", "remove", "2026-12-24")
    crm.ok("undo")

    assert (edited["day"], edited["work"]) == ("2026-12-24", False)
    assert [one["day"] for one in crm.ok("holiday", "list")] == ["2026-12-24"]


def test_undo_meets_another(sqlite_crm: Crm) -> None:
    sqlite_crm.id("employee", "add", "--name", "Jan", "--login", "jan")
    sqlite_crm.ok("holiday", "add", *EVE)
    sqlite_crm.ok("holiday", "remove", 1)
    sqlite_crm.user = "jan"
    sqlite_crm.ok("holiday", "add", *EVE)
    sqlite_crm.user = "ana"

    result = sqlite_crm("undo")

    assert (result.exit_code, result.stdout) == (4, "")
    assert [one["id"] for one in sqlite_crm.ok("holiday", "list")] == [2]


def test_sheet_in_polish(sqlite_crm: Crm, tmp_path: Path) -> None:
    """A blank country is for all; the same file twice changes nothing."""
    path = tmp_path / "wolne.csv"
    path.write_text(
        "Dzień;Nazwa;Co roku;Dzień pracujący;Kraj\n"
        "24.12.2026;Wigilia;tak;nie;Rumunia\n"
        "09.01.2027;Za 8 stycznia;;tak;\n",
        encoding="utf-8",
    )

    first = sqlite_crm.ok("holiday", "import", path)
    second = sqlite_crm.ok("holiday", "import", path)

    found = sqlite_crm.ok("holiday", "list")
    assert (first["created"], second["unchanged"]) == (2, 2)
    assert [(one["day"], one["yearly"], one["work"], one["country"]) for one in found] == [
        ("2026-12-24", True, False, "RO"),
        ("2027-01-09", False, True, "all"),
    ]


def test_export_in_romanian(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("employee", "edit", "1", "--language", "ro")
    sqlite_crm.ok("holiday", "add", *EVE, "--yearly")

    sqlite_crm.ok("holiday", "export", tmp_path / "zile.xlsx")

    headings, row = load_workbook(tmp_path / "zile.xlsx").active.iter_rows(values_only=True)
    found = dict(zip(headings, row, strict=True))
    assert (found["Denumire"], found["În fiecare an"]) == ("Ajunul Crăciunului", True)


def test_task_of_each_working_day(sqlite_crm: Crm) -> None:
    """Wednesday after the free days of the law and of the company, and so said beforehand."""
    sqlite_crm.id("task", "add", "Raport", "--due", "2026-11-26", "--repeat", "zile lucrătoare")
    sqlite_crm.ok("holiday", "add", "2026-11-27", "2026-12-02", "--name", "Punte")

    said = sqlite_crm.ok("task", "show", 1)["repeats"]
    sqlite_crm.now = "2026-11-26T08:00:00+00:00"
    sqlite_crm.ok("task", "done", 1)

    assert sqlite_crm.ok("task", "show", 2)["due"] == said[0]["next"] == "2026-12-03"


def test_term_on_a_holiday(sqlite_crm: Crm) -> None:
    """Of the country of the assignee; a worked one and a Sunday are none, leave says more."""
    sqlite_crm.id("employee", "add", "--name", "Jan", "--country", "PL", "--login", "jan")
    sqlite_crm.ok("holiday", "add", "2026-11-30", "--name", "x", "--work", "--country", "RO")
    sqlite_crm.ok("holiday", "add", *EVE, "--country", "RO")
    sqlite_crm.ok("leave", "add", "me", "--from", "2026-12-25", "--to", "2026-12-25")

    days = ("2026-11-29", "2026-11-30", "2026-12-01", "2026-12-24", "2026-12-25", "2026-12-27")
    said = {
        (who, day): sqlite_crm("task", "add", "X", "--due", day, "--assignee", who, "-q").stderr
        for who in ("me", "jan")
        for day in days
    }

    assert {(who, day[5:]): text for (who, day), text in said.items() if "free" in text} == {
        ("me", "12-01"): "warning: 2026-12-01 is free: Ziua Națională a României.\n",
        ("me", "12-24"): "warning: 2026-12-24 is free: Ajunul Crăciunului.\n",
        ("jan", "12-24"): said["jan", "2026-12-24"],
        ("jan", "12-25"): said["jan", "2026-12-25"],
    }
    assert said["jan", "2026-12-24"].endswith("2026-12-24 is free: Wigilia Bożego Narodzenia.\n")
    assert said["me", "2026-12-25"] == (
        "warning: Ana Pop is away on 2026-12-25; nobody stands in for them.\n"
    )
