"""The types of columns that say when and how long people work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.views.types import ColumnType, Scaled

if TYPE_CHECKING:
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from crm_cli.views.place import Place


class Weekdays(ColumnType):
    """Days of the week, kept as text: `mon,tue,wed`."""

    name = "weekdays"

    def parse(self, text: str, place: Place) -> str:
        """Read them in any language, also as a range."""
        from crm_cli.values.working_time import parse_weekdays

        return parse_weekdays(text)


class ClockTime(ColumnType):
    """A time of day, kept as text: `08:30`."""

    name = "time of day"

    def parse(self, text: str, place: Place) -> str:
        """Read hours, or hours and minutes."""
        from crm_cli.values.working_time import parse_clock

        return parse_clock(text)


def trimmed(value: Decimal) -> Decimal:
    """The number without zeros that say nothing: 8 for 8.0000, 10 for 10.00."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


class Hours(Scaled):
    """Hours of work as people write them: 8, 7.5."""

    def json(self, value: Any) -> float | None:  # type: ignore[override]  # a number, no amount
        """A number."""
        if value is None:
            return None
        return int(value) if value == int(value) else float(value)

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        """Without zeros that say nothing."""
        return "" if value is None else format(trimmed(value), "f")


WEEKDAYS = Weekdays()
CLOCK_TIME = ClockTime()
HOURS = Hours(4)
