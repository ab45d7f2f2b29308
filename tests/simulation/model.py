"""The rules of reminders in plain words: no database, no index, no batch, nothing of the program.

Every reminder has a key. It is wanted at a moment, as long as its task is open; a run decides what
is wanted, has come and was not decided before. What is first wanted when its moment has passed,
because a constant changed or the task was imported, is settled: nobody is told of it. What was
wanted before a change and waits still waits after it, whatever its moment is then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.simulation.known import ALWAYS, Decided, Key, Person, Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LATE = timedelta(hours=1)
WEEK = timedelta(days=7)


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
    free: dict[date, int] = field(default_factory=dict)
    """The holidays of the company, each with its id."""
    unread: Counter[int] = field(default_factory=Counter)
    ledger: dict[Key, Decided] = field(default_factory=dict)
    mementos: dict[tuple[int, datetime | None], datetime] = field(default_factory=dict)
    """When each was first told, by task and moment."""

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
        if not self.escalate_after:
            return {}
        day = self.day_of(task) + timedelta(days=self.escalate_after)
        return {
            Key("escalation", task.id, task.number, manager.id, channel, 0): manager.hour(
                self._first_working_day(manager, day), self.hour
            )
            for manager in self._managers(task)
            for channel in self.channels
        }

    def _managers(self, task: Task) -> list[Person]:
        """Who is told that it is overdue; of a team's, nobody who is above its head."""
        members = self.recipients(task)
        heads = {one.manager for one in members}
        above = {one.manager for one in members if one.id not in heads and one.manager}
        return [self.people[number] for number in sorted(above)]

    def _first_working_day(self, manager: Person, day: date) -> date:
        """On which he is there, or who stands in for him; the day itself if none comes soon."""
        for ahead in range(31):
            one = day + timedelta(days=ahead)
            reader = self.deputy(manager, one) or manager
            if self.works(reader, one) and not reader.gone:
                return one
        return day

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
        before = {task.id: self.waiting(task, now).keys() for task in self.open_tasks()}
        yield
        for number, waiting in before.items():
            self.settle(self.tasks[number], now, but=waiting)

    def settle(self, task: Task, now: datetime, *, but: Collection[Key] = ()) -> None:
        """Let nobody be told of what has passed, but for what waited."""
        task.settled = {
            key for key, at in self.wanted(task).items() if at <= now and key not in but
        }

    def undo(self, task: Task, before: Task, waiting: Collection[Key], done_at: datetime) -> None:
        """Take back what was done to a task; of what had come then only what waited still does."""
        number = task.number + (task.number != before.number)
        restored = replace(before, told=task.told, number=number, settled=set())
        self.tasks[task.id] = restored
        for key, at in self.wanted(restored).items():
            old = key if key.kind == "memento" else key._replace(number=before.number)
            if at <= done_at and old not in waiting:
                restored.settled.add(key)

    def waiting(self, task: Task, now: datetime) -> dict[Key, datetime]:
        """The reminders of a task that are wanted, have come or not, and are not decided."""
        return {
            key: at
            for key, at in self.wanted(task).items()
            if key not in task.settled
            and key not in self.ledger
            and not self._is_told_memento(task, key, now)
        }

    def decide(self, now: datetime) -> dict[Key, Decided]:
        """What a run at this moment has to write down."""
        return {
            key: decided
            for task in self.open_tasks()
            for key, decided in self._decide(task, now).items()
        }

    def _decide(self, task: Task, now: datetime) -> dict[Key, Decided]:
        come = {key: at for key, at in self.waiting(task, now).items() if at <= now}
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

    def _is_told_memento(self, task: Task, key: Key, now: datetime) -> bool:
        """Planned anew after it was told, a memento is not told to somebody else."""
        told = self.mementos.get((task.id, task.memento))
        return (
            key.kind == "memento"
            and told not in {None, now}
            and max(told or now, task.memento or now) <= task.planned_at
        )

    def _state(self, task: Task, key: Key, at: datetime, now: datetime) -> Decided:
        person = self.people[key.recipient]
        told = task.told.get((key.kind, key.recipient, key.channel, key.offset))
        if key.kind != "memento" and told == task.term:
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
        for other, at in self.wanted(task).items():
            if (other.kind, other.channel, other.offset) == (key.kind, key.channel, key.offset):
                earlier = other.recipient < key.recipient
                if other.recipient == deputy.id:
                    return True
                if earlier and self._stands_in(task, other, at) is deputy:
                    return True
        return False

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

    def works(self, person: Person, day: date) -> bool:
        """Whether he is at work on a day."""
        return day not in self.free and person.works_on(day)

    def _is_in_the_digest(self, task: Task, key: Key, at: datetime, reader: Person) -> bool:
        """Of whom somebody stands in for, his letter tells only if it is still to come."""
        person, day = self.people[key.recipient], reader.day(at)
        whole_day = key.kind == "task" and not (task.at and key.offset == 0)
        reached = self.digest_of(reader) == key.channel and reader.is_reached_by(key.channel)
        since = max(task.planned_at, self.digest_since(reader))
        to_come = self.deputy(person, day) is reader and reader.hour(day, self.hour) >= at
        told = reader is person or to_come
        return whole_day and reached and self.works(reader, day) and at > since and told

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
            if self.works(person, day)
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

    def accept(self, decisions: dict[Key, Decided], now: datetime) -> None:
        """Remember what was decided."""
        self.ledger |= decisions
        for key, decided in decisions.items():
            if key.kind == "memento":
                memento = self.tasks[key.subject].memento
                self.mementos.setdefault((key.subject, memento), now)
            if decided.state != "sent":
                continue
            if key.channel == "message" and key.kind != "digest":
                self.unread[decided.deputy or key.recipient] += 1
            if key.kind != "digest":
                task = self.tasks[key.subject]
                task.told[key.kind, key.recipient, key.channel, key.offset] = task.term

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
        moments = (at for task in self.open_tasks() for at in self.waiting(task, now).values())
        return min((at for at in moments if at > now), default=None)
