"""Copying an SQLite database while others use it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from crm_cli.errors import Conflict, NotReady, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.database import Database


def backup(database: Database, target: Path) -> Path:
    """Copy a database to a file nobody else can read; an existing file is never overwritten."""
    if database.url.path is None:
        raise UsageError("PostgreSQL is backed up by its own tools.", hint="pg_dump")
    database.check_file()
    if target.exists():
        raise Conflict(f"{target} is there already.", hint="Name a new file.")
    partial = target.with_name(target.name + ".part")
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise NotReady(f"{target} cannot be written: {error.strerror}.") from error
    with (
        closing(sqlite3.connect(database.url.path)) as source,
        closing(sqlite3.connect(partial)) as copy,
    ):
        source.backup(copy)
    partial.replace(target)
    return target
