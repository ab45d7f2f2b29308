"""When the daily digest of an employee goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from crm_cli.services.reminders.rules import at_hour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

LOOK_BACK = timedelta(days=31)
"""A digest that is older is not caught up with."""
AHEAD = timedelta(days=7)
"""How far a digest looks, as `crm today` does."""


@dataclass(frozen=True)
class Digests:
    """Who gets digests by which channel, and since when he has chosen so."""

    employee_id: int
    channel: str
    hour: int
    zone: ZoneInfo
    since: datetime

    def key(self, day: date) -> str:
        """The key of the ledger row of a day."""
        number = self.employee_id
        return f"digest:{number}:{day.toordinal()}:{number}:{self.channel}:0"

    def at(self, day: date) -> datetime:
        """When the digest of a day goes."""
        return at_hour(day, self.hour, self.zone)

    def come(self, works: Callable[[int, date], bool], now: datetime) -> Iterator[date]:
        """The working days whose digest has come since it was chosen, the latest first."""
        today = now.astimezone(self.zone).date()
        for back in range(LOOK_BACK.days + 1):
            day = today - timedelta(days=back)
            if self.since < self.at(day) <= now and works(self.employee_id, day):
                yield day


def window(now: datetime) -> tuple[date, date]:
    """The first and the last day on which a digest may be due, in whatever zone."""
    today, a_day = now.date(), timedelta(days=1)
    return today - LOOK_BACK - a_day, today + a_day


def section(due_on: date, due_at: datetime | None, today: date, now: datetime) -> str:
    """Where a digest tells of a task."""
    if due_on < today or (due_at is not None and due_at < now):
        return "overdue"
    return "today" if due_on == today else "next"
