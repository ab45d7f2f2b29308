"""`remind` and `send-outbox` killed at every point there is: nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import datetime, timedelta
from email import message_from_bytes
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.outgoing import queue, use_server
from tests.simulation.forks import DIED, KILLED
from tests.simulation.watcher import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Crm
    from tests.delivery.servers import MailServer
    from tests.simulation.forks import Ended, Forks
    from tests.simulation.watcher import Watcher

REMIND = ("job", "run", "remind")
SEND = ("job", "run", "send-outbox")
REMINDED = """
SELECT r.ledger_key, r.state, r.is_late, o.recipients, o.subject, m.employee_id, m.text
FROM reminder r LEFT JOIN outbox o ON o.id = r.outbox_id LEFT JOIN message m ON m.id = r.message_id
ORDER BY r.ledger_key"""
RUNS = "SELECT state FROM job_run ORDER BY id"
NEXT = "SELECT id, next_reminder_at FROM task ORDER BY id"
CARRIERS = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM message)"
LONG = "CRM_SIMULATION_SEEDS" in os.environ
STRIDE = 1 if LONG else 7
"""Every how many points senders are killed; of those that find a dead one tests of jobs tell."""
AFTER_A_LEASE = timedelta(minutes=16)
SENT, LATE, COVERED, UNREACHABLE = (
    ("sent", False),
    ("sent", True),
    ("covered", False),
    ("unreachable", False),
)


def plan(crm: Crm) -> None:
    """Tasks of every kind, for people of every kind, due while nothing ran."""
    crm.ok("team", "add", "--code", "service", "--name-en", "Service")
    for name, *more in (
        ("jan", "--email", "jan@f.example", "--timezone", "Europe/Warsaw", "--team", "service"),
        ("kate", "--email", "kate@f.example", "--language", "en", "--team", "service"),
        ("ion",),
    ):
        crm.ok("employee", "add", "--name", name, "--login", name, *more)
    for due, *more in (
        ("2026-11-26", "--remind", "email,message"),
        ("2026-11-26 10:00", "--assignee", "kate", "--days-before", "0,1,2,3"),
        ("2026-11-29", "--days-before", "3", "--remind", "message"),
        ("2026-11-26", "--assignee", "@service"),
        ("2026-11-26", "--assignee", "ion"),
        *[("2026-11-25", "--assignee", "jan")] * 4,
    ):
        crm.ok("task", "add", "Sună", "--due", due, *more)
    crm.now = "2026-11-26T08:30:00+00:00"


def reminded(watcher: Watcher) -> list[Any]:
    """Every ledger row with what carries it, and how many carriers there are."""
    return watcher.rows(REMINDED) + watcher.rows(CARRIERS)


def left_over(watcher: Watcher) -> list[Any]:
    """What the next run finds; it does the same wherever it finds the same."""
    return reminded(watcher) + watcher.rows(RUNS) + watcher.rows(NEXT)


@pytest.mark.proves("R126")
def test_kill_remind_at_every_point(crm: Crm, forks: Forks) -> None:
    plan(crm)
    forks.warm(crm)
    with watch(crm) as watcher:
        before = watcher.remember()
        forks.run(crm, *REMIND)
        expected = reminded(watcher)

        known: list[Any] = []
        for deadly in count(1):
            watcher.restore(before)
            killed = forks.run(crm, *REMIND, deadly=deadly)
            if killed.code != KILLED:
                break
            if (left := left_over(watcher)) not in known:
                known.append(left)
                again = forks.run(crm, *REMIND)
                assert (again.code, reminded(watcher)) == (0, expected), killed
                assert re.fullmatch(DIED, again.said), killed

    states = Counter((state, bool(is_late)) for _, state, is_late, *_ in expected[:-1])
    assert states == {SENT: 6, LATE: 4, COVERED: 3, UNREACHABLE: 1}
    assert expected[-1] == (5, 2)
    assert deadly > 50
    assert len(known) == 3, known  # nothing, a run that began, one that reminded of all


class Senders:
    """Runs of `send-outbox`, and what arrived at the server."""

    def __init__(self, crm: Crm, forks: Forks, watcher: Watcher, server: MailServer) -> None:
        self.crm, self._forks, self._watcher, self._server = crm, forks, watcher, server
        self.again, self.held = (queue(crm, uncertain=policy)[0] for policy in ("resend", "hold"))
        self._before = watcher.remember()

    def begin(self) -> None:
        """Two mails wait, one of each policy, and nothing has happened."""
        self._watcher.restore(self._before)
        self._server.received.messages.clear()
        self.crm.now = NOW

    def run(self, deadly: int = 0) -> Ended:
        """A run that starts when the leases of all before it have ended."""
        ended = self._forks.run(self.crm, *SEND, deadly=deadly)
        self.crm.now = (datetime.fromisoformat(self.crm.now) + AFTER_A_LEASE).isoformat()
        return ended

    def copies(self, number: int) -> int:
        """How often a mail arrived."""
        found = self._watcher.rows("SELECT message_id FROM outbox WHERE id = ?", number)[0][0]
        arrived = map(message_from_bytes, self._server.received.messages)
        return [mail["Message-ID"] for mail in arrived].count(found)

    def status(self, number: int) -> str:
        """What became of a mail."""
        found: str = self._watcher.rows("SELECT status FROM outbox WHERE id = ?", number)[0][0]
        return found

    def log(self) -> str:
        """All that runs have told."""
        told = "SELECT coalesce(summary, '') || coalesce(error, '') FROM job_run ORDER BY id"
        return "\n".join(row[0] for row in self._watcher.rows(told))

    def check(self, killed: Ended) -> None:
        """Nothing is lost, and what may have gone twice was told."""
        doubts = self.log().count(f"mail {self.again} may have left")
        assert self.status(self.again) == "sent", killed
        assert 1 <= self.copies(self.again) <= 1 + doubts, (killed, self.log())
        status, copies = self.status(self.held), self.copies(self.held)
        assert (status, copies) in {("sent", 1), ("held", 1), ("held", 0)}, killed
        assert (status == "held") == ("1 held" in self.log()), (killed, self.log())


@pytest.fixture
def senders(
    sqlite_crm: Crm, forks: Forks, mail_server: Callable[..., MailServer]
) -> Iterator[Senders]:
    """Senders to a server that takes all."""
    server = mail_server()
    use_server(sqlite_crm, server.port)
    forks.warm(sqlite_crm)
    with watch(sqlite_crm) as watcher:
        yield Senders(sqlite_crm, forks, watcher, server)


def test_kill_senders_at_every_point(senders: Senders) -> None:
    for deadly in count(1, STRIDE):
        senders.begin()
        killed = senders.run(deadly)
        senders.run()
        senders.check(killed)
        if killed.code != KILLED:
            break

    assert deadly > 40
