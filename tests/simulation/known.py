"""What the model knows of people and tasks, and what it decides of reminders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays import country_holidays

ALWAYS = datetime.min.replace(tzinfo=UTC)
HOLIDAYS = country_holidays("RO", years=range(2027, 2030))


class Key(NamedTuple):
    """What the ledger knows a reminder by."""

    kind: str
    subject: int
    number: int
    recipient: int
    channel: str
    offset: int

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read the key of a ledger row."""
        kind, subject, number, recipient, channel, offset = text.split(":")
        return cls(kind, int(subject), int(number), int(recipient), channel, int(offset))


class Decided(NamedTuple):
    """What a run made of a reminder; only what is told can be late, or go to a deputy."""

    state: str
    is_late: bool
    due_at: datetime
    deputy: int | None = None


class Leave(NamedTuple):
    """Days on which somebody is away, both included."""

    first: date
    last: date
    deputy: int | None


@dataclass
class Person:
    """An employee."""

    id: int
    zone: str
    email: str | None = None
    login: str | None = None
    team: int | None = None
    language: str = "ro"
    manager: int | None = None
    digest: str = ""
    digest_since: datetime = ALWAYS
    leaves: list[Leave] = field(default_factory=list)
    gone: bool = False

    def day(self, moment: datetime) -> date:
        """The day on his calendar."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def hour(self, day: date, hour: int) -> datetime:
        """The moment at which his clock strikes an hour."""
        return datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(UTC)

    def leave(self, day: date) -> Leave | None:
        """Why he is away on a day."""
        return next((one for one in self.leaves if one.first <= day <= one.last), None)

    def works_on(self, day: date) -> bool:
        """Monday to Friday, neither on a public holiday nor away."""
        return day.weekday() < 5 and day not in HOLIDAYS and not self.leave(day)

    def is_reached_by(self, channel: str) -> bool:
        """Whether a mail or a message can get to him."""
        return not self.gone and bool(self.email if channel == "email" else self.login)


@dataclass
class Task:
    """A task, and what was decided of it."""

    id: int
    planned_at: datetime
    day: date
    at: datetime | None = None
    assignee: int | None = None
    team: int | None = None
    channels: tuple[str, ...] = ()
    offsets: tuple[int, ...] = ()
    is_open: bool = True
    number: int = 1
    memento: datetime | None = None
    memento_number: int = 0
    settled: set[Key] = field(default_factory=set)
    """What nobody is told of, though it is wanted and not in the ledger."""
    repeats: bool = False
    told: dict[tuple[str, int, str, int], date | datetime] = field(default_factory=dict)
    """The term that was named last, by kind, recipient, channel and offset."""

    @property
    def term(self) -> date | datetime:
        """The moment, or the day where it has no time."""
        return self.at or self.day

    def plan(self, now: datetime, **changes: object) -> None:
        """Change what reminders depend on, and begin with them anew."""
        term, memento = self.term, self.memento
        for name, value in changes.items():
            setattr(self, name, value)
        self.number += self.term != term
        self.memento_number += self.memento not in {memento, None}
        self.planned_at = now
        self.settled = set()
