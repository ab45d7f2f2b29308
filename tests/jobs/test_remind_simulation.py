"""Months of `remind` with random edits and a random cron, against a plain model of the rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

PEOPLE = {1: "Europe/Bucharest", 2: "Europe/Warsaw", 3: "Europe/London"}
BEGIN = datetime(2027, 2, 1, 7, tzinfo=UTC)
DAYS = {"sqlite": 120, "postgresql": 40}
"""How long the program is watched: the rules are the same, the statements need less time."""
LEDGER = """
SELECT subject_id, term_number, recipient_id, channel, days_before, state FROM reminder"""
CARRIED = {
    "mails without a reminder": """
        SELECT id FROM outbox WHERE kind = 'reminder'
        AND id NOT IN (SELECT outbox_id FROM reminder WHERE outbox_id IS NOT NULL)""",
    "messages without a reminder": """
        SELECT id FROM message
        WHERE id NOT IN (SELECT message_id FROM reminder WHERE message_id IS NOT NULL)""",
    "sent without mail or message": """
        SELECT id FROM reminder WHERE state = 'sent'
        AND (channel = 'email') <> (outbox_id IS NOT NULL)""",
    "several in one mail that is no digest": """
        SELECT outbox_id FROM reminder WHERE outbox_id IS NOT NULL
        GROUP BY outbox_id HAVING count(*) BETWEEN 2 AND 3""",
}
Kind = tuple[int, str, int]
"""Recipient, channel, days before."""


@dataclass
class Task:
    """What the model knows of one task; `row` is what the ledger must hold."""

    assignee: int
    day: date
    at: datetime | None
    channels: tuple[str, ...]
    offsets: tuple[int, ...]
    is_open: bool = True
    term_number: int = 1
    rows: dict[tuple[int, Kind], str] = field(default_factory=dict)
    sent: dict[Kind, object] = field(default_factory=dict)

    def run(self, now: datetime) -> None:
        """Of the moments that have come by one channel the last one goes, unless it has gone."""
        for channel in self.channels if self.is_open else ():
            come = sorted((self._at(days), -days) for days in self.offsets)
            come = [(at, days) for at, days in come if at <= now]
            for place, (_, minus) in enumerate(come):
                kind = (self.assignee, channel, -minus)
                if (self.term_number, kind) not in self.rows:
                    goes = place == len(come) - 1 and self.sent.get(kind) != (self.at or self.day)
                    self.rows[self.term_number, kind] = "sent" if goes else "covered"
                    if goes:
                        self.sent[kind] = self.at or self.day

    def _at(self, days: int) -> datetime:
        if days == 0 and self.at:
            return self.at
        zone = ZoneInfo(PEOPLE[self.assignee])
        day = self.at.astimezone(zone).date() if self.at else self.day
        return datetime.combine(day - timedelta(days=days), time(8), zone).astimezone(UTC)

    def move(self, day: date, at: datetime | None) -> None:
        """A term that is another one has a number of its own."""
        if (at or day) != (self.at or self.day):
            self.term_number += 1
        self.day, self.at = day, at


class World:
    """The program and the model side by side."""

    def __init__(self, crm: Crm, seed: int) -> None:
        self.crm = crm
        self.days = DAYS[crm.url.partition(":")[0]]
        self.dice = random.Random(seed)
        self.tasks: dict[int, Task] = {}
        self.now = BEGIN

    def live(self) -> None:
        """Days on which some minutes see an edit, some a run, some both."""
        end = BEGIN + timedelta(days=self.days)
        while self.now < end:
            self.now += timedelta(minutes=self.dice.choice([1, 60, 600, 1500, 4000, 6000]))
            self.crm.now = self.now.isoformat()
            self.dice.choice([self.add, self.add, self.edit, self.edit, self.close, self.nothing])()
            if self.dice.random() < 0.6:
                self.run()
        self.run()

    def run(self) -> None:
        """A run of the job, sometimes two."""
        for _ in range(self.dice.choice([1, 1, 2])):
            self._do("job", "run", "remind")
        for task in self.tasks.values():
            task.run(self.now)

    def add(self) -> None:
        """A task for someone, with any choice of reminders."""
        day, at = self._term()
        channels = tuple(self.dice.sample(["email", "message"], self.dice.choice([1, 2])))
        offsets = tuple(self.dice.sample([0, 1, 2, 3], self.dice.choice([1, 2, 4])))
        assignee = self.dice.choice(list(PEOPLE))
        number = self.crm.id(
            *("task", "add", "Task", "--due", self._written(day, at), "--assignee", assignee),
            *("--remind", ",".join(channels), "--days-before", ",".join(map(str, offsets))),
        )
        self.tasks[number] = Task(assignee, day, at, channels, offsets)

    def edit(self) -> None:
        """Another term, or another assignee."""
        if not self.tasks:
            return
        number, task = self.dice.choice(list(self.tasks.items()))
        if self.dice.random() < 0.7:
            day, at = self._term()
            task.move(day, at)
            words = ["--due", self._written(day, at)]
        else:
            task.assignee = self.dice.choice(list(PEOPLE))
            words = ["--assignee", str(task.assignee)]
        self._do("task", "edit", number, *words)

    def close(self) -> None:
        """Done, or open again."""
        if not self.tasks:
            return
        number, task = self.dice.choice(list(self.tasks.items()))
        self._do("task", "done" if task.is_open else "reopen", number)
        task.is_open = not task.is_open

    def nothing(self) -> None:
        """Only time passes."""

    def _do(self, *words: object) -> None:
        result = self.crm(*words)
        assert (result.exit_code, result.stderr) == (0, "")

    def _term(self) -> tuple[date, datetime | None]:
        at = self.now + timedelta(hours=self.dice.randint(-48, 200))
        return at.date(), self.dice.choice([None, at.replace(minute=0, second=0)])

    def _written(self, day: date, at: datetime | None) -> str:
        return at.strftime("%Y-%m-%d %H:%MZ") if at else day.isoformat()

    def expected(self) -> list[tuple[int, int, int, str, int, str]]:
        """The ledger as the model has it."""
        return sorted(
            (number, term, *kind, state)
            for number, task in self.tasks.items()
            for (term, kind), state in task.rows.items()
        )


@pytest.mark.proves("R126", "R127")
def test_live(crm: Crm) -> None:
    for login, zone, language in (("jan", PEOPLE[2], "pl"), ("kate", PEOPLE[3], "en")):
        crm(
            *("employee", "add", "--name", login, "--login", login, "--timezone", zone),
            *("--email", f"{login}@firma.example", "--language", language),
        )
    world = World(crm, seed=2)

    world.live()

    assert sorted(execute(crm.url, LEDGER)) == world.expected()
    faults = {name: execute(crm.url, sql) for name, sql in CARRIED.items()}
    assert faults == {name: [] for name in CARRIED}
