"""Commands beside an import of mail on PostgreSQL, whose transactions run at the same time."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from crm_cli.attachments import measure
from crm_cli.incoming import prepare
from crm_cli.mailbox import Message, read_messages
from crm_cli.services.mail import filing
from crm_cli.start import make_app
from tests.conftest import Crm, Result
from tests.letters import import_mail, write_eml
from tests.postgres import is_blocked
from tests.services.mail.test_copies import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlmodel import Session

CONTACT = ("contact", "add", "--name", "Ion Popescu", "--email", "ion@moldo.example")


@pytest.fixture
def server_crm(postgresql_url: str, tmp_path: Path) -> Crm:
    return Crm(postgresql_url, tmp_path)


@contextmanager
def importing(crm: Crm, file: Path) -> Iterator[Session]:
    """An import that has filed a file and commits at the end of the block."""
    app = make_app(color=False, config=None, database=crm.url, user=crm.user)
    app.real_clock = True
    with app.transaction() as tx:
        take(tx.session, file)
        yield tx.session
    app.database.close()


def take(session: Session, file: Path) -> None:
    read = read_messages(file, ZoneInfo("Europe/Bucharest"))
    messages = [one for one in read if isinstance(one, Message)]
    batch = [prepare(one, str(file), measure, 1 << 20) for one in messages]
    filing.file_batch(session, batch, with_tasks=False)


class Command(Thread):
    """A command that is given beside what else happens; started, it has ended or is blocked."""

    def __init__(self, crm: Crm, *words: str) -> None:
        super().__init__()
        self.given = (crm, words)
        self.result: Result | None = None
        self.start()
        while self.is_alive() and not is_blocked(crm.url):
            time.sleep(0.005)

    def run(self) -> None:
        crm, words = self.given
        self.result = crm(*words)

    def ended(self) -> tuple[int, str]:
        self.join()
        assert self.result
        return self.result.exit_code, self.result.stderr


@pytest.mark.proves("R142")
def test_match_what_an_import_was_filing(server_crm: Crm, tmp_path: Path) -> None:
    (mail,) = written(tmp_path, ["plain.eml"])

    with importing(server_crm, mail):
        command = Command(server_crm, *CONTACT)

    assert command.ended()[0] == 0
    assert server_crm.ok("mail", "show", 1)["contact"] == "Ion Popescu"


@pytest.mark.parametrize("words", [CONTACT, ("mail", "match")])
def test_match_what_an_import_completes(
    server_crm: Crm, tmp_path: Path, words: tuple[str, ...]
) -> None:
    text, mail = written(tmp_path, ["outlook.txt", "plain.eml"])
    import_mail(server_crm, text)
    server_crm("employee", "add", "--name", "Ion Popescu", "--login", "ion")

    with importing(server_crm, write_eml(tmp_path, "other", From="x@y.example")) as session:
        command = Command(server_crm, *words)
        take(session, mail)

    assert command.ended()[0] == 0
    assert server_crm.ok("mail", "show", 1)["sender_email"] == "ion@moldo.example"
