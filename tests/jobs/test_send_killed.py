"""Senders killed at every point while they settle what another killed sender has left."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from email import message_from_bytes
from itertools import count
from typing import TYPE_CHECKING

from schema.connection import DatabaseUrl
from tests.conftest import NOW
from tests.outgoing import queue, use_folder, use_server
from tests.simulation.conftest import forks
from tests.simulation.forks import KILLED
from tests.simulation.test_every_kill import LONG
from tests.simulation.watcher import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.conftest import Crm
    from tests.delivery.servers import MailServer
    from tests.simulation.forks import Ended, Forks
    from tests.simulation.watcher import Watcher

__all__ = ["forks"]  # a fixture of another folder

STRIDES = {"sqlite": 5, "postgresql": 10}
"""Every how many points a run is killed; where the simulation has time, each one."""

SEND = ("job", "run", "send-outbox")
DIED_AT_THE_DOT = """
UPDATE outbox SET status = 'dot', claimed_by = 'dead', first_tried_at = ?, tried_at = ?,
  lease_until = ?"""
LOG = "SELECT coalesce(summary, '') || coalesce(error, '') FROM job_run"
OUTCOME = "SELECT status, message_id FROM outbox ORDER BY id"


def moment(minutes: int) -> str:
    return (datetime.fromisoformat(NOW) + timedelta(minutes=minutes)).isoformat()


def kills(crm: Crm, forks: Forks, watcher: Watcher) -> Iterator[Ended]:
    """Kill a run at each of its points in turn and let another finish, until one ends by itself."""
    forks.warm(crm)
    before = watcher.remember()
    for deadly in count(1, 1 if LONG else STRIDES[DatabaseUrl.parse(crm.url).dialect]):
        watcher.restore(before)
        crm.now = moment(16)
        killed = forks.run(crm, *SEND, deadly=deadly)
        crm.now = moment(32)
        forks.run(crm, *SEND)
        yield killed
        if killed.code != KILLED:
            return


def copies(watcher: Watcher, messages: Iterable[bytes]) -> list[tuple[str, int]]:
    """Each mail's status, and how often it arrived."""
    ids = Counter(message_from_bytes(each)["Message-ID"] for each in messages)
    return [(status, ids[message_id]) for status, message_id in watcher.rows(OUTCOME)]


def log(watcher: Watcher) -> str:
    return "\n".join(text for (text,) in watcher.rows(LOG))


def test_kill_a_sender_that_settles_what_another_left(
    crm: Crm, forks: Forks, mail_server: Callable[..., MailServer]
) -> None:
    server = mail_server()
    use_server(crm, server.port)
    for policy in ("resend", "hold"):
        queue(crm, uncertain=policy)
    with watch(crm) as watcher:
        watcher.write(DIED_AT_THE_DOT, NOW, NOW, moment(15))
        for killed in kills(crm, forks, watcher):
            (status, arrived), other = copies(watcher, server.received.messages)
            told = log(watcher)
            assert status == "sent", killed
            assert 1 <= arrived <= told.count("mail 1 may have left and goes again"), killed
            assert other == ("held", 0), killed
            assert "mail 2 may have left and is held" in told, killed
            server.received.messages.clear()


def test_kill_a_sender_into_a_folder(sqlite_crm: Crm, forks: Forks) -> None:
    folder = use_folder(sqlite_crm)
    queue(sqlite_crm, uncertain="hold")
    with watch(sqlite_crm) as watcher:
        for killed in kills(sqlite_crm, forks, watcher):
            ((status, arrived),) = copies(watcher, (file.read_bytes() for file in folder.iterdir()))
            assert (status, arrived) in {("sent", 1), ("held", 0), ("held", 1)}, killed
            assert (status == "held") == ("mail 1 may have left" in log(watcher)), killed
            for file in folder.iterdir():
                file.unlink()

    assert sqlite_crm("db", "check").exit_code == 0
