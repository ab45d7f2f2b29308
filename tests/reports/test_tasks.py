"""`crm report tasks` and `task-days`: what was due when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from crm_cli.values.days import FORMS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


OFFICE = """\
account add --name 'Moldo Trans SRL'
employee add --name Jan --timezone America/New_York
team add --code sales --name-en Sales
task add Ofertă --due 2026-11-05
task add Apel --due 2026-11-05@10:00 --account 1
task add Vizită --due 2026-11-05
task add Raport --due 2026-11-20
task add Contract --due 2026-11-27
task add 'New York' --due 2026-11-05 --assignee Jan
task add Echipă --due 2026-11-27 --assignee @sales
task add Renunțat --due 2026-11-06
task add Decembrie --due 2026-12-01
"""
DONE = """\
task done 1 --at 2026-11-05T23:59:59+02:00
task done 2 --at 2026-11-05T10:00:01+02:00
task done 3 --at 2026-11-06T00:00:00+02:00
task done 6 --at 2026-11-05T23:59:59-05:00
task cancel 8
"""


@pytest.fixture
def busy(crm: Crm) -> Crm:
    """Tasks of Ana in Bucharest and of Jan in New York: on time, late, open, overdue."""
    crm.now = "2026-11-02T08:00:00+00:00"
    crm("batch", input=OFFICE)
    crm.now = "2026-11-23T08:00:00+00:00"
    crm("batch", input=DONE)
    return crm


@pytest.mark.proves("R130")
def test_tasks_of_this_month(busy: Crm) -> None:
    result = busy("report", "tasks", "--columns", "id,due,subject,assignee,account,status,done_at")

    assert result.stdout == (
        "ID  DUE         SUBJECT   ASSIGNEE  ACCOUNT          STATUS     DONE_AT\n"
        " 2  2026-11-05  Apel      Ana Pop   Moldo Trans SRL  done       2026-11-05 10:00\n"
        " 1  2026-11-05  Ofertă    Ana Pop                    done       2026-11-05 23:59\n"
        " 3  2026-11-05  Vizită    Ana Pop                    done       2026-11-06 00:00\n"
        " 6  2026-11-05  New York  Jan                        done       2026-11-06 06:59\n"
        " 8  2026-11-06  Renunțat  Ana Pop                    cancelled\n"
        " 4  2026-11-20  Raport    Ana Pop                    open\n"
        " 5  2026-11-27  Contract  Ana Pop                    open\n"
        " 7  2026-11-27  Echipă                               open\n"
    )


def test_tasks_of_a_period(busy: Crm) -> None:
    def found(*words: str) -> list[int]:
        return [row["id"] for row in busy.ok("report", "tasks", *words)]

    assert found("--from", "2026-11-27") == [5, 7, 9]
    assert found("--to", "2026-11-05", "--where", "status = done") == [2, 1, 3, 6]
    assert found("--from", "2026-12", "--to", "2026-12") == [9]
    assert found("--from", "2026-11-20", "--to", "27.11.2026", "--where", "team = sales") == [7]


@pytest.mark.proves("R130")
def test_task_days(busy: Crm) -> None:
    result = busy("report", "task-days")

    assert result.stdout == (
        "EMPLOYEE  EMPLOYEE_ID  DAY         DUE  DONE_ON_TIME  DONE_LATE  OPEN  OVERDUE\n"
        "(nobody)               2026-11-27    1             0          0     1        0\n"
        "Ana Pop             1  2026-11-05    3             1          2     0        0\n"
        "Ana Pop             1  2026-11-20    1             0          0     1        1\n"
        "Ana Pop             1  2026-11-27    1             0          0     1        0\n"
        "Jan                 2  2026-11-05    1             1          0     0        0\n"
        "(nobody)                             1             0          0     1        0\n"
        "Ana Pop             1                5             1          2     2        1\n"
        "Jan                 2                1             1          0     0        0\n"
        "total                                7             2          2     3        1\n"
    )


def test_task_days_of_one_employee(busy: Crm) -> None:
    rows = busy.ok(
        *("report", "task-days", "--from", "2026-11-05", "--to", "2026-11-05"),
        *("--where", "assignee = Jan", "--where", "account is empty"),
    )

    assert [(row["employee"], row["day"], row["due"]) for row in rows] == [
        ("Jan", "2026-11-05", 1),
        ("Jan", None, 1),
        ("total", None, 1),
    ]


def test_task_days_as_a_workbook(busy: Crm, tmp_path: Path) -> None:
    busy.ok("employee", "edit", 1, "--language", "ro")

    busy("report", "task-days", "--output", tmp_path / "days.xlsx")

    headings, *rows = load_workbook(tmp_path / "days.xlsx").active.values
    assert headings == (
        *("Angajat", "Angajat (id)", "Ziua", "Scadente", "Rezolvate la timp"),
        *("Rezolvate târziu", "Nerezolvate", "Din care restante"),
    )
    assert rows[-1] == ("total", None, None, 7, 2, 2, 3, 1)
    assert rows[0][0] == "(nimeni)"

    busy("employee", "edit", "me", "--language", "pl")
    busy("report", "task-days", "--output", tmp_path / "dni.xlsx")

    names = [row[0] for row in load_workbook(tmp_path / "dni.xlsx").active.values]
    assert (names[1], names[-1]) == ("(nikt)", "razem")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("pipeline", "--from", "2026-01"),
            "crm: The report pipeline takes no --from and --to.\nhint: crm report --help\n",
        ),
        (
            ("tasks", "--by", "week"),
            "crm: The report tasks takes no --by.\nhint: crm report --help\n",
        ),
        (
            ("task-days", "--from", "2025-01", "--to", "2026-12"),
            "crm: The period from 2025-01-01 to 2026-12-31 has more than 366 days.\n",
        ),
        (
            ("workload", "--from", "2026-12-01", "--to", "2026-11-01"),
            "crm: The period ends on 2026-11-01, before it begins on 2026-12-01.\n",
        ),
        (
            ("tasks", "--from", "ieri-alaltăieri"),
            f"crm: --from: 'ieri-alaltăieri' is not a date.\nhint: {FORMS}\n",
        ),
    ],
)
def test_report_asked_wrongly(sqlite_crm: Crm, words: tuple[str, ...], sentence: str) -> None:
    result = sqlite_crm("report", *words)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", sentence)


@pytest.mark.parametrize("name", ["tasks", "task-days"])
def test_report_of_no_tasks(crm: Crm, name: str) -> None:
    result = crm("report", name)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing to report.\n")
