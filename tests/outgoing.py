"""Mails in the outbox of a test database, and where they arrive."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crm_cli import services
from crm_cli.delivery.addresses import Address
from crm_cli.start import make_app
from tests.conftest import NOW
from tests.execute import execute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlmodel import Session

    from tests.conftest import Crm

DUE = datetime.fromisoformat(NOW)
LETTER = {
    "kind": "quote",
    "recipients": [Address("jan@klient.example", "Jan Żak")],
    "subject": "Ofertă",
    "text": "Bună ziua!",
    "due_at": DUE,
}


@contextmanager
def transaction(crm: Crm) -> Iterator[Session]:
    """A transaction of our own, whatever CRM_NOW says."""
    app = make_app(color=False, config=None, database=crm.url, user=crm.user)
    app.real_clock = True
    with app.transaction() as tx:
        yield tx.session
    app.database.close()


def queue(crm: Crm, count: int = 1, **letter: Any) -> list[int]:
    """Queue mails in one transaction; their ids."""
    given: Any = LETTER | letter
    with transaction(crm) as session:
        mails = [services.outbox.queue.enqueue(session, **given) for _ in range(count)]
    return [mail.key for mail in mails]


def use_folder(crm: Crm) -> Path:
    """Let mail leave into a folder of the test; where it arrives."""
    folder = crm.home / "sent"
    assert crm("setting", "set", "mail.url", f"maildir:{folder}").exit_code == 0
    assert crm("setting", "set", "company.domain", "firma.example").exit_code == 0
    return folder / "new"


def use_server(crm: Crm, port: int, options: str = "?starttls=no") -> None:
    """Let mail leave by a server on this machine."""
    url = f"smtp://127.0.0.1:{port}{options}"
    assert crm("setting", "set", "mail.url", url).exit_code == 0
    assert crm("setting", "set", "mail.from", "Firma SRL <crm@firma.example>").exit_code == 0


def statuses(crm: Crm) -> dict[str, int]:
    """How many mails are in each status."""
    counts = "SELECT status, count(*) FROM outbox GROUP BY status ORDER BY status"
    return dict(execute(crm.url, counts))
