"""The period that a command is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.errors import UsageError
from crm_cli.options import parse_option
from crm_cli.views.months import FROM, TO, Period

if TYPE_CHECKING:
    from crm_cli.views.place import Place


def read_period(start: str | None, end: str | None, place: Place) -> Period:
    """The period between `--from` and `--to`; raises UsageError where it ends before it begins."""
    period = Period(
        parse_option("--from", FROM, start, place), parse_option("--to", TO, end, place)
    )
    if period.start and period.end and period.end < period.start:
        raise UsageError(f"The period ends on {period.end}, before it begins on {period.start}.")
    return period
