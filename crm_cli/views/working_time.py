"""The types of columns that say when people work; both are kept as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.types import ColumnType

if TYPE_CHECKING:
    from crm_cli.views.place import Place


class Weekdays(ColumnType):
    """Days of the week: `mon,tue,wed`."""

    name = "weekdays"

    def parse(self, text: str, place: Place) -> str:
        """Read them in any language, also as a range."""
        from crm_cli.values.working_time import parse_weekdays

        return parse_weekdays(text)


class ClockTime(ColumnType):
    """A time of day: `08:30`."""

    name = "time of day"

    def parse(self, text: str, place: Place) -> str:
        """Read hours, or hours and minutes."""
        from crm_cli.values.working_time import parse_clock

        return parse_clock(text)


WEEKDAYS = Weekdays()
CLOCK_TIME = ClockTime()
