"""What the senders of one run share: its clock, how many mails are left to take, what was told."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING

from crm_cli.running.job import JobResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.running.job import JobContext
    from crm_cli.services.outbox.claims import Paced

STAY = timedelta(seconds=55)
"""How long a run waits for the pace: until shortly before cron starts the next one.

What was queued meanwhile is due in that one, and may be for others than those that wait.
"""

GLANCE = 0.1
"""Seconds after which a sender that waits looks whether a signal has come."""

OUTCOMES = ("sent", "put off", "failed", "held")


@dataclass
class Told:
    """What a run has to tell: a failure makes it end with code 6, a note does not."""

    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """All of it."""
        return [*self.failures, *self.notes]

    def add(self, other: Told) -> None:
        """Take what another one tells, each line once."""
        self.failures += [line for line in other.failures if line not in self.failures]
        self.notes += [line for line in other.notes if line not in self.notes]


class SendingRun:
    """One run; its methods may be called from several threads."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._ahead = timedelta()
        self._lock = Lock()
        self._taken: Iterator[int] = count()
        self._waiting = 0
        self._counts: Counter[str] = Counter()
        self._told = Told()
        self._out_of_reach: set[int | None] = set()
        self.broken = False
        """Whether a sender ended with an error, which ends the run."""

    @property
    def as_of(self) -> datetime:
        """The moment up to which mails are due."""
        return self._context.as_of

    @property
    def now(self) -> datetime:
        """The clock by which claims are stamped: that of the database, which machines share."""
        return self._context.now + self._ahead

    def set_clock(self, of_database: datetime | None) -> None:
        """Take over how far the clock of the database is ahead of ours."""
        if of_database is not None:
            ahead = of_database - datetime.now(UTC)
            self._ahead = timedelta(seconds=round(ahead.total_seconds()))

    def wants_more(self) -> bool:
        """Whether a sender may take one more mail."""
        if self.broken or self._context.stop.requested:
            return False
        return self._context.limit is None or next(self._taken) < self._context.limit

    def wait(self, paced: Paced, known: frozenset[int | None]) -> bool:
        """Wait until the pace lets a mail go; false where that is left to the next run.

        It ends too when more than the known accounts are out of reach: perhaps all that waits
        is for those.
        """
        self._waiting = paced.waiting
        if paced.until > self._context.started_at + self._ahead + STAY:
            return False
        while self.now < paced.until and self.out_of_reach == known:
            if self.broken or self._context.stop.requested:
                return False
            time.sleep(GLANCE)
        self._waiting = 0
        return True

    @property
    def out_of_reach(self) -> frozenset[int | None]:
        """The mail accounts that wait for the next run."""
        return frozenset(self._out_of_reach)

    def leave_out(self, account: int | None) -> None:
        """Let the mails of an account wait for the next run; those of others go on."""
        self._out_of_reach.add(account)

    def record(self, outcome: str, told: Told) -> None:
        """Count a mail, and keep what is to be told of it."""
        with self._lock:
            self._counts[outcome] += 1
        self.tell(told)

    def tell(self, told: Told) -> None:
        """Keep what is to be told at the end."""
        with self._lock:
            self._told.add(told)

    def result(self) -> JobResult:
        """What the run came to."""
        counted = [f"{self._counts[name]} {name}" for name in OUTCOMES if self._counts[name]]
        if self._waiting:
            counted.append(f"{self._waiting} wait for their turn")
        summary = "; ".join([", ".join(counted) or "nothing to send", *self._told.notes])
        return JobResult(self._counts.total(), summary, tuple(self._told.failures))
