"""When a task reminds, and what becomes of the reminders whose moment has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

LATE_AFTER = timedelta(hours=1)
"""How long after its moment a reminder of a time of day still counts as on time."""


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What the company's constants say where a task chooses nothing."""

    channels: tuple[str, ...] = ("email",)
    days_before: tuple[str, ...] = ("0",)
    hour: int = 8


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The term of a task and its choice of reminders, set at one moment."""

    due_on: date
    due_at: datetime | None
    remind: tuple[str, ...]
    days_before: tuple[str, ...]
    planned_at: datetime

    @property
    def term(self) -> str:
        """The term as the ledger keeps it: the same text for the same term."""
        return (self.due_at or self.due_on).isoformat()


@dataclass(frozen=True, order=True)
class Moment:
    """When a reminder goes; by which channel, how many days before the term."""

    at: datetime
    channel: str
    days_before: int


def moments(plan: Plan, defaults: Defaults, zone: ZoneInfo) -> list[Moment]:
    """Every moment at which a task reminds someone who lives in a zone, in order."""
    channels = plan.remind or defaults.channels
    offsets = plan.days_before or defaults.days_before
    return sorted(
        Moment(_at(plan, int(days), defaults.hour, zone), channel, int(days))
        for channel in channels
        if channel != "none"
        for days in offsets
    )


def _at(plan: Plan, days: int, hour: int, zone: ZoneInfo) -> datetime:
    if days == 0 and plan.due_at is not None:
        return plan.due_at
    day = plan.due_on - timedelta(days=days)
    # In UTC, because moments of one zone compare by the clock on its wall.
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def earliest(found: Iterable[Moment], after: datetime | None = None) -> datetime | None:
    """The first moment, or the first one after another."""
    return min((one.at for one in found if after is None or one.at > after), default=None)


def passed(found: Iterable[Moment], since: datetime, until: datetime) -> dict[str, list[Moment]]:
    """The moments that have come since the settled ones, by channel, the latest last."""
    by_channel: dict[str, list[Moment]] = {}
    for one in sorted(found):
        if since <= one.at <= until:
            by_channel.setdefault(one.channel, []).append(one)
    return by_channel


def is_late(moment: Moment, plan: Plan, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a reminder goes late because the job did not run.

    One whose moment had passed when the term was set is not late; one of a day is on time all day.
    """
    if moment.at < plan.planned_at:
        return False
    if moment.days_before == 0 and plan.due_at is not None:
        return now - moment.at > LATE_AFTER
    return now.astimezone(zone).date() > moment.at.astimezone(zone).date()
