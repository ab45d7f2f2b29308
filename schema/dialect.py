"""Where the two databases differ in SQL, written down once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""How SQLite keeps a moment: UTC, whole seconds, text that sorts."""


class Dialect(NamedTuple):
    """SQL of one database: each field is a way to write one thing."""

    name: str
    mark: str
    contains: str
    month: str
    day: str
    days: str
    joined: str
    bind: Callable[[Any], Any]

    def containing(self, expression: str) -> str:
        """Whether the text contains the (one) bound parameter, exactly."""
        return self.contains.format(expression)

    def month_of(self, expression: str) -> str:
        """`YYYY-MM` of a date."""
        return self.month.format(expression)

    def day_of(self, expression: str, zone: str) -> str:
        """The date of a moment in a zone."""
        return self.day.format(expression, zone=zone)

    def days_between(self, start: str, end: str) -> str:
        """Whole days from one date to another."""
        return self.days.format(start=start, end=end)

    def texts_of(self, expression: str, source: str) -> str:
        """A subquery that joins the texts of several rows with semicolons, in their own order."""
        rows = f"SELECT {expression} AS item FROM {source} ORDER BY 1"  # noqa: S608 - declared SQL
        return f"(SELECT {self.joined} FROM ({rows}) items)"  # noqa: S608

    def sql(self, statement: str) -> str:
        """The statement with this driver's parameter marks; statements are written with `?`."""
        return statement if self.mark == "?" else statement.replace("?", self.mark)


def _bind_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(MOMENT)
    if isinstance(value, date):
        return value.isoformat()
    return value


SQLITE = Dialect(
    name="sqlite",
    mark="?",
    contains="instr({}, ?) > 0",
    month="substr({}, 1, 7)",
    day="day_in({}, '{zone}')",
    days="CAST(julianday({end}) - julianday({start}) AS INTEGER)",
    joined="group_concat(item, '; ')",
    bind=_bind_sqlite,
)

POSTGRESQL = Dialect(
    name="postgresql",
    mark="%s",
    contains="strpos({}, ?) > 0",
    month="to_char({}, 'YYYY-MM')",
    day="CAST({} AT TIME ZONE '{zone}' AS date)",
    days="({end} - {start})",
    joined="string_agg(item, '; ' ORDER BY item)",
    bind=lambda value: value,
)

DIALECTS = {dialect.name: dialect for dialect in (SQLITE, POSTGRESQL)}
