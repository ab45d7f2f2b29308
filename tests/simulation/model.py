"""The rules of reminders in plain words: no database, no index, no batch, nothing of the program.

Every reminder has a key. It is wanted at a moment, as long as its task is open; a run decides what
is wanted, has come and was not decided before. What is first wanted when its moment has passed,
because a constant changed or the task was imported, is settled: nobody is told of it. What was
wanted before a change and waits still waits after it, whatever its moment is then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from holidays import country_holidays

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LATE = timedelta(hours=1)
ALWAYS = datetime.min.replace(tzinfo=UTC)
WEEK = timedelta(days=7)
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
    told: dict[tuple[int, str, int], date | datetime] = field(default_factory=dict)
    """The term that was named last, by recipient, channel and offset."""

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
    escalate_after: int = 0
    digest: str = "none"
    digest_changed_at: datetime = ALWAYS
    unread: Counter[int] = field(default_factory=Counter)
    ledger: dict[Key, Decided] = field(default_factory=dict)

    def recipients(self, task: Task) -> list[Person]:
        """Whom a task reminds."""
        if task.assignee is not None:
            return [self.people[task.assignee]]
        return [one for one in self.people.values() if one.team == task.team and not one.gone]

    def wanted(self, task: Task) -> dict[Key, datetime]:
        """Every reminder of a task and its moment, whether it has come or not."""
        found, own = {}, [one for one in task.channels if one != "none"]
        for person in self.recipients(task):
            for channel in task.channels or self.channels:
                for offset in task.offsets or self.offsets:
                    if channel != "none":
                        key = Key("task", task.id, task.number, person.id, channel, offset)
                        found[key] = self._moment(task, person, offset)
            for channel in own or self.channels:
                if task.memento:
                    key = Key("memento", task.id, task.memento_number, person.id, channel, 0)
                    found[key] = task.memento
        return found | self._escalations(task)

    def _escalations(self, task: Task) -> dict[Key, datetime]:
        assignee = self.people[task.assignee] if task.assignee else None
        if not self.escalate_after or not assignee or not assignee.manager:
            return {}
        manager = self.people[assignee.manager]
        at = manager.hour(self.day_of(task) + timedelta(days=self.escalate_after), self.hour)
        return {
            Key("escalation", task.id, task.number, manager.id, channel, 0): at
            for channel in self.channels
        }

    def _moment(self, task: Task, person: Person, offset: int) -> datetime:
        if task.at and offset == 0:
            return task.at
        return person.hour(self.day_of(task) - timedelta(days=offset), self.hour)

    def day_of(self, task: Task) -> date:
        """The day of its term, for who is to do it."""
        return task.at.astimezone(ZoneInfo(self.zone_of(task))).date() if task.at else task.day

    def zone_of(self, task: Task) -> str:
        """The zone in which the term of a task has its day."""
        return self.zone if task.assignee is None else self.people[task.assignee].zone

    def open_tasks(self) -> list[Task]:
        """The tasks that remind."""
        return [task for task in self.tasks.values() if task.is_open]

    @contextmanager
    def change(self, now: datetime) -> Iterator[None]:
        """Change constants or people: what waits still does, of what is new what is to come."""
        before = {task.id: self.waiting(task).keys() for task in self.open_tasks()}
        yield
        for number, waiting in before.items():
            self.settle(self.tasks[number], now, but=waiting)

    def settle(self, task: Task, now: datetime, *, but: Collection[Key] = ()) -> None:
        """Let nobody be told of what has passed, but for what waited."""
        task.settled = {
            key for key, at in self.wanted(task).items() if at <= now and key not in but
        }

    def waiting(self, task: Task) -> dict[Key, datetime]:
        """The reminders of a task that are wanted, have come or not, and are not decided."""
        return {
            key: at
            for key, at in self.wanted(task).items()
            if key not in task.settled
            and key not in self.ledger
            and not self._is_told_memento(task, key)
        }

    def decide(self, now: datetime) -> dict[Key, Decided]:
        """What a run at this moment has to write down."""
        return {
            key: decided
            for task in self.open_tasks()
            for key, decided in self._decide(task, now).items()
        }

    def _decide(self, task: Task, now: datetime) -> dict[Key, Decided]:
        come = {key: at for key, at in self.waiting(task).items() if at <= now}
        last: dict[tuple[int, str], tuple[datetime, Key]] = {}
        for key, at in come.items():
            if key.kind == "task":
                last[key[3:5]] = max(last.get(key[3:5], (at, key)), (at, key))
        return {
            key: self._state(task, key, at, now)
            if key.kind != "task" or last[key[3:5]] == (at, key)
            else Decided("covered", False, at)
            for key, at in come.items()
        }

    def _is_told_memento(self, task: Task, key: Key) -> bool:
        """Planned anew after its moment, a memento is not told to somebody else."""
        return (
            key.kind == "memento"
            and (task.memento or ALWAYS) <= task.planned_at
            and any(one[:3] == key[:3] for one in self.ledger)
        )

    def _state(self, task: Task, key: Key, at: datetime, now: datetime) -> Decided:
        person = self.people[key.recipient]
        told = task.told.get((key.recipient, key.channel, key.offset))
        if key.kind == "task" and told == task.term:
            return Decided("covered", False, at)
        deputy = self._stands_in(task, key, at)
        if deputy is None and not person.is_reached_by(key.channel):
            return Decided("unreachable", False, at)
        if deputy and self._gets_it_anyway(task, key, deputy):
            return Decided("covered", False, at)
        if self._is_in_the_digest(task, key, at, deputy or person):
            return Decided("covered", False, at)
        late = self._is_late(task, key, at, now)
        state = "skipped" if late and self.late == "skip" else "sent"
        return Decided(state, late, at, deputy.id if deputy else None)

    def _stands_in(self, task: Task, key: Key, at: datetime) -> Person | None:
        """The deputy who gets a reminder; it goes no earlier than its task was planned."""
        person = self.people[key.recipient]
        deputy = self.deputy(person, person.day(max(at, task.planned_at)))
        return deputy if deputy and deputy.is_reached_by(key.channel) else None

    def _gets_it_anyway(self, task: Task, key: Key, deputy: Person) -> bool:
        """A member of the team is told once, and so is who stands in for several of them."""
        same = {
            other.recipient: self._stands_in(task, other, at)
            for other, at in self.wanted(task).items()
            if (other.kind, *other[4:]) == (key.kind, *key[4:])
        }
        earlier = [same[other] for other in same if other < key.recipient]
        return deputy.id in same or deputy in earlier

    def deputy(self, person: Person, day: date) -> Person | None:
        """Who stands in for somebody on a day; a deputy who is away has one of his own."""
        seen, found = {person.id}, person
        if not person.leave(day):
            return None
        while leave := found.leave(day):
            if not leave.deputy or leave.deputy in seen:
                return None
            seen.add(leave.deputy)
            found = self.people[leave.deputy]
        return None if found.gone else found

    def _is_in_the_digest(self, task: Task, key: Key, at: datetime, reader: Person) -> bool:
        """Of whom somebody stands in for, his letter tells only if it is still to come."""
        person, day = self.people[key.recipient], reader.day(at)
        whole_day = key.kind == "task" and not (task.at and key.offset == 0)
        reached = self.digest_of(reader) == key.channel and reader.is_reached_by(key.channel)
        since = max(task.planned_at, self.digest_since(reader))
        to_come = self.deputy(person, day) is reader and reader.hour(day, self.hour) >= at
        told = reader is person or to_come
        return whole_day and reached and reader.works_on(day) and at > since and told

    def _is_late(self, task: Task, key: Key, at: datetime, now: datetime) -> bool:
        if at < task.planned_at:
            return False
        if key.kind == "memento" or (key.kind == "task" and task.at and key.offset == 0):
            return now - at > LATE
        person = self.people[key.recipient]
        return person.day(now) > person.day(at)

    # -- the letter of the day

    def digest_of(self, person: Person) -> str:
        """The channel of his daily letter, or none."""
        return "none" if person.gone else person.digest or self.digest

    def digest_since(self, person: Person) -> datetime:
        """Since when he has the letter as he has it now."""
        chosen = ALWAYS if person.digest else self.digest_changed_at
        return max(person.digest_since, chosen)

    def decide_digests(self, now: datetime) -> dict[Key, Decided]:
        """The daily letters that a run at this moment has to write down."""
        found: dict[Key, Decided] = {}
        for person in self.people.values():
            if self.digest_of(person) != "none":
                found |= self._digests(person, now)
        return found

    def _digests(self, person: Person, now: datetime) -> dict[Key, Decided]:
        today, channel = person.day(now), self.digest_of(person)
        days = [today - timedelta(days=back) for back in range(31, -1, -1)]
        moments = {
            Key("digest", person.id, day.toordinal(), person.id, channel, 0): at
            for day in days
            if person.works_on(day)
            and self.digest_since(person) < (at := person.hour(day, self.hour)) <= now
        }
        if not moments or (last := max(moments, key=lambda key: key.number)) in self.ledger:
            return {}
        found = {key: Decided("covered", False, at) for key, at in moments.items()}
        found[last] = self._digest(person, channel, moments[last], now)
        return {key: one for key, one in found.items() if key not in self.ledger}

    def _digest(self, person: Person, channel: str, at: datetime, now: datetime) -> Decided:
        late = person.day(now) > person.day(at)
        if not person.is_reached_by(channel):
            return Decided("unreachable", False, at)
        if not self._has_something(person, now) or (late and self.late == "skip"):
            return Decided("skipped", late, at)
        return Decided("sent", late, at)

    def _has_something(self, person: Person, now: datetime) -> bool:
        today = person.day(now)
        away = {one.id for one in self.people.values() if self.deputy(one, today) is person}
        return self.unread[person.id] > 0 or any(
            self.day_of(task) <= today + WEEK
            for task in self.open_tasks()
            if task.assignee in {person.id, *away}
            or (task.assignee is None and task.team == person.team)
        )

    def accept(self, decisions: dict[Key, Decided]) -> None:
        """Remember what was decided."""
        self.ledger |= decisions
        for key, decided in decisions.items():
            if decided.state != "sent":
                continue
            if key.channel == "message" and key.kind != "digest":
                self.unread[decided.deputy or key.recipient] += 1
            if key.kind == "task":
                task = self.tasks[key.subject]
                task.told[key.recipient, key.channel, key.offset] = task.term

    def letters(self, decisions: dict[Key, Decided]) -> set[frozenset[Key]]:
        """Which reminders of a run share a letter: too many late or overdue ones of one reader."""
        many: dict[tuple[int, int | None, str, bool], set[Key]] = defaultdict(set)
        alone = set()
        for key, decided in decisions.items():
            shared = decided.is_late and key.kind != "digest"
            if decided.state == "sent" and (shared or key.kind == "escalation"):
                many[key.recipient, decided.deputy, key.channel, decided.is_late].add(key)
            elif decided.state == "sent":
                alone.add(frozenset({key}))
        for (*_, is_late), found in many.items():
            singly = 1 if is_late and self.late == "digest" else 3
            alone |= {frozenset(found)} if len(found) > singly else {frozenset({k}) for k in found}
        return alone

    def next_moment(self, now: datetime) -> datetime | None:
        """The next moment at which a reminder is wanted."""
        moments = (at for task in self.open_tasks() for at in self.waiting(task).values())
        return min((at for at in moments if at > now), default=None)
