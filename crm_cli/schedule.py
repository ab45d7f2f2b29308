"""The five fields of a crontab line, and when they last came round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
LONGEST = 366 * 5
"""Days to look back; the 29th of February comes round in four years."""


@dataclass(frozen=True)
class Schedule:
    """The minutes, hours and days at which cron starts something."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool
    """Cron starts on either when both the day and the weekday are given."""

    @classmethod
    def parse(cls, text: str) -> Schedule:
        """Read the five fields."""
        fields = text.split()
        minutes, hours, days, months, weekdays = (
            _values(field, low, high) for field, (low, high) in zip(fields, BOUNDS, strict=True)
        )
        return cls(
            minutes,
            hours,
            days,
            months,
            frozenset(day % 7 for day in weekdays),
            either_day=not fields[2].startswith("*") and not fields[4].startswith("*"),
        )

    def last_but_one(self, now: datetime) -> datetime:
        """The moment before the last one up to `now`, in its zone: what ran since is in time."""
        return list(islice(self.before(now), 2))[-1]

    def before(self, now: datetime) -> Iterator[datetime]:
        """The moments up to `now`, the latest first."""
        for back in range(LONGEST):
            day = now - timedelta(days=back)
            if self.on(day.date()):
                yield from (moment for moment in self._of_day(day) if moment <= now)

    def on(self, day: date) -> bool:
        """Whether there are moments on a day."""
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        fits = (of_month or of_week) if self.either_day else (of_month and of_week)
        return fits and day.month in self.months

    def _of_day(self, day: datetime) -> Iterator[datetime]:
        for hour in sorted(self.hours, reverse=True):
            for minute in sorted(self.minutes, reverse=True):
                yield day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _values(field: str, low: int, high: int) -> frozenset[int]:
    return frozenset(number for part in field.split(",") for number in _part(part, low, high))


def _part(part: str, low: int, high: int) -> range:
    """`*`, `7`, `1-5`, each with or without a step such as `/5`."""
    bounds, _, step = part.partition("/")
    if bounds != "*":
        first, dash, last = bounds.partition("-")
        low, high = int(first), int(last) if dash else high if step else int(first)
    return range(low, high + 1, int(step or 1))
