"""How full the days of employees are: hours there are, hours planned, what is free."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.constants import value_of
from crm_cli.reports.spans import days_of, in_days
from crm_cli.reports.totals import DAY, NOBODY, TOTAL, WHO, added, grouped
from crm_cli.services import presence
from crm_cli.values.numbers import half_up
from crm_cli.views.employees import EMPLOYEE
from crm_cli.views.query import Selection, find_columns, select
from crm_cli.views.table import Table
from crm_cli.views.types import DATE, INTEGER, PERCENT
from crm_cli.views.view import Column
from crm_cli.views.working_time import HOURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from crm_cli.reader import Reader
    from crm_cli.reports import Asked
    from crm_cli.views.types import Place

TAKES = frozenset({"period", "by"})
DAYS = 14
PLACES = 2
"""Decimals of hours that are worked out from minutes."""
NONE = Decimal(0)
BY = {
    "day": DAY,
    "week": Column(
        name="week", sql="", type=DATE, labels=("Week from", "Săptămâna din", "Tydzień od")
    ),
}
FIGURES = (
    Column(name="tasks", sql="", type=INTEGER, labels=("Tasks", "Sarcini", "Zadania")),
    Column(
        name="available",
        sql="",
        type=HOURS,
        labels=("Hours available", "Ore disponibile", "Godziny dostępne"),
    ),
    Column(
        name="planned",
        sql="",
        type=HOURS,
        labels=("Hours planned", "Ore planificate", "Godziny zaplanowane"),
    ),
    Column(name="free", sql="", type=HOURS, labels=("Hours free", "Ore libere", "Godziny wolne")),
    Column(
        name="load", sql="", type=PERCENT, labels=("Load %", "Grad de încărcare %", "Obciążenie %")
    ),
)
ADDED = range(3, 6)
"""Places of the figures that are summed; the others follow from them."""
PLANNED = """
SELECT t.assignee_id, t.due_on, COUNT(*), SUM(COALESCE(t.duration, ?)) FROM task t
WHERE t.status = 'open' AND t.archived_at IS NULL AND t.due_on BETWEEN ? AND ?
GROUP BY t.assignee_id, t.due_on"""


class Person(NamedTuple):
    """An employee, or nobody, with the hours of each of the days on which he works."""

    id: int | None
    name: str
    hours: Mapping[date, Decimal]


def run(reader: Reader, place: Place, asked: Asked) -> Table:
    """A row per employee and day or week with hours to work or to plan, then the sums."""
    first, last = in_days(asked.period, place.today, DAYS)
    by = asked.by or "day"
    spans = grouped(days_of(first, last), _monday if by == "week" else _itself)
    planned = _planned(reader, place, first, last)
    rows = [
        row
        for person in _people(reader, place, asked.where, first, last)
        for row in _rows(person, spans, planned)
    ]
    return Table((*WHO, BY[by], *FIGURES), [*rows, *_totals(rows)] if rows else [])


def _people(
    reader: Reader, place: Place, where: tuple[str, ...], first: date, last: date
) -> Iterator[Person]:
    """Those who are asked for; where all are, nobody too: tasks that a team has yet to give."""
    there = presence.read(reader, first, last)
    columns = find_columns(EMPLOYEE, "id,name,hours_per_day")
    chosen = Selection(columns=columns, where=where, sort="name")
    for number, name, hours in select(reader, EMPLOYEE, chosen, place):
        days = (day for day in days_of(first, last) if there.works(number, day))
        yield Person(number, name, dict.fromkeys(days, half_up(hours, PLACES)))
    if not where:
        yield Person(None, NOBODY, {})


def _planned(
    reader: Reader, place: Place, first: date, last: date
) -> dict[tuple[int | None, date], tuple[int, int]]:
    """Tasks and their minutes, by assignee and day."""
    usual = value_of(reader, "task.default_duration", place)
    found = reader.all(PLANNED, (usual, first, last))
    load: Callable[[Any], Any] = DATE.load
    return {(who, load(day)): (tasks, int(minutes)) for who, day, tasks, minutes in found}


def _rows(
    person: Person,
    spans: Mapping[date, Sequence[date]],
    planned: Mapping[tuple[int | None, date], tuple[int, int]],
) -> Iterator[list[Any]]:
    for begin, days in spans.items():
        available = sum((person.hours.get(day, NONE) for day in days), NONE)
        asked = [planned.get((person.id, day), (0, 0)) for day in days]
        tasks, minutes = (sum(figures) for figures in zip(*asked, strict=True))
        if available or tasks:
            hours = half_up(Decimal(minutes) / 60, PLACES)
            yield [person.name, person.id, begin, *_figures(tasks, available, hours)]


def _figures(tasks: int, available: Decimal, planned: Decimal) -> list[Any]:
    load = int(half_up(planned * 100 / available, 0)) if available else None
    return [tasks, available, planned, available - planned, load]


def _totals(rows: list[list[Any]]) -> list[list[Any]]:
    """What stands in the rows is added, so that a reader who adds it up finds the same."""
    people = grouped(rows, lambda row: (row[0], row[1]))
    each = [[*who, None, *_figures(*added(some, ADDED))] for who, some in people.items()]
    return [*each, [TOTAL, None, None, *_figures(*added(rows, ADDED))]]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _itself(day: date) -> date:
    return day
