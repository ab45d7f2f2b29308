"""The database of a run: its connections, kept for as long as the process needs them."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from crm_cli.errors import Busy, Conflict, CrmError, InvalidData, NotReady
from crm_cli.reader import Reader
from schema.connection import DatabaseUrl, LockTimeout, UnusableUrl, connect_reader
from schema.version import REVISION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

LOCKED = "The database is locked by another command."
POOLER = "In pgbouncer.ini: pool_mode = session, ignore_startup_parameters = options."
LOST_SESSION = {"26000", "34000", "42P05"}
"""No such prepared statement or cursor, or one of another's: a pooler swaps sessions."""
SHORT_OF = {"53", "54", "58"}
"""The server is there, but out of room, memory or connections, or its disk fails."""
NOT_ALLOWED = {"25006", "42501"}
"""The server is a standby that only reads, or has not granted us a table."""
TAKEN = "If another command wrote the same meanwhile, run yours again."


class Database:
    """Opens the reader and the writer's engine when they are first asked for."""

    def __init__(self, url: str) -> None:
        try:
            self.url = DatabaseUrl.parse(url)
        except UnusableUrl as error:
            raise NotReady(
                f"'{url}' is not a database.",
                hint="Use a file, sqlite:///FILE or postgresql://USER@HOST/NAME.",
            ) from error
        self._reader: Reader | None = None
        self._engine: Engine | None = None

    @property
    def reader(self) -> Reader:
        """A reader of a database that is known to be at the program's revision."""
        if self._reader is None:
            with self.translated():
                self._reader = self._open()
        return self._reader

    @property
    def engine(self) -> Engine:
        """The writer's engine."""
        if self._engine is None:
            from schema.database import make_engine

            self.check_file()
            self._engine = make_engine(self.url)
        return self._engine

    def check_file(self) -> None:
        """Raise NotReady where there is no SQLite file yet."""
        if self.url.path is not None and not self.url.path.is_file():
            raise NotReady(f"There is no database at {self.url.path}.", hint="`crm init` makes it.")

    def _open(self) -> Reader:
        self.check_file()
        reader = Reader(connect_reader(self.url), self.url.dialect)
        try:
            check_revision(reader, str(self.url))
        except BaseException:
            reader.close()
            raise
        return reader

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the drivers' errors into ours."""
        try:
            yield
        except CrmError:
            raise
        except LockTimeout as error:
            raise Busy(LOCKED, hint="Try again in a moment.") from error
        except Exception as error:
            raise _ours(error, self.url) or error from error

    def close(self) -> None:
        """Close what was opened."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def check_revision(reader: Reader, url: str) -> None:
    """Raise NotReady unless the database is at the revision of this program."""
    found = revision(reader)
    if found == REVISION:
        return
    if found is None:
        raise NotReady(f"{url} holds no CRM database.", hint="`crm init` makes it.")
    raise NotReady(
        f"The database is at revision {found}, this program works with {REVISION}.",
        hint="`crm db upgrade` brings it up to date." if found < REVISION else "Upgrade crm.",
    )


def revision(reader: Reader) -> str | None:
    """The revision of a database, None where there is none."""
    tables = "sqlite_master" if reader.dialect.name == "sqlite" else "pg_tables"
    name = "name" if reader.dialect.name == "sqlite" else "tablename"
    exists = f"SELECT 1 FROM {tables} WHERE {name} = 'alembic_version'"  # noqa: S608 - constants
    if reader.value(exists) is None:
        return None
    found: str | None = reader.value("SELECT version_num FROM alembic_version")
    return found


def _ours(error: Exception, url: DatabaseUrl) -> CrmError | None:
    if isinstance(error, UnicodeEncodeError):
        return InvalidData("The command holds bytes that are no UTF-8 text.")
    original: Any = getattr(error, "orig", None) or error
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(original, url)
    if type(original).__module__.startswith("psycopg"):
        return _of_postgresql(original, url)
    if type(error).__name__ == "StaleDataError":
        return Conflict("Someone changed the record meanwhile.", hint="Run the command again.")
    return None


def _of_sqlite(error: sqlite3.Error, url: DatabaseUrl) -> CrmError | None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(LOCKED, hint="Try again in a moment.")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return NotReady(f"{url.path} is not a usable SQLite database: {error}.")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_FULL")):
        return NotReady(f"The database {url.path} cannot be used: {error}.")
    if name.startswith("SQLITE_CONSTRAINT"):
        hint = TAKEN if name.endswith(("_UNIQUE", "_PRIMARYKEY")) else None
        return Conflict(f"The database refused the change: {error}.", hint=hint)
    return None


def _of_postgresql(error: Any, url: DatabaseUrl) -> CrmError | None:
    state = error.sqlstate or ""
    if state.startswith("40") or state == "55P03":
        return Busy("Another command changed the same records.", hint="Run the command again.")
    if state.startswith("23"):
        detail = error.diag.message_detail or error.diag.message_primary
        hint = TAKEN if state == "23505" else None
        return Conflict(f"The database refused the change: {detail}", hint=hint)
    if state in LOST_SESSION:
        return NotReady(f"The database {url} gave us another session after a statement.", POOLER)
    return _of_server(error, url)


def _of_server(error: Any, url: DatabaseUrl) -> NotReady | None:
    from psycopg import OperationalError

    state = error.sqlstate or ""
    if not isinstance(error, OperationalError) and state not in NOT_ALLOWED:
        return None
    reason = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
    hint = POOLER if "startup parameter" in reason else None
    verb = "used" if state in NOT_ALLOWED or state[:2] in SHORT_OF else "reached"
    return NotReady(f"The database {url} cannot be {verb}: {reason}", hint)
