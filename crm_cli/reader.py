"""Reading by the bare drivers: one connection, complete results, no lock held while printing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from schema.dialect import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schema.connection import Connection
    from schema.dialect import Dialect

AT_ONCE = 5_000
"""Rows that are fetched whole; a longer result is kept in a temporary table and streamed."""

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
        cursor = self._execute(sql, parameters)
        first = list(cursor.fetchmany(AT_ONCE + 1))
        cursor.close()
        if len(first) <= AT_ONCE:
            return iter(first)
        return self._spooled(sql, parameters)

    def _spooled(self, sql: str, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Copy the result aside; readers may make temporary tables on both databases."""
        name = f"result_{next(_names)}"
        self._execute(f"CREATE TEMP TABLE {name} AS {sql}", parameters).close()
        return self._stream(f"SELECT * FROM {name}")  # noqa: S608 - our own name

    def _stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        cursor = self._execute(sql, ())
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
        cursor.close()

    def _execute(self, sql: str, parameters: Sequence[Any]) -> Any:
        cursor = self.connection.cursor()
        bound = [self.dialect.bind(value) for value in parameters]
        cursor.execute(self.dialect.sql(sql), bound)
        return cursor

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()
