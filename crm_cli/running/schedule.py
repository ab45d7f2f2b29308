"""The five fields of a crontab line, and when they come round on this machine's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, islice, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo

BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST = 366 * 8
"""Days to look back or ahead; the 29th of February can be eight years away."""
DAY = timedelta(days=1)
PART = re.compile(r"(?:\*|\d{1,2}(?:-\d{1,2})?)(?:/[1-9]\d?)?", re.ASCII)


class NoSchedule(ValueError):
    """The text is not the five fields of a crontab line."""


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
    any_hour: bool
    """Cron then starts in both hours of an hour that comes twice, and in none that is left out."""

    @classmethod
    def parse(cls, text: str) -> Schedule:
        """Read the five fields; raises NoSchedule, also for a day that never comes."""
        fields = text.split()
        if len(fields) != len(BOUNDS):
            raise NoSchedule(text)
        minutes, hours, days, months, weekdays = (
            _values(field, low, high) for field, (low, high) in zip(fields, BOUNDS, strict=True)
        )
        either_day = not fields[2].startswith("*") and not fields[4].startswith("*")
        if not either_day and min(days) > max(LENGTHS[month - 1] for month in months):
            raise NoSchedule(text)
        return cls(
            minutes,
            hours,
            days,
            months,
            frozenset(day % 7 for day in weekdays),
            either_day=either_day,
            any_hour=fields[1].startswith("*"),
        )

    def last_but_one(self, now: datetime, zone: tzinfo | None = None) -> datetime | None:
        """The moment before the last one up to `now`: what ran since is in time."""
        return next(islice(self.before(now, zone), 1, None), None)

    def before(self, now: datetime, zone: tzinfo | None = None) -> Iterator[datetime]:
        """The moments up to `now` in UTC, the latest first; without a zone, by the machine's."""
        today = now.astimezone(zone).date()
        for back in range(LONGEST):
            for moment in reversed(self._of_day(today - timedelta(days=back), zone)):
                if moment <= now:
                    yield moment

    def after(self, now: datetime, zone: tzinfo | None = None) -> datetime | None:
        """The first moment after `now`, in UTC; None for one that never comes."""
        today = now.astimezone(zone).date()
        for ahead in range(LONGEST):
            for moment in self._of_day(today + timedelta(days=ahead), zone):
                if moment > now:
                    return moment
        return None

    def on(self, day: date) -> bool:
        """Whether there are moments on a day."""
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        fits = (of_month or of_week) if self.either_day else (of_month and of_week)
        return fits and day.month in self.months

    def _of_day(self, day: date, zone: tzinfo | None) -> list[datetime]:
        if not self.on(day):
            return []
        clock = datetime(day.year, day.month, day.day, tzinfo=zone)
        start = clock.astimezone(UTC)
        if (clock + DAY).astimezone(UTC) - start == DAY:
            return [start + timedelta(hours=hour, minutes=minute) for hour, minute in self._times()]
        times = (clock.replace(hour=hour, minute=minute) for hour, minute in self._times())
        return sorted({moment for time in times for moment in self._moments(time, zone)})

    def _times(self) -> Iterator[tuple[int, int]]:
        return product(sorted(self.hours), sorted(self.minutes))

    def _moments(self, clock: datetime, zone: tzinfo | None) -> set[datetime]:
        """When the clock shows a time: once, but not where it is put forward or back."""
        first, second = (clock.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        if self.any_hour:
            return set() if first > second else {first, second}
        return {min(first, second) if first <= second else _put_forward(second, first, zone)}


def _put_forward(before: datetime, after: datetime, zone: tzinfo | None) -> datetime:
    """The minute between two at which the clock is put forward; cron starts what it left out."""
    offset = after.astimezone(zone).utcoffset()
    between = (before + timedelta(minutes=number) for number in count())
    return next(moment for moment in between if moment.astimezone(zone).utcoffset() == offset)


def _values(field: str, low: int, high: int) -> frozenset[int]:
    return frozenset(number for part in field.split(",") for number in _part(part, low, high))


def _part(part: str, low: int, high: int) -> range:
    """`*`, `7`, `1-5`, each with or without a step such as `/5`."""
    if not PART.fullmatch(part):
        raise NoSchedule(part)
    bounds, _, step = part.partition("/")
    first, last = low, high
    if bounds != "*":
        start, dash, end = bounds.partition("-")
        first = int(start)
        last = int(end) if dash else high if step else first
    if not low <= first <= last <= high:
        raise NoSchedule(part)
    return range(first, last + 1, int(step or 1))
