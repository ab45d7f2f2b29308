"""`crm report workload`: hours there are against hours planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

WEEK = ("--from", "2026-11-28", "--to", "2026-12-02")
"""A weekend, Saint Andrew and the national day of Romania, and a Wednesday."""

OFFICE = """\
team add --code sales --name-en Sales
employee add --name Jan --hours-per-day 4 --work-days wed,sat --team sales
task add X --due 2026-11-28 --assignee Jan --duration 1h
task add X --due 2026-12-02 --assignee Jan --duration 20m
task add X --due 2026-12-02@10:00 --duration 6h
task add X --due 2026-12-02 --duration 4h
task add X --due 2026-12-01 --duration 1h30m
task add X --due 2026-12-02 --assignee @sales --duration 2h
task add X --due 2026-12-03 --duration 8h
task add X --due 2026-12-02 --duration 5h
task done 8
"""


@pytest.fixture
def office(crm: Crm) -> Crm:
    """Ana works eight hours a day, Jan four on Saturdays and Wednesdays; a team has a task."""
    crm("batch", input=OFFICE)
    return crm


@pytest.mark.proves("R130")
def test_workload(office: Crm) -> None:
    result = office("report", "workload", *WEEK)

    assert result.stdout == (
        "EMPLOYEE  EMPLOYEE_ID  DAY         TASKS  AVAILABLE  PLANNED  FREE  LOAD\n"
        "Ana Pop             1  2026-12-01      1          0      1.5  -1.5\n"
        "Ana Pop             1  2026-12-02      2          8       10    -2   125\n"
        "Jan                 2  2026-11-28      1          4        1     3    25\n"
        "Jan                 2  2026-12-02      1          4     0.33  3.67     8\n"
        "(nobody)               2026-12-02      1          0        2    -2\n"
        "Ana Pop             1                  3          8     11.5  -3.5   144\n"
        "Jan                 2                  2          8     1.33  6.67    17\n"
        "(nobody)                               1          0        2    -2\n"
        "total                                  6         16    14.83  1.17    93\n"
    )


def test_workload_by_week_of_a_team(office: Crm) -> None:
    office.ok("leave", "add", "Jan", "--from", "2026-12-02", "--to", "2026-12-02")

    result = office("report", "workload", *WEEK, "--by", "week", "--where", "team = sales")

    assert result.stdout == (
        "EMPLOYEE  EMPLOYEE_ID  WEEK        TASKS  AVAILABLE  PLANNED   FREE  LOAD\n"
        "Jan                 2  2026-11-23      1          4        1      3    25\n"
        "Jan                 2  2026-11-30      1          0     0.33  -0.33\n"
        "Jan                 2                  2          4     1.33   2.67    33\n"
        "total                                  2          4     1.33   2.67    33\n"
    )


def test_workload_as_a_workbook(office: Crm, tmp_path: Path) -> None:
    office("report", "workload", *WEEK, "--output", tmp_path / "load.xlsx")

    headings, first, *_ = load_workbook(tmp_path / "load.xlsx").active.values
    assert headings == (
        *("Angajat", "Angajat (id)", "Ziua", "Sarcini", "Ore disponibile", "Ore planificate"),
        *("Ore libere", "Grad de încărcare %"),
    )
    assert first == ("Ana Pop", 1, datetime(2026, 12, 1), 1, 0, 1.5, -1.5, None)  # noqa: DTZ001


def test_workload_of_two_weeks_from_today(office: Crm) -> None:
    days = [row["day"] for row in office.ok("report", "workload", "--where", "id = 1")]

    assert (days[0], days[-3], days[-2:]) == ("2026-11-23", "2026-12-04", [None, None])
    assert len(days) == 8 + 1 + 2


TASKS = st.lists(
    st.tuples(st.sampled_from([None, 1, 2]), st.integers(0, 9), st.integers(1, 600)), max_size=8
)


@given(TASKS, st.sampled_from(["day", "week"]))
@settings(max_examples=15)
def test_what_the_rows_say_adds_up(
    sqlite_crm: Crm, wanted: list[tuple[int | None, int, int]], by: str
) -> None:
    """The sums of the rows are the sums below them, and no task is lost or counted twice."""
    _employ(sqlite_crm)
    sqlite_crm("task", "remove", "--where", "id > 0", "--yes")
    lines = [_added(*task) for task in wanted]
    sqlite_crm("batch", input="\n".join(lines))

    rows = sqlite_crm.ok("report", "workload", *_span(), "--by", by)
    days = sqlite_crm.ok("report", "task-days", *_span())

    parts, (*people, total) = _split(rows, by)
    assert _sum(parts) == _sum(people) == _sum([total])
    assert total["tasks"] == len(wanted)
    assert abs(Decimal(str(total["planned"])) * 60 - sum(task[2] for task in wanted)) <= len(wanted)
    counted = [row for row in days if row["day"]]
    assert sum(row["due"] for row in counted) == len(wanted)
    assert all(row["due"] == row["done_on_time"] + row["done_late"] + row["open"] for row in days)


def _employ(crm: Crm) -> None:
    if len(crm.ok("employee", "list")) == 1:
        crm.id("employee", "add", "--name", "Jan", "--hours-per-day", "7,5")
        crm.id("team", "add", "--code", "sales", "--name-en", "Sales")


def _added(whose: int | None, day: int, minutes: int) -> str:
    due = date(2026, 11, 30) + timedelta(days=day)
    return f"task add X --due {due} --assignee {whose or '@sales'} --duration {minutes}m"


def _span() -> tuple[str, ...]:
    return ("--from", "2026-11-30", "--to", "2026-12-09")


def _split(rows: list[dict[str, Any]], by: str) -> tuple[list[dict[str, Any]], list[Any]]:
    return [row for row in rows if row[by]], [row for row in rows if not row[by]]


def _sum(rows: list[dict[str, Any]]) -> list[Decimal]:
    names = ("tasks", "available", "planned", "free")
    return [sum((Decimal(str(row[name])) for row in rows), Decimal(0)) for name in names]
