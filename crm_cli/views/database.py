"""How a database looks from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.database import revision
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.database import Database
    from crm_cli.reader import Reader

COUNTED = ("account", "contact", "lead", "opportunity", "task", "document", "campaign", "mail")

COLUMNS = (
    Column(name="url", sql="", labels=("URL", "URL", "URL")),
    Column(name="dialect", sql="", labels=("Kind", "Tip", "Rodzaj")),
    Column(name="server", sql="", labels=("Server", "Server", "Serwer")),
    Column(name="revision", sql="", labels=("Revision", "Revizie", "Wersja")),
    Column(name="bytes", sql="", type=INTEGER, labels=("Bytes", "Octeți", "Bajty")),
    *(Column(name=noun, sql="", type=INTEGER, labels=(noun, noun, noun)) for noun in COUNTED),
)


def table(reader: Reader, database: Database) -> Table:
    """One record about the database."""
    sqlite = reader.dialect.name == "sqlite"
    server = reader.value("SELECT sqlite_version()" if sqlite else "SHOW server_version")
    size = (
        database.url.file.stat().st_size
        if sqlite
        else reader.value("SELECT pg_database_size(current_database())")
    )
    counts = [reader.value(f"SELECT count(*) FROM {noun}") for noun in COUNTED]  # noqa: S608
    row = [str(database.url), reader.dialect.name, server, revision(reader), size, *counts]
    return Table(COLUMNS, [row], single=True)
