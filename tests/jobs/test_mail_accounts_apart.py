"""`crm job run send-outbox` with several mail accounts: each has its server and its troubles."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.delivery.servers import PASSWORD
from tests.execute import execute
from tests.outgoing import queue, statuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Crm
    from tests.delivery.servers import MailServer


def add(crm: Crm, name: str, url: str, *words: str) -> int:
    sender = ("--from", f"{name}@firma.example")
    return crm.id("mail-account", "add", name, "--url", url, *sender, *words)


def queue_by(crm: Crm, number: int, count: int = 1) -> None:
    for mail in queue(crm, count):
        execute(crm.url, f"UPDATE outbox SET mail_account_id = {number} WHERE id = {mail}")


@pytest.mark.proves("R144", "R245")
def test_send_each_by_its_own_server(
    crm: Crm, mail_server: Callable[..., MailServer], certificate: Path
) -> None:
    company, own = mail_server(), mail_server(certificate=certificate, login=True)
    add(crm, "office", f"smtp://127.0.0.1:{company.port}?starttls=no", "--default")
    password = ("--password-command", f"echo '{PASSWORD}'")
    mine = add(crm, "mine", f"smtp://ana@localhost:{own.port}", *password)
    queue(crm)
    queue_by(crm, mine, 2)
    queue(crm)

    result = crm("job", "run", "send-outbox", "-v", CRM_CA_FILE=str(certificate))

    assert (result.exit_code, result.stderr) == (0, "send-outbox: 4 sent\n")
    assert company.received.mail_from == ["office@firma.example"] * 2
    assert own.received.mail_from == ["mine@firma.example"] * 2
    assert (company.received.connections, own.received.connections) == (1, 1)


@pytest.mark.parametrize("down", ["no server", "no password"])
def test_stop_only_the_mails_of_the_account_that_is_down(
    crm: Crm, mail_server: Callable[..., MailServer], down: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    user = "ana@" if down == "no password" else ""
    company = mail_server()
    add(crm, "office", f"smtp://127.0.0.1:{company.port}?starttls=no", "--default")
    queue_by(crm, add(crm, "mine", f"smtp://{user}127.0.0.1:{port}?starttls=no"), 2)
    queue(crm, 2)

    result = crm("job", "run", "send-outbox")

    assert result.exit_code == 6
    assert result.stderr.startswith("crm: The job send-outbox could not do 1 of its items.\n")
    assert statuses(crm) == {"queued": 2, "sent": 2}


def test_the_default_down_stops_nobody_else(crm: Crm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    add(crm, "office", f"smtp://127.0.0.1:{port}?starttls=no", "--default")
    queue(crm, 2)
    queue_by(crm, add(crm, "mine", f"maildir:{crm.home / 'own'}"))

    result = crm("job", "run", "send-outbox")

    assert result.exit_code == 6
    assert statuses(crm) == {"queued": 2, "sent": 1}
