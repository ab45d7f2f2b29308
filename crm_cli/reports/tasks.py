"""The tasks of a period, by term; this month unless one is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.reports.spans import month_of
from crm_cli.views.query import Selection, find_columns, select
from crm_cli.views.table import Table
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.reports import Asked
    from crm_cli.views.types import Place

TAKES = frozenset({"period"})
COLUMNS = find_columns(
    TASK, "id,due,due_at,subject,assignee,team,account,priority,status,done_at,done_by"
)


def run(reader: Reader, place: Place, asked: Asked) -> Table:
    """A row per task, cancelled ones too."""
    start, end = asked.period.start, asked.period.end
    if not asked.period:
        start, end = month_of(place.today)
    bounds = [("t.due_on >= ?", start), ("t.due_on <= ?", end)]
    given: list[tuple[str, Any]] = [(sql, day) for sql, day in bounds if day is not None]
    chosen = Selection(
        columns=COLUMNS,
        where=asked.where,
        sort="due,due_at",
        also=" AND ".join(sql for sql, _ in given),
        also_values=tuple(day for _, day in given),
    )
    return Table(COLUMNS, select(reader, TASK, chosen, place))
