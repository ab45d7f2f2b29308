"""The program and the model side by side: the same life, and what a run makes of it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.simulation.forks import BUSY, KILLED
from tests.simulation.known import Decided, Key, Person
from tests.simulation.model import Company

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.conftest import Crm
    from tests.simulation.forks import Forks
    from tests.simulation.watcher import Watcher

REMIND = ("job", "run", "remind")
SEND = ("job", "run", "send-outbox")
GREETINGS = {"ro": "Bună ziua", "pl": "Dzień dobry", "en": "Hello"}
AFTER_A_LEASE = timedelta(minutes=16)
LEDGER = """
SELECT r.id, r.ledger_key, r.state, r.is_late, r.due_at, r.decided_at, r.outbox_id, r.message_id,
       o.employee_id, o.recipients, o.text, m.employee_id, m.text, r.deputy_id
FROM reminder r LEFT JOIN outbox o ON o.id = r.outbox_id LEFT JOIN message m ON m.id = r.message_id
WHERE r.id > ? ORDER BY r.id"""
LOOSE = """
SELECT 'mail', id, subject FROM outbox WHERE kind = 'reminder' AND id NOT IN (
    SELECT outbox_id FROM reminder WHERE outbox_id IS NOT NULL)
UNION ALL SELECT 'message', id, text FROM message WHERE id NOT IN (
    SELECT message_id FROM reminder WHERE message_id IS NOT NULL)"""


@dataclass(frozen=True)
class Written:
    """A ledger row with what carries it."""

    key: Key
    decided: Decided
    decided_at: datetime
    carrier: tuple[str, int] | None
    employee: int | None
    address: str
    text: str


def written(row: tuple[Any, ...]) -> Written:
    """Read a row of the ledger."""
    (
        _,
        key,
        state,
        is_late,
        due_at,
        decided_at,
        mail,
        message,
        to,
        address,
        letter,
        *inbox,
        deputy,
    ) = row
    told = state in {"sent", "skipped"}
    carriers = [("mail", mail)] * (mail is not None) + [("message", message)] * bool(message)
    return Written(
        Key.parse(key),
        Decided(state, bool(is_late) and told, moment(due_at), deputy),
        moment(decided_at),
        carriers[0] if len(carriers) == 1 else None,
        to if mail else inbox[0],
        address or "",
        letter or inbox[1] or "",
    )


def moment(found: str | datetime) -> datetime:
    """A moment as either database gives it."""
    if isinstance(found, datetime):
        return found.astimezone(UTC)
    return datetime.fromisoformat(found)


class World:
    """A company in the program and in the model, and a clock."""

    arrived: Path
    """Where mail arrives."""

    def __init__(self, crm: Crm, forks: Forks, watcher: Watcher, dice: random.Random) -> None:
        self.crm, self.forks, self.watcher, self.dice = crm, forks, watcher, dice
        self.company = Company("Europe/Bucharest")
        self.history: list[str] = []
        self._last = 0

    @property
    def now(self) -> datetime:
        """The clock of both."""
        return datetime.fromisoformat(self.crm.now)

    def wait_until(self, now: datetime) -> None:
        """Let time pass."""
        self.crm.now = now.isoformat()

    def do(self, *words: object) -> str:
        """Give a command that must succeed; the id it prints."""
        self.history.append(f"{self.crm.now[:16]}  {' '.join(map(str, words))}")
        result = self.crm(*words)
        assert result.exit_code == 0, self.story(result.stderr)
        return result.stdout.strip()

    def hire(self, name: str, **known: Any) -> Person:
        """An employee of both; `known` is what the model has to know."""
        person = Person(0, **known)
        words = [("--timezone", person.zone), ("--language", person.language)]
        words += [("--email", person.email)] if person.email else []
        words += [("--login", person.login)] if person.login else []
        number = int(self.do("employee", "add", "--name", name, *sum(words, ()), "-q"))
        self.company.people[number] = replace(person, id=number, digest_since=self.now)
        return self.company.people[number]

    @contextmanager
    def change(self) -> Iterator[None]:
        """Change what all reminders depend on; the ledger may say of what nobody will be told."""
        with self.company.change(self.now):
            yield
        for key, one in self._written().items():
            settled = self.company.tasks[key.subject].settled
            assert key in settled, self.story(str(one))
            assert one.decided.state == "skipped", self.story(str(one))
            self.company.accept({key: one.decided}, self.now)

    def remind(self) -> None:
        """A run of the job to its end; two at once, one killed before, one that looks ahead."""
        way = self.dice.random()
        self.history.append(f"{self.crm.now[:16]}  remind {way:.2f}")
        if way < 0.15:
            self._killed()
        if way < 0.05:
            return  # and nobody starts it again for now
        as_of = self.now
        if 0.15 <= way < 0.25:
            self._twice()
        else:
            as_of += timedelta(hours=self.dice.choice([7, 30])) * (way > 0.9)
            words = ("--as-of", f"{as_of:%Y-%m-%d %H:%MZ}") if way > 0.9 else ()
            result = self.crm(*REMIND, *words)
            assert (result.exit_code, result.stdout) == (0, ""), self.story(result.stderr)
        self._compare(as_of, whole=True)

    def _killed(self) -> None:
        deadly = self.dice.randint(1, 55)
        ended = self.forks.run(self.crm, *REMIND, deadly=deadly)
        assert ended.code in {KILLED, 0}, self.story(ended.said)
        self.history.append(f"    killed at {ended.point}")
        self._compare(self.now, whole=ended.code == 0)

    def _twice(self) -> None:
        both = self.forks.run_at_once(self.crm, (REMIND, 0), (REMIND, 0))
        codes = {ended.code for ended in both}
        assert 0 in codes, self.story(str(both))
        assert codes <= {0, BUSY}, self.story(str(both))

    def _compare(self, as_of: datetime, *, whole: bool) -> None:
        """What is new in the ledger is what the model decides; a killed run may have begun."""
        found = self._written()
        expected = self._expected(found.keys(), as_of, whole=whole)
        decided = {key: one.decided for key, one in found.items()}
        assert decided == expected, self.difference(decided, expected)
        self._check_carriers(list(found.values()), whole=whole)

    def _written(self) -> dict[Key, Written]:
        """What is new in the ledger."""
        rows = self.watcher.rows(LEDGER, self._last)
        self._last = rows[-1][0] if rows else self._last
        found = {one.key: one for one in map(written, rows)}
        assert len(found) == len(rows), self.story()
        return found

    def _expected(
        self, found: Iterable[Key], as_of: datetime, *, whole: bool
    ) -> dict[Key, Decided]:
        """Reminders come before the letters of the day, of a task and of a person all or none."""
        begun = {(key.kind == "digest", key.subject) for key in found}
        expected: dict[Key, Decided] = {}
        for decide in (self.company.decide, self.company.decide_digests):
            decided = decide(as_of)
            for key in [] if whole else list(decided):
                if (key.kind == "digest", key.subject) not in begun:
                    del decided[key]
            self.company.accept(decided, self.now)
            expected |= decided
        return expected

    def _check_carriers(self, found: list[Written], *, whole: bool) -> None:
        sent = [one for one in found if one.decided.state == "sent"]
        letters: dict[Any, set[Key]] = {}
        for one in sent:
            letters.setdefault(one.carrier, set()).add(one.key)
            self._check_carrier(one)
        for one in sent:
            if one.carrier and one.carrier[0] == "mail":
                self._check_words(one, is_alone=len(letters[one.carrier]) == 1)
        if whole:
            expected = self.company.letters({one.key: one.decided for one in found})
            assert {frozenset(keys) for keys in letters.values()} == expected, self.story()
        loose = self.watcher.rows(LOOSE)
        assert loose == [], self.story(str(loose))
        others = [one for one in found if one.decided.state != "sent" and one.carrier]
        assert others == [], self.story()

    def _check_carrier(self, one: Written) -> None:
        person = self.company.people[one.decided.deputy or one.key.recipient]
        assert one.decided_at == self.now, self.story(str(one))
        assert one.carrier, self.story(str(one))
        assert one.carrier[0] == {"email": "mail"}.get(one.key.channel, one.key.channel)
        assert one.employee == person.id, self.story(str(one))
        assert one.carrier[0] == "message" or f"<{person.email}>" in one.address, str(one)

    def _check_words(self, one: Written, *, is_alone: bool) -> None:
        """A mail speaks the language of who gets it, and tells the time of his zone."""
        person = self.company.people[one.decided.deputy or one.key.recipient]
        assert one.text.startswith(GREETINGS[person.language]), self.story(str(one))
        at = self.company.tasks[one.key.subject].at if one.key.kind == "task" else None
        if at and is_alone:
            assert f"{at.astimezone(ZoneInfo(person.zone)):%H:%M}" in one.text, self.story(str(one))

    def send(self, deadly: int = 0) -> None:
        """A run of the job that sends, perhaps killed; the next one starts after its lease."""
        ended = self.forks.run(self.crm, *SEND, deadly=deadly)
        self.history.append(f"{self.crm.now[:16]}  send-outbox: {ended}")
        assert ended.code in {0, KILLED}, self.story(ended.said)
        self.wait_until(self.now + AFTER_A_LEASE)

    def check_arrivals(self) -> None:
        """Each mail has arrived, more than once only where a run has told its doubt."""
        mails = self.watcher.rows("SELECT id, message_id, status FROM outbox")
        told = "\n".join(row[0] or "" for row in self.watcher.rows("SELECT summary FROM job_run"))
        copies = Counter(
            message_from_bytes(file.read_bytes())["Message-ID"] for file in self.arrived.iterdir()
        )
        assert copies.keys() == {name for _, name, _ in mails}
        for number, name, status in mails:
            assert status == "sent", self.story(f"mail {number} is {status}")
            assert copies[name] <= 1 + told.count(f"mail {number} may have left"), number

    def difference(self, found: dict[Key, Decided], expected: dict[Key, Decided]) -> str:
        """What the ledger has and what the model, and what happened to the tasks in question."""
        keys = sorted(key for key in found | expected if found.get(key) != expected.get(key))
        lines = [f"{key}: ledger {found.get(key)}, model {expected.get(key)}" for key in keys]
        for key in keys:
            lines.append(repr(self.company.people[key.recipient]))
            if key.kind != "digest":
                lines.append(repr(self.company.tasks[key.subject]))
                asked = "SELECT next_reminder_at, planned_at FROM task WHERE id = ?"
                lines += map(str, self.watcher.rows(asked, key.subject))
        return self.story("\n".join(lines))

    def story(self, more: str = "") -> str:
        """What happened last, for the reader of a failure."""
        return "\n".join(["", *self.history[-60:], more])
