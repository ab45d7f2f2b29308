"""Reading by the bare drivers: one connection, complete results, no lock held while printing."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from schema.dialect import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schema.connection import Connection, Cursor
    from schema.dialect import Dialect

AT_ONCE = 5_000
"""Rows that are fetched whole; a longer result is kept aside and streamed."""

_names = count(1)


class Reader:
    """Runs statements written with `?` on a connection of either database."""

    def __init__(self, connection: Connection, dialect: str) -> None:
        self.connection = connection
        self.dialect: Dialect = DIALECTS[dialect]

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a result."""
        cursor = self._execute(sql, parameters)
        try:
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        cursor = self._execute(sql, parameters)
        try:
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row
        finally:
            cursor.close()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, parameters)
        return row[0] if row else None

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a result of any length; the database is free before the first one is given."""
        name = f"result_{next(_names)}"
        if self.dialect.name == "postgresql":
            return self._held(name, sql, parameters)
        cursor = self._execute(sql, parameters)
        first = list(cursor.fetchmany(AT_ONCE + 1))
        cursor.close()
        return self._spooled(name, sql, parameters) if len(first) > AT_ONCE else iter(first)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read inside be of one moment; results of any length are kept aside."""
        begin = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ"}
        self._execute(begin[self.dialect.name], ()).close()
        try:
            yield
        finally:
            self._execute("COMMIT", ()).close()

    def _held(self, name: str, sql: str, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Let the server keep the result; the driver itself would fetch all of it at once."""
        cursor = self.connection.cursor(name=name, withhold=True)
        cursor.execute(self.dialect.sql(sql), [self.dialect.bind(value) for value in parameters])
        first = cursor.fetchmany(AT_ONCE)
        if len(first) < AT_ONCE:
            cursor.close()
            return iter(first)
        return chain(first, _stream(cursor))

    def _spooled(self, name: str, sql: str, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Copy the result aside: a connection that may not write has temporary tables still."""
        self._execute(f"CREATE TEMP TABLE {name} AS {sql}", parameters).close()
        return _stream(self._execute(f"SELECT * FROM {name}", ()))  # noqa: S608 - our own name

    def _execute(self, sql: str, parameters: Sequence[Any]) -> Any:
        cursor = self.connection.cursor()
        bound = [self.dialect.bind(value) for value in parameters]
        cursor.execute(self.dialect.sql(sql), bound)
        return cursor

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()


def _stream(cursor: Cursor) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
    finally:
        cursor.close()
