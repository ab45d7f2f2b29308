"""The days that a report covers where a period is open or was not given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm_cli.errors import UsageError
from crm_cli.values.days import add_months

if TYPE_CHECKING:
    from crm_cli.views.months import Period

LONGEST = 366
"""Days of a report that has a row for each."""


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of its month."""
    first = day.replace(day=1)
    return first, add_months(first, 1) - timedelta(days=1)


def in_months(period: Period, today: date) -> tuple[date, date]:
    """A period, filled up with the rest of the month of its one bound, or of today."""
    known = period.start or period.end or today
    first, last = month_of(known)
    return _checked(period.start or first, period.end or last)


def in_days(period: Period, today: date, days: int) -> tuple[date, date]:
    """A period of so many days beginning today, where it is not given otherwise."""
    first = period.start or min(today, period.end or today)
    return _checked(first, period.end or first + timedelta(days=days - 1))


def days_of(first: date, last: date) -> list[date]:
    """Each day from one to another."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _checked(first: date, last: date) -> tuple[date, date]:
    if (last - first).days >= LONGEST:
        raise UsageError(f"The period from {first} to {last} has more than {LONGEST} days.")
    return first, last
