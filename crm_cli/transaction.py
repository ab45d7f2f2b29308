"""One writing transaction: a session, who writes, and reading what was written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from crm_cli.audit import watch
from crm_cli.reader import Reader
from crm_cli.references import resolve
from crm_cli.services.mail import recognition
from crm_cli.views.query import read
from schema.database import write_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session

    from crm_cli.audit import Origin
    from crm_cli.database import Database
    from crm_cli.views.table import Table
    from crm_cli.views.types import Place
    from crm_cli.views.view import View


class Transaction:
    """What a command uses inside `with app.transaction()`."""

    def __init__(self, session: Session, dialect: str, place: Place, person_id: int | None) -> None:
        self.session = session
        self.place = place
        self.person_id = person_id
        self.discarded = False
        self._dialect = dialect

    @property
    def now(self) -> datetime:
        """The moment of the command."""
        return self.place.now

    @property
    def reader(self) -> Reader:
        """Reads through the writer's own connection, so it sees what was just written."""
        self.session.flush()
        connection: Any = self.session.connection().connection.driver_connection
        return Reader(connection, self._dialect)

    def move_to(self, place: Place) -> None:
        """Go on as somebody at another place, as the lines of a batch before this one made it."""
        self.place = self.session.info["place"] = place

    def discard(self) -> None:
        """Let nothing of this transaction stay when its block ends."""
        self.discarded = True

    def resolve(self, view: View, reference: str) -> int:
        """The id a reference stands for."""
        return resolve(self.reader, view, reference, self.person_id)

    def read(self, view: View, *ids: int) -> Table:
        """The records as they stand now; one id gives a single record."""
        return read(self.reader, view, ids, self.place)


@contextmanager
def begin(
    database: Database,
    origin: Origin,
    place: Place,
    *,
    person_id: int | None,
    dry: bool,
    templates: Path | None = None,
) -> Iterator[Transaction]:
    """Run one transaction: it commits at the end of the block, unless it is dry or discarded."""
    info = {"origin": origin, "place": place, "person_id": person_id, "templates": templates}
    with (
        database.translated(),
        write_session(database.engine, database.url, info) as session,
    ):
        watch(session)
        transaction = Transaction(session, database.url.dialect, place, person_id)
        yield transaction
        recognition.recognise(session)
        if dry or transaction.discarded:
            session.flush()
            session.expunge_all()
            session.rollback()
        else:
            session.commit()
