"""The rules of reminders in plain words: no database, no index, no batch, nothing of the program.

Every reminder has a key. It is wanted at a moment, as long as its task is open; a run decides what
is wanted, has come and was not decided before. What is first wanted when its moment has passed,
because a constant changed or the task was imported, is settled: nobody is told of it.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

LATE = timedelta(hours=1)
ALWAYS = datetime.min.replace(tzinfo=UTC)
TICK = timedelta(microseconds=1)


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
    """What a run made of a reminder; only what is told can be late."""

    state: str
    is_late: bool
    due_at: datetime


@dataclass
class Person:
    """An employee."""

    id: int
    zone: str
    email: str | None = None
    login: str | None = None
    team: int | None = None
    language: str = "ro"
    gone: bool = False

    def day(self, moment: datetime) -> date:
        """The day on his calendar."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def hour(self, day: date, hour: int) -> datetime:
        """The moment at which his clock strikes an hour."""
        return datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(UTC)

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
    since: datetime = ALWAYS
    """What was wanted before is settled."""
    told: dict[tuple[int, str, int], date | datetime] = field(default_factory=dict)
    """The term that was named last, by recipient, channel and offset."""

    @property
    def term(self) -> date | datetime:
        """The moment, or the day where it has no time."""
        return self.at or self.day

    def plan(self, now: datetime, **changes: object) -> None:
        """Change what reminders depend on, and begin with them anew."""
        term = self.term
        for name, value in changes.items():
            setattr(self, name, value)
        self.number += self.term != term
        self.planned_at = now
        self.since = ALWAYS


@dataclass
class Company:
    """The people, tasks and constants, and the ledger as it must be."""

    zone: str
    people: dict[int, Person] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    channels: tuple[str, ...] = ("email",)
    offsets: tuple[int, ...] = (0,)
    hour: int = 8
    late: str = "send"
    ledger: dict[Key, Decided] = field(default_factory=dict)

    def recipients(self, task: Task) -> list[Person]:
        """Whom a task reminds."""
        if task.assignee is not None:
            return [self.people[task.assignee]]
        return [one for one in self.people.values() if one.team == task.team and not one.gone]

    def wanted(self, task: Task) -> dict[Key, datetime]:
        """Every reminder of a task and its moment, whether it has come or not."""
        found = {}
        for person in self.recipients(task):
            for channel in task.channels or self.channels:
                for offset in task.offsets or self.offsets:
                    if channel != "none":
                        key = Key("task", task.id, task.number, person.id, channel, offset)
                        found[key] = self._moment(task, person, offset)
        return found

    def _moment(self, task: Task, person: Person, offset: int) -> datetime:
        if task.at and offset == 0:
            return task.at
        zone = ZoneInfo(self.zone_of(task))
        day = task.at.astimezone(zone).date() if task.at else task.day
        return person.hour(day - timedelta(days=offset), self.hour)

    def zone_of(self, task: Task) -> str:
        """The zone in which the term of a task has its day."""
        return self.zone if task.assignee is None else self.people[task.assignee].zone

    def open_tasks(self) -> list[Task]:
        """The tasks that remind."""
        return [task for task in self.tasks.values() if task.is_open]

    @contextmanager
    def change(self, now: datetime) -> Iterator[None]:
        """Change constants or people: what was wanted and not decided yet stays wanted."""
        before = {task.id: self.waiting(task) for task in self.open_tasks()}
        yield
        for task in self.open_tasks():
            still = [at for key, at in self.wanted(task).items() if key in before[task.id]]
            task.since = min([*still, now + TICK])

    def waiting(self, task: Task) -> dict[Key, datetime]:
        """The reminders of a task that are wanted, have come or not, and are not decided."""
        return {
            key: at
            for key, at in self.wanted(task).items()
            if at >= task.since and key not in self.ledger
        }

    def decide(self, now: datetime) -> dict[Key, Decided]:
        """What a run at this moment has to write down."""
        return {
            key: decided
            for task in self.open_tasks()
            for key, decided in self._decide(task, now).items()
        }

    def _decide(self, task: Task, now: datetime) -> dict[Key, Decided]:
        passed: dict[tuple[int, str], list[tuple[datetime, Key]]] = defaultdict(list)
        for key, at in self.wanted(task).items():
            if task.since <= at <= now:
                passed[key.recipient, key.channel].append((at, key))
        return {
            key: self._state(task, key, at, now, is_last=(at, key) == max(found))
            for found in passed.values()
            for at, key in found
            if key not in self.ledger
        }

    def _state(
        self, task: Task, key: Key, at: datetime, now: datetime, *, is_last: bool
    ) -> Decided:
        person = self.people[key.recipient]
        if not is_last or task.told.get((key.recipient, key.channel, key.offset)) == task.term:
            return Decided("covered", False, at)
        if not person.is_reached_by(key.channel):
            return Decided("unreachable", False, at)
        if not self._is_late(task, key, at, now):
            return Decided("sent", False, at)
        return Decided("skipped" if self.late == "skip" else "sent", True, at)

    def _is_late(self, task: Task, key: Key, at: datetime, now: datetime) -> bool:
        if at < task.planned_at:
            return False
        if task.at and key.offset == 0:
            return now - at > LATE
        person = self.people[key.recipient]
        return person.day(now) > person.day(at)

    def accept(self, decisions: dict[Key, Decided]) -> None:
        """Remember what was decided."""
        self.ledger |= decisions
        for key, decided in decisions.items():
            if decided.state == "sent":
                task = self.tasks[key.subject]
                task.told[key.recipient, key.channel, key.offset] = task.term

    def letters(self, decisions: dict[Key, Decided]) -> set[frozenset[Key]]:
        """Which reminders of a run share a letter: too many late ones of one recipient."""
        late: dict[tuple[int, str], set[Key]] = defaultdict(set)
        alone = set()
        for key, decided in decisions.items():
            if decided.state == "sent" and decided.is_late:
                late[key.recipient, key.channel].add(key)
            elif decided.state == "sent":
                alone.add(frozenset({key}))
        singly = {"send": 3, "digest": 1}[self.late] if late else 0
        for found in late.values():
            alone |= {frozenset(found)} if len(found) > singly else {frozenset({k}) for k in found}
        return alone

    def next_moment(self, now: datetime) -> datetime | None:
        """The next moment at which a reminder is wanted."""
        moments = (at for task in self.open_tasks() for at in self.waiting(task).values())
        return min((at for at in moments if at > now), default=None)
