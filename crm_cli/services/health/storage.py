"""Checks of the database: that it answers, its revision, its files and its engine."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from typing import TYPE_CHECKING

from crm_cli.views.health import Finding
from schema.connection import lock_file
from schema.version import REVISION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crm_cli.app import App

OLDEST_SQLITE = (3, 35, 0)
OLDEST_POSTGRESQL = 14
SPARE = 100_000_000
"""Bytes that should be free beside room for a copy of the database."""


def database(app: App) -> Iterator[Finding]:
    """Whether the database answers and is at the program's revision."""
    app.reader.value("SELECT 1")
    yield Finding("database", "ok", f"{app.database.url} is at revision {REVISION}.")


def files(app: App) -> Iterator[Finding]:
    """Whether others may open the files of an SQLite database."""
    path = app.database.url.path
    if path is None or not path.is_file():
        return
    for file in (path, lock_file(path)):
        mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0
        if mode & 0o007:
            yield Finding(
                "files", "fail", f"Everybody may open {file} ({mode:o}).", f"chmod o= '{file}'"
            )
            return
    yield Finding("files", "ok", f"{path} is closed to others.")


def disk(app: App) -> Iterator[Finding]:
    """Whether a copy of an SQLite database would still fit on its disk."""
    path = app.database.url.path
    if path is not None and path.is_file():
        yield space(path, path.stat().st_size, shutil.disk_usage(path.parent).free)


def space(path: Path, size: int, free: int) -> Finding:
    """What the free bytes of a disk mean for a database of a size."""
    text = f"{free // 1_000_000} MB are free beside {path}"
    if free < size:
        return Finding("disk", "fail", f"{text}; not even a copy of it fits.", "Make room.")
    if free < size + SPARE:
        return Finding("disk", "warn", f"{text}; that is little.", "Make room.")
    return Finding("disk", "ok", f"{text}.")


def engine(app: App) -> Iterator[Finding]:
    """The version of the database's engine, and how SQLite keeps its journal."""
    if app.database.url.path is None:
        yield _postgresql(app)
        return
    yield _sqlite()
    mode = app.reader.value("PRAGMA journal_mode")
    if mode == "wal":
        hint = f"sqlite3 '{app.database.url.path}' 'PRAGMA journal_mode=DELETE'"
        yield Finding("journal", "warn", "The database keeps its journal in WAL mode.", hint)
    else:
        yield Finding("journal", "ok", f"The journal mode is {mode}.")


def _sqlite() -> Finding:
    text = f"SQLite is {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Finding("engine", "fail", f"{text}, which is too old.", "Use a newer Python.")
    return Finding("engine", "ok", f"{text}.")


def _postgresql(app: App) -> Finding:
    version = app.reader.value("SHOW server_version")
    if int(app.reader.value("SHOW server_version_num")) < OLDEST_POSTGRESQL * 10_000:
        hint = f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer."
        return Finding("engine", "fail", f"PostgreSQL is {version}, which is too old.", hint)
    return Finding("engine", "ok", f"PostgreSQL is {version}.")
