"""Tasks by employee and day of their term: done on time, done late, still open, overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crm_cli.constants import value_of
from crm_cli.reports.spans import days_of, in_months
from crm_cli.reports.totals import DAY, NOBODY, TOTAL, WHO, added, grouped
from crm_cli.views.query import Selection, find_columns, statement
from crm_cli.views.table import Table
from crm_cli.views.tasks import TASK
from crm_cli.views.types import DATE, INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.reports import Asked
    from crm_cli.views.types import Place

TAKES = frozenset({"period"})
COUNTED = (
    ("due", ("Due", "Scadente", "Do wykonania")),
    ("done_on_time", ("Done on time", "Rezolvate la timp", "Wykonane w terminie")),
    ("done_late", ("Done late", "Rezolvate târziu", "Wykonane po terminie")),
    ("open", ("Still open", "Nerezolvate", "Niewykonane")),
    ("overdue", ("Overdue of these", "Din care restante", "W tym po terminie")),
)
COLUMNS = (
    *WHO,
    DAY,
    *(Column(name=name, sql="", type=INTEGER, labels=labels) for name, labels in COUNTED),
)
FIGURES = range(3, len(COLUMNS))

LATE = "CASE WHEN t.due_at IS NULL THEN t.done_at >= x.ends ELSE t.done_at > t.due_at END"
OVERDUE = "CASE WHEN t.due_at IS NULL THEN x.ends <= ? ELSE t.due_at < ? END"
TASKS = """
WITH day_end(zone_and_day, ends) AS (VALUES {ends})
SELECT e.name, t.assignee_id, t.due_on, COUNT(*),
  COUNT(*) FILTER (WHERE t.status = 'done' AND ({late})),
  COUNT(*) FILTER (WHERE t.status = 'open'),
  COUNT(*) FILTER (WHERE t.status = 'open' AND ({overdue}))
FROM task t
  LEFT JOIN employee e ON e.id = t.assignee_id
  JOIN day_end x ON x.zone_and_day = COALESCE(e.timezone, ?) || t.due_on
WHERE t.due_on BETWEEN ? AND ? AND t.status <> 'cancelled' AND t.archived_at IS NULL{also}
GROUP BY e.name_folded, e.name, t.assignee_id, t.due_on
ORDER BY e.name_folded NULLS FIRST, t.assignee_id, t.due_on"""
ZONES = "SELECT DISTINCT timezone FROM employee WHERE timezone IS NOT NULL"


def run(reader: Reader, place: Place, asked: Asked) -> Table:
    """A row per employee and day on which anything was due, then the sums."""
    first, last = in_months(asked.period, place.today)
    rows = [_row(found) for found in _found(reader, place, asked.where, first, last)]
    return Table(COLUMNS, [*rows, *_totals(rows)] if rows else [])


def _found(
    reader: Reader, place: Place, where: tuple[str, ...], first: date, last: date
) -> list[tuple[Any, ...]]:
    company = value_of(reader, "timezone", place)
    zones = sorted({company, *(zone for (zone,) in reader.all(ZONES))})
    ends = [(f"{zone}{day}", _end(zone, day)) for zone in zones for day in days_of(first, last)]
    also, values = _chosen(reader, place, where)
    sql = TASKS.format(
        ends=", ".join(["(?, ?)"] * len(ends)), late=LATE, overdue=OVERDUE, also=also
    )
    bound = [part for row in ends for part in row]
    return reader.all(sql, [*bound, place.now, place.now, company, first, last, *values])


def _chosen(reader: Reader, place: Place, where: tuple[str, ...]) -> tuple[str, list[Any]]:
    if not where:
        return "", []
    selection = Selection(columns=find_columns(TASK, "id"), where=where)
    sql, values = statement(reader, TASK, selection, place)
    return f" AND t.id IN ({sql})", values


def _end(zone: str, day: date) -> datetime:
    """The moment at which a day ends in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def _row(found: tuple[Any, ...]) -> list[Any]:
    name, number, day, due, late, still_open, overdue = found
    on_time = due - late - still_open
    return [name or NOBODY, number, DATE.load(day), due, on_time, late, still_open, overdue]


def _totals(rows: list[list[Any]]) -> list[list[Any]]:
    people = grouped(rows, lambda row: (row[0], row[1]))
    each = [[*who, None, *added(some, FIGURES)] for who, some in people.items()]
    return [*each, [TOTAL, None, None, *added(rows, FIGURES)]]
