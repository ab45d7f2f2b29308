"""The leave of a period, in days of the calendar and in working days; this year unless given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crm_cli.reports.spans import days_of
from crm_cli.reports.totals import TOTAL, WHO, added, grouped
from crm_cli.services import presence
from crm_cli.views.leaves import LEAVE
from crm_cli.views.query import Selection, find_columns, select
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.reports import Asked
    from crm_cli.values.work_calendar import WorkCalendar
    from crm_cli.views.months import Period
    from crm_cli.views.types import Place

TAKES = frozenset({"period"})
CHOSEN = find_columns(LEAVE, "employee,employee_id,from,to,deputy")
WORKING = Column(
    name="working_days",
    sql="",
    type=INTEGER,
    labels=("Working days", "Zile lucrătoare", "Dni robocze"),
)
COLUMNS = (*WHO, *find_columns(LEAVE, "from,to,deputy,days"), WORKING)
ADDED = range(5, 7)
"""Places of the figures that are summed."""


def run(reader: Reader, place: Place, asked: Asked) -> Table:
    """A row per leave of those who work here, as far as it lies in the period, then the sums."""
    first, last = _in_years(asked.period, place.today)
    chosen = Selection(
        columns=CHOSEN,
        where=asked.where,
        sort="employee,from",
        also="l.starts_on <= ? AND l.ends_on >= ? AND e.archived_at IS NULL",
        also_values=(last, first),
    )
    calendars = presence.calendars(reader)
    rows = [
        _row(row, calendars[row[1]], first, last) for row in select(reader, LEAVE, chosen, place)
    ]
    return Table(COLUMNS, [*rows, *_totals(rows)] if rows else [])


def _in_years(period: Period, today: date) -> tuple[date, date]:
    """A period, filled up with the rest of the year of its one bound, or of today."""
    year = (period.start or period.end or today).year
    return period.start or date(year, 1, 1), period.end or date(year, 12, 31)


def _row(row: list[Any], calendar: WorkCalendar, first: date, last: date) -> list[Any]:
    name, number, begins, ends, deputy = row
    begins, ends = max(begins, first), min(ends, last)
    days = days_of(begins, ends)
    return [name, number, begins, ends, deputy, len(days), sum(map(calendar.works, days))]


def _totals(rows: list[list[Any]]) -> list[list[Any]]:
    people = grouped(rows, lambda row: (row[0], row[1]))
    each = [[*who, None, None, None, *added(some, ADDED)] for who, some in people.items()]
    return [*each, [TOTAL, None, None, None, None, *added(rows, ADDED)]]
