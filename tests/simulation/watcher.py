"""A connection of its own to the database of a test, kept open beside the program."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from schema.connection import DatabaseUrl
from schema.dialect import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Crm

WORK = ("reminder", "outbox", "outbox_attempt", "message", "job_run")
"""What the jobs write."""


@dataclass(frozen=True)
class Memory:
    """A state of the database as far as jobs change it."""

    work: dict[str, list[dict[str, Any]]]
    tasks: list[tuple[Any, ...]]


class Watcher:
    """Reads and changes what the program has written, each statement at once."""

    def __init__(self, connection: Any, dialect: str) -> None:
        self._connection, self._dialect = connection, DIALECTS[dialect]

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query written with `?`."""
        found = self._connection.execute(self._dialect.sql(sql), parameters)
        return [tuple(row) for row in found.fetchall()]

    def write(self, sql: str, *parameters: Any) -> None:
        """Run a statement written with `?`."""
        self._connection.execute(self._dialect.sql(sql), parameters)

    def remember(self) -> Memory:
        """What `restore` goes back to: all that jobs write, and when tasks remind next."""
        work = {table: self._content(table) for table in WORK}
        return Memory(work, self.rows("SELECT next_reminder_at, id FROM task"))

    def restore(self, memory: Memory) -> None:
        """Take back what jobs have done since."""
        for table, rows in memory.work.items():
            self.write(f"DELETE FROM {table}")
            for row in rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self.write(f"INSERT INTO {table} ({names}) VALUES ({marks})", *row.values())
        for task in memory.tasks:
            self.write("UPDATE task SET next_reminder_at = ? WHERE id = ?", *task)

    def _content(self, table: str) -> list[dict[str, Any]]:
        found = self._connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def watch(crm: Crm) -> Iterator[Watcher]:
    """Watch the database of a test."""
    url = DatabaseUrl.parse(crm.url)
    connection: Any
    if url.path is None:
        connection = psycopg.connect(crm.url, autocommit=True)
        connection.execute("SET session_replication_role = replica")
    else:
        connection = sqlite3.connect(url.path, isolation_level=None)
    try:
        yield Watcher(connection, url.dialect)
    finally:
        connection.close()
