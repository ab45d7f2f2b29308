"""Bringing a database to the program's revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.database import revision
from crm_cli.errors import CrmError, NotReady
from crm_cli.reader import Reader
from crm_cli.services.backups import backup
from schema.connection import connect_reader
from schema.migrate import BrokenReferences, upgrade
from schema.version import REVISION

if TYPE_CHECKING:
    from crm_cli.database import Database


def bring_up_to_date(database: Database) -> str:
    """Run the missing migrations, after a copy of an SQLite file; says what was done."""
    with database.translated():
        found = _revision(database)
        if found == REVISION:
            return f"The database is at revision {REVISION} already."
        if found is None:
            raise NotReady(f"{database.url} holds no CRM database.", hint="`crm init` makes it.")
        if found > REVISION:
            raise NotReady(
                f"The database is at revision {found}, newer than this program's {REVISION}.",
                hint="Upgrade crm.",
            )
        copy = _copy(database, found)
        try:
            upgrade(database.url)
        except BrokenReferences as error:
            raise CrmError(
                "The upgrade would leave rows that refer to nothing; nothing was changed.",
                hint="crm db check",
            ) from error
    return f"Upgraded the database from revision {found} to {REVISION}{copy}."


def _revision(database: Database) -> str | None:
    database.check_file()
    reader = Reader(connect_reader(database.url), database.url.dialect)
    try:
        return revision(reader)
    finally:
        reader.close()


def _copy(database: Database, found: str) -> str:
    if database.url.path is None:
        return ""
    path = database.url.path
    copy = path.with_name(f"{path.name}.{found}")
    return f"; the file as it was is {copy if copy.exists() else backup(database, copy)}"
