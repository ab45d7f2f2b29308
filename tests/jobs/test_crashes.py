"""Several senders, and senders that are killed: every mail once, or known to be in doubt."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.outgoing import queue, statuses, use_folder, use_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm
    from tests.delivery.servers import MailServer
    from tests.jobs.conftest import HeldServer
    from tests.preloaded import Preloaded

MAILS = 24

SEND_BESIDE_OTHERS = """
from crm_cli.running.job import JobContext
from crm_cli.sending import senders
from crm_cli.start import make_app
app = make_app(color=False, config=None, database=None, user=None)
app.job = "send-outbox"
result = senders.send(app, JobContext(as_of=app.now, started_at=app.now))
print(result.items, *result.failures)
"""


def python(crm: Crm, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        env={**os.environ, **crm.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def received(server: MailServer) -> Counter[str]:
    """How often each Message-ID arrived."""
    return Counter(message_from_bytes(each)["Message-ID"] for each in server.received.messages)


def ids(crm: Crm, status: str) -> set[str]:
    """The Message-IDs of the mails in a status."""
    rows = execute(crm.url, "SELECT message_id FROM outbox WHERE status = ?", status)
    return {row[0] for row in rows}


def test_two_senders_at_once(crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    server = mail_server()
    use_server(crm, server.port)
    queue(crm, MAILS)

    senders = [python(crm, "-c", SEND_BESIDE_OTHERS) for _ in range(2)]
    said = [sender.communicate() for sender in senders]

    assert sum(int(out) for out, _ in said) == MAILS, said
    assert statuses(crm) == {"sent": MAILS}
    assert received(server) == dict.fromkeys(ids(crm, "sent"), 1)


@pytest.mark.parametrize(
    ("uncertain", "code", "said", "status"),
    [
        ("hold", 6, "mail 1 may have left and is held (the sender died at its", "held"),
        ("resend", 0, "mail 1 may have left and goes again with its Message-ID", "sent"),
    ],
)
def test_kill_at_the_final_dot(
    crm: Crm,
    preloaded: Preloaded,
    held_server: Callable[[str], HeldServer],
    uncertain: str,
    code: int,
    said: str,
    status: str,
) -> None:
    use_server(crm, held_server("dot").port)
    queue(crm, 1, uncertain=uncertain)
    sender = preloaded.start(crm.environment, "job", "run", "send-outbox")
    while not statuses(crm).get("dot"):
        time.sleep(0.05)

    sender.kill()
    sender.end()
    use_folder(crm)
    early = crm("job", "run", "send-outbox", "-v")
    result = crm("job", "run", "send-outbox", "-v", CRM_NOW="2026-11-23T08:16:00+00:00")

    assert early.stderr.splitlines()[1:] == ["send-outbox: nothing to send"]
    assert (result.exit_code, said in result.stderr) == (code, True)
    assert statuses(crm) == {status: 1}
