"""What people do in 400 days, by dice: tasks come, move and go, people and constants change."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.outgoing import use_folder
from tests.simulation.known import Key, Leave, Person, Task
from tests.simulation.world import World, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BEGIN = datetime(2027, 2, 1, 7, tzinfo=UTC)
ZONES = (
    *("Europe/Bucharest", "Europe/Warsaw", "Europe/London"),
    *("Pacific/Auckland", "America/St_Johns"),
)
CHANNELS: tuple[tuple[str, ...], ...] = (
    *((), (), ("email",), ("message",)),
    *(("email", "message"), ("none",)),
)
OFFSETS: tuple[tuple[int, ...], ...] = ((), (), (0,), (1,), (0, 1), (0, 3), (0, 1, 2, 3))
NEW_TASKS = "SELECT id, due_on, due_at, assignee_id, team_id FROM task WHERE id > ? ORDER BY id"
NAMES = {
    "hour": "task.remind.hour",
    "offsets": "task.remind.days_before",
    "channels": "task.remind.message",
    "late": "task.remind.late",
    "escalate_after": "task.escalate_after",
    "digest": "task.digest",
}


class Life(World):
    """A company whose people act at random."""

    def begin(self) -> None:
        """Five people, in four zones and three languages; some share a team."""
        self.wait_until(BEGIN)
        ana = Person(1, "Europe/Bucharest", "ana@firma.example", "ana")
        self.company.people[1] = ana
        self.team = int(self.do("team", "add", "--code", "service", "--name-en", "Service", "-q"))
        self.hire("Jan", zone="Europe/Warsaw", email="jan@f.example", login="jan", language="pl")
        self.hire("Kate", zone="Europe/London", email="kate@f.example", language="en")
        self.hire("Ion", zone="Europe/Bucharest", login="ion")
        self.hire("Mia", zone="Pacific/Auckland", email="mia@f.example", login="mia", language="en")
        steps = ("--step", "Call;+0d", "--step", "Visit;+3d@10:00")
        self.do("operation", "add", "--code", "welcome", "--name-en", "Welcome", *steps)
        self.arrived = use_folder(self.crm)
        self.forks.warm(self.crm)
        for number in (2, 3, 5):
            self._move_person(self.company.people[number], self.team)
        self._set("escalate_after", 3, "setting", "set", NAMES["escalate_after"], 3)
        for number in (2, 4):
            with self._employee(self.company.people[number], "--manager", 1):
                self.company.people[number].manager = 1

    def live(self, days: int) -> None:
        """Let the days pass, then let all that waits come."""
        acts = self._acts()
        while self.now < BEGIN + timedelta(days=days):
            self._pass_time()
            self.dice.choice(acts)()
            if self.dice.random() < 0.6:
                self.remind()
            if self.dice.random() < 0.08:
                self.send(deadly=self.dice.choice([0, self.dice.randint(1, 99)]))
        self.wait_until(self.now + timedelta(days=30))
        self.remind()
        self.send()
        self.check_arrivals()

    def _acts(self) -> list[Callable[[], None]]:
        often = [self.add, self.add, self.move, self.move, self.move_back, self.close, self.nothing]
        return [
            *(often * 2),
            *(self.nothing, self.assign, self.assign, self.choose, self.bring),
            *(self.remember, self.go_away, self.go_away, self.choose_digest, self.subordinate),
            *(self.travel, self.regroup, self.change_constant, self.resign, self.be_free),
            *(self.give_operation, self.repent, self.repent, self.waver),
        ]

    def _pass_time(self) -> None:
        """To the next moment of a reminder, a minute before or after it, or any time at all."""
        coming, dice = self.company.next_moment(self.now), self.dice
        if coming and dice.random() < 0.4 and coming < self.now + timedelta(days=9):
            self.wait_until(
                max(self.now, coming + timedelta(minutes=dice.choice([-1, 0, 0, 1, 90])))
            )
        else:
            self.wait_until(self.now + timedelta(minutes=dice.choice([1, 60, 600, 2880, 10000])))

    # -- tasks

    def add(self) -> None:
        """A task for somebody or a team, with any choice of reminders."""
        task = self._task()
        task.repeats = self.dice.random() < 0.3
        words = ("--repeat", self.dice.choice(["daily", "weekly", "weekdays"])) * task.repeats
        number = self.do("task", "add", "Call", *self._words(task), *words, "-q")
        self._keep(task, int(number))

    def give_operation(self) -> None:
        """Two tasks for somebody, and two for the team."""
        last = max(self.company.tasks, default=0)
        person, day = self._anybody(), self.now.date() + timedelta(self.dice.randint(-2, 4))
        whom = ("--to", person.id, "--to", "@service")
        self.do("operation", "assign", "welcome", *whom, "--start", day)
        assert [one.assignee or one.team for one in self._new_tasks(last)] == [
            *(person.id, self.team) * 2
        ], self.story()

    def bring(self) -> None:
        """Tasks of a file; what would have gone before is not told, unless that is asked for."""
        tasks = [self._task() for _ in range(self.dice.randint(1, 3))]
        lines = ["subject,due,due_at,assignee,team,remind,days_before"]
        lines += [self._line(task, f"Call {len(self.history)}-{n}") for n, task in enumerate(tasks)]
        file = self.crm.home / "tasks.csv"
        file.write_text("\n".join(lines) + "\n", "utf-8")
        notify = self.dice.random() < 0.3
        words = ("--notify",) if notify else ()
        self.do("task", "import", file, *words)
        found = self.watcher.rows("SELECT id FROM task ORDER BY id DESC LIMIT ?", len(tasks))
        for task, (number,) in zip(reversed(tasks), found, strict=True):
            self._keep(task, number)
            if not notify:
                self.company.settle(task, self.now)

    def move(self) -> None:
        """Another term."""
        if task := self._any_task():
            self._move(task, *self._term())

    def move_back(self) -> None:
        """There and back again at once, sometimes to the term it had."""
        if task := self._any_task():
            before = task.day, task.at
            self._move(task, *self._term())
            self._move(task, *before)

    def assign(self) -> None:
        """Somebody else is to do it; a task of the team gets one of its members."""
        if task := self._any_task():
            person = self.dice.choice(list(self.company.people))
            if not self.company.people[person].gone and person != task.assignee:
                self.do("task", "edit", task.id, "--assignee", person)
                task.plan(self.now, assignee=person)

    def choose(self) -> None:
        """Other channels and days before."""
        if task := self._any_task():
            channels, offsets = self.dice.choice(CHANNELS), self.dice.choice(OFFSETS)
            words = ("--remind", ",".join(channels), "--days-before", ",".join(map(str, offsets)))
            self.do("task", "edit", task.id, *words)
            if (channels, offsets) != (task.channels, task.offsets):
                task.plan(self.now, channels=channels, offsets=offsets)

    def remember(self) -> None:
        """A memento, one that was told before, or none any more."""
        if task := self._any_task():
            told = [at for number, at in self.company.mementos if number == task.id]
            coming = self.now + timedelta(hours=self.dice.randint(-5, 90))
            at = self.dice.choice([None, coming, *told])
            words = at.strftime("%Y-%m-%d %H:%MZ") if at else ""
            self.do("task", "edit", task.id, "--memento", words)
            if at != task.memento:
                task.plan(self.now, memento=at)

    def close(self) -> None:
        """Done or dropped, or taken up again."""
        if task := self._any_task():
            self._close(task)

    def repent(self) -> None:
        """Something is done to a task and taken back, perhaps after reminders went."""
        if not (task := self._any_task()):
            return
        done_at, before = self.now, replace(task)
        waiting = self.company.waiting(task, self.now).keys() if task.is_open else set[Key]()
        known = set(self.company.tasks)
        if self.dice.random() < 0.5:
            self._close(task)
        else:
            self._move(task, *self._term())
        if replace(task, number=before.number, planned_at=before.planned_at) == before:
            return
        if self.company.tasks.keys() == known and self.dice.random() < 0.5:
            self.wait_until(self.now + timedelta(minutes=self.dice.choice([0, 1, 600])))
            self.remind()
        self.do("undo")
        for number in self.company.tasks.keys() - known:
            del self.company.tasks[number]
        self.company.undo(task, before, waiting, done_at)

    def nothing(self) -> None:
        """Only time passes."""

    # -- people and constants

    def travel(self) -> None:
        """Somebody lives in another zone now."""
        person, zone = self._anybody(), self.dice.choice(ZONES)
        if zone != person.zone:
            with self._employee(person, "--timezone", zone):
                person.zone = zone

    def regroup(self) -> None:
        """Somebody joins the team, or leaves it."""
        person = self._anybody()
        self._move_person(person, None if person.team else self.team)

    def resign(self) -> None:
        """Somebody leaves the company, after him a new one comes."""
        person = self._anybody()
        if person.id == 1 or self.dice.random() < 0.8:
            return
        with self.change():
            self.do("employee", "remove", person.id)
            person.gone = True
        name = f"new{self.now:%d%m%H%M}"
        self.hire(name, zone=self.dice.choice(ZONES), email=f"{name}@f.example", login=name)

    def subordinate(self) -> None:
        """Somebody has another manager, Ana or Jan who is away at times, or none."""
        person = self._anybody()
        manager = self.dice.choice([None, 1, 2])
        if (
            person.id not in {1, manager}
            and manager != person.manager
            and not self.company.people[manager or 1].gone
            and (person.id != 2 or manager == 1)
        ):
            with self._employee(person, "--manager", manager or ""):
                person.manager = manager

    def choose_digest(self) -> None:
        """Somebody wants a letter a day, or none, or what the company says."""
        person, choice = self._anybody(), self.dice.choice(["", "none", "email", "message"])
        if choice != person.digest:
            with self._employee(person, "--digest", choice):
                person.digest = choice
            person.digest_since = self.now

    def go_away(self) -> None:
        """Somebody has some days off, and perhaps a deputy."""
        person, first = self._anybody(), self.now.date() + timedelta(self.dice.randint(-1, 3))
        last = first + timedelta(days=self.dice.randint(3, 20))
        deputy = self.dice.choice([None, self._anybody().id, self._anybody().id])
        if deputy == person.id or any(
            one.first <= last and first <= one.last for one in person.leaves
        ):
            return
        words = ("--deputy", deputy) if deputy else ()
        with self.change():
            self.do("leave", "add", person.id, "--from", first, "--to", last, *words)
            person.leaves.append(Leave(first, last, deputy))

    def be_free(self) -> None:
        """The company is free on a day to come, or is not after all."""
        free = self.company.free
        with self.change():
            if free and self.dice.random() < 0.5:
                self.do("holiday", "remove", free.pop(min(free)))
            else:
                day = self.now.date() + timedelta(self.dice.randint(-1, 5))
                if day not in free:
                    free[day] = int(self.do("holiday", "add", day, "--name", "Free", "-q"))

    def change_constant(self) -> None:
        """The company reminds otherwise."""
        name, words, value = self.dice.choice(
            [
                *[("hour", str(hour), hour) for hour in (3, 7, 8, 8, 12)],
                *[("offsets", days, tuple(map(int, days.split(",")))) for days in ("0", "0,1")],
                *[("late", policy, policy) for policy in ("send", "send", "digest", "skip")],
                *[("escalate_after", days, int(days)) for days in ("0", "1", "3", "10")],
                *[("digest", choice, choice) for choice in ("none", "none", "email")],
                ("channels", "yes", ("email", "message")),
                ("channels", "no", ("email",)),
            ]
        )
        self._set(name, value, "setting", "set", NAMES[name], words)

    def waver(self) -> None:
        """Another hour, and back again."""
        hour = self.company.hour
        if hour != 5:
            self._set("hour", 5, "setting", "set", NAMES["hour"], 5)
            self.remind()
            self._set("hour", hour, "undo")

    # -- small parts

    def _set(self, name: str, value: object, *words: object) -> None:
        with self.change():
            self.do(*words)
            if name == "digest" and value != self.company.digest:
                self.company.digest_changed_at = self.now
            setattr(self.company, name, value)

    def _close(self, task: Task) -> None:
        """A task that repeats has a next one once it is closed for the first time."""
        verb, last = "reopen", max(self.company.tasks)
        if task.is_open:
            verb = self.dice.choice(["done", "cancel"])
        self.do("task", verb, task.id)
        task.plan(self.now, is_open=not task.is_open)
        following = self._new_tasks(last)
        assert len(following) <= task.repeats, self.story()
        for one in following:
            one.repeats, task.repeats = True, False
            one.channels, one.offsets = task.channels, task.offsets
            assert one.day >= min(self.now.date(), task.day), self.story()

    def _new_tasks(self, last: int) -> list[Task]:
        """The tasks that the program has made since the one with an id."""
        found = []
        for number, day, at, assignee, team in self.watcher.rows(NEW_TASKS, last):
            term = at and moment(at)
            task = Task(0, self.now, date.fromisoformat(str(day)), term, assignee, team)
            self._keep(task, number)
            found.append(task)
        return found

    def _task(self) -> Task:
        day, at = self._term()
        task = Task(0, self.now, day, at)
        task.channels, task.offsets = self.dice.choice(CHANNELS), self.dice.choice(OFFSETS)
        if self.dice.random() < 0.2:
            task.team = self.team
        else:
            task.assignee = self._anybody().id
        return task

    def _keep(self, task: Task, number: int) -> None:
        task.id = number
        self.company.tasks[number] = task

    def _words(self, task: Task) -> list[object]:
        whom = task.assignee or "@service"
        words: list[object] = ["--due", self._typed(task.day, task.at), "--assignee", whom]
        words += ["--remind", ",".join(task.channels)] if task.channels else []
        words += ["--days-before", ",".join(map(str, task.offsets))] if task.offsets else []
        return words

    def _line(self, task: Task, subject: str) -> str:
        days, channels = ",".join(map(str, task.offsets)), ",".join(task.channels)
        zone = ZoneInfo(self.company.zone_of(task))
        day = task.at.astimezone(zone).date() if task.at else task.day
        at = task.at.strftime("%Y-%m-%dT%H:%MZ") if task.at else ""
        team = "service" if task.team else ""
        return f'{subject},{day},{at},{task.assignee or ""},{team},"{channels}","{days}"'

    def _move(self, task: Task, day: date, at: datetime | None) -> None:
        self.do("task", "edit", task.id, "--due", self._typed(day, at))
        if (at or day) != task.term:
            task.plan(self.now, day=day, at=at)

    def _move_person(self, person: Person, team: int | None) -> None:
        with self._employee(person, "--team", "service" if team else ""):
            person.team = team

    @contextmanager
    def _employee(self, person: Person, *words: object) -> Iterator[None]:
        """Edit an employee; inside, the model follows."""
        with self.change():
            self.do("employee", "edit", person.id, *words)
            yield

    def _term(self) -> tuple[date, datetime | None]:
        at = self.now + timedelta(hours=self.dice.randint(-48, 200))
        return at.date(), self.dice.choice([None, at.replace(minute=20, second=0)])

    def _typed(self, day: date, at: datetime | None) -> str:
        return at.strftime("%Y-%m-%d %H:%MZ") if at else day.isoformat()

    def _any_task(self) -> Task | None:
        """One of the last ones, mostly."""
        tasks = list(self.company.tasks.values())[-12:]
        return self.dice.choice(tasks) if tasks else None

    def _anybody(self) -> Person:
        return self.dice.choice([one for one in self.company.people.values() if not one.gone])
