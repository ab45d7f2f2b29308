"""When a task reminds, and what becomes of the reminders whose moment has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    Wanted = list[tuple[int, "Moment"]]
    """The reminders of a task, each with its recipient."""

LATE_AFTER = timedelta(hours=1)
"""How long after its moment a reminder of a time of day still counts as on time."""


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What the company's constants say where a task chooses nothing."""

    channels: tuple[str, ...] = ("email",)
    days_before: tuple[str, ...] = ("0",)
    hour: int = 8
    escalate_after: int = 0
    """Days after the term at which the manager is told; 0: never."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The term of a task and its choice of reminders, set at one moment."""

    due_on: date
    due_at: datetime | None
    remind: tuple[str, ...]
    days_before: tuple[str, ...]
    planned_at: datetime
    memento_at: datetime | None = None

    @property
    def term(self) -> str:
        """The term as the ledger keeps it: the same text for the same term."""
        return (self.due_at or self.due_on).isoformat()


@dataclass(frozen=True, order=True)
class Moment:
    """When a reminder goes; by which channel, how many days before the term."""

    at: datetime
    channel: str
    days_before: int = 0
    kind: str = "task"
    """Or memento, or escalation: what its own place in the ledger is for."""

    @property
    def place(self) -> tuple[str, str, int]:
        """What tells it from the others of a task and recipient, whenever it goes."""
        return self.kind, self.channel, self.days_before


def moments(plan: Plan, defaults: Defaults, zone: ZoneInfo) -> list[Moment]:
    """Every moment at which a task reminds someone who lives in a zone, in order."""
    channels = plan.remind or defaults.channels
    offsets = plan.days_before or defaults.days_before
    return sorted(
        [
            *(
                Moment(_at(plan, int(days), defaults.hour, zone), channel, int(days))
                for channel in channels
                if channel != "none"
                for days in offsets
            ),
            *_mementos(plan, defaults),
        ]
    )


def escalations(
    plan: Plan, defaults: Defaults, zone: ZoneInfo, worked: Callable[[date], date]
) -> list[Moment]:
    """When a manager who lives in a zone is told that a task is overdue.

    `worked` gives the first working day from one on.
    """
    if not defaults.escalate_after:
        return []
    day = worked(plan.due_on + timedelta(days=defaults.escalate_after))
    at = at_hour(day, defaults.hour, zone)
    return sorted(Moment(at, channel, kind="escalation") for channel in defaults.channels)


def managers_of(members: Iterable[tuple[int, int | None]]) -> list[int]:
    """Who is told of what these have left undone, given each with his manager.

    One who leads others of them answers for it as their manager; his own is not told.
    """
    known = list(members)
    leading = {manager for _, manager in known}
    return sorted(
        {manager for number, manager in known if manager is not None and number not in leading}
    )


def _mementos(plan: Plan, defaults: Defaults) -> list[Moment]:
    """Who wants no reminders of the term still gets the memento he asked for."""
    if plan.memento_at is None:
        return []
    chosen = tuple(channel for channel in plan.remind if channel != "none")
    return [
        Moment(plan.memento_at, channel, kind="memento") for channel in chosen or defaults.channels
    ]


def _at(plan: Plan, days: int, hour: int, zone: ZoneInfo) -> datetime:
    if days == 0 and plan.due_at is not None:
        return plan.due_at
    return at_hour(plan.due_on - timedelta(days=days), hour, zone)


def at_hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """An hour on the wall of a zone; in UTC, because two of one zone compare by the wall."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def earliest(found: Iterable[Moment], after: datetime | None = None) -> datetime | None:
    """The first moment, or the first one after another."""
    return min((one.at for one in found if after is None or one.at > after), default=None)


def still_due(
    pending: datetime | None, before: Wanted, after: Wanted, now: datetime
) -> tuple[datetime | None, Wanted]:
    """Where the reminders of a task begin after hours, zones or people changed.

    What waited still does, were its moment past by the new rules; of what is newly wanted only
    what is to come. The rest that has passed since the beginning is given too: nobody gets it.
    """
    waiting = {(who, one.place) for who, one in before if pending is not None and one.at >= pending}
    kept = [(who, one) for who, one in after if one.at > now or (who, one.place) in waiting]
    first = min((one.at for _, one in kept), default=None)
    if first is None or first > now:
        return first, []
    return first, [each for each in after if each not in kept and each[1].at >= first]


def resumed(pending: datetime | None, found: Iterable[Moment], now: datetime) -> datetime | None:
    """Where the reminders begin of a task put back as it was, though other rules may hold now.

    What it waited for then is the moment nearest to that; what is to come counts anyhow.
    """
    moments = [one.at for one in found]
    begin = [at for at in moments if at > now]
    if pending is not None and moments:
        begin.append(min(moments, key=lambda at: (abs(at - pending), at)))
    return min(begin, default=None)


def passed(found: Iterable[Moment], since: datetime, until: datetime) -> list[list[Moment]]:
    """The moments that have come since the settled ones, the latest last.

    Those of the term are together by channel, for only the last of them goes; others stand alone.
    """
    together: dict[str, list[Moment]] = {}
    alone = []
    for one in sorted(found):
        if since <= one.at <= until:
            if one.kind == "task":
                together.setdefault(one.channel, []).append(one)
            else:
                alone.append([one])
    return [*together.values(), *alone]


def has_time(moment: Moment, plan: Plan) -> bool:
    """Whether a reminder is of a time of day, not of a whole day."""
    of_term = moment.kind == "task" and moment.days_before == 0 and plan.due_at is not None
    return of_term or moment.kind == "memento"


def is_late(moment: Moment, plan: Plan, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a reminder goes late because the job did not run.

    One whose moment had passed when the term was set is not late; one of a day is on time all day.
    """
    if moment.at < plan.planned_at:
        return False
    if has_time(moment, plan):
        return now - moment.at > LATE_AFTER
    return now.astimezone(zone).date() > moment.at.astimezone(zone).date()


def effective_day(moment: Moment, plan: Plan, zone: ZoneInfo) -> date:
    """The day on which it counts who is away: a reminder cannot go before its term was set."""
    return max(moment.at, plan.planned_at).astimezone(zone).date()


def is_of_a_whole_day(moment: Moment, plan: Plan) -> bool:
    """Whether a daily digest tells as much as the reminder, and was made after it was planned."""
    return moment.kind == "task" and not has_time(moment, plan) and moment.at > plan.planned_at
