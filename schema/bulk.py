"""Writing many rows at once: COPY and arrays on PostgreSQL, the driver's own loop on SQLite."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import IntegrityError

Rows = Iterable[Sequence[Any]]
Bind = Callable[[Any], Any]


def insert_all(connection: Connection, table: Table, names: Sequence[str], rows: Rows) -> None:
    """Insert rows of values in the order of `names`; the database fills the other columns.

    Raises IntegrityError for what the rules of the table forbid.
    """
    try:
        _insert_all(connection, table, names, _bound(connection, table, names, rows))
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(None, None, error) from error


def _insert_all(connection: Connection, table: Table, names: Sequence[str], bound: Rows) -> None:
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table.name)} ({', '.join(quote(name) for name in names)})"
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608 - names of our tables
        _driver(connection).executemany(statement, bound)
        return
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in bound:
            copy.write_row(row)


def update_all(connection: Connection, table: Table, names: Sequence[str], rows: Rows) -> None:
    """Change rows; each of `rows` holds an id, then the values in the order of `names`."""
    quote = connection.dialect.identifier_preparer.quote
    target, columns = quote(table.name), [quote(name) for name in names]
    bound = _bound(connection, table, ["id", *names], rows)
    if connection.dialect.name == "sqlite":
        given = ", ".join(f"{name} = ?{place}" for place, name in enumerate(columns, start=2))
        statement = f"UPDATE {target} SET {given} WHERE id = ?1"  # noqa: S608 - names of our tables
        _driver(connection).executemany(statement, bound)
        return
    kinds = [table.c[name].type.compile(connection.dialect) for name in ("id", *names)]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    given = ", ".join(f"{name} = given.{name}" for name in columns)
    statement = (
        f"UPDATE {target} SET {given} "  # noqa: S608 - names of our tables
        f"FROM unnest({arrays}) AS given (id, {', '.join(columns)}) WHERE {target}.id = given.id"
    )
    with _driver(connection).cursor() as cursor:
        cursor.execute(statement, list(map(list, zip(*bound, strict=True))))


def delete_all(connection: Connection, table: Table, name: str, values: Iterable[Any]) -> None:
    """Delete the rows in which a column has one of these values."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = f"DELETE FROM {table.name} WHERE {name} = {mark}"  # noqa: S608 - names of our tables
    cursor = _driver(connection).cursor()
    cursor.executemany(statement, [(value,) for value in values])
    cursor.close()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _bound(
    connection: Connection, table: Table, names: Sequence[str], rows: Rows
) -> Iterable[Sequence[Any]]:
    """The rows as the driver takes them."""
    binds = [
        (place, _remembering(bind))
        for place, name in enumerate(names)
        if (bind := _bind(connection, table, name)) is not None
    ]
    if not binds:
        return rows
    return (_bind_row(row, binds) for row in rows)


def _bind_row(row: Sequence[Any], binds: Sequence[tuple[int, Bind]]) -> Sequence[Any]:
    values = list(row)
    for place, bind in binds:
        if values[place] is not None:
            values[place] = bind(values[place])
    return values


def _remembering(bind: Bind) -> Bind:
    """The binding, done once for a value that comes again and again, such as a stamp."""
    last: Any = None
    bound: Any = None

    def remembered(value: Any) -> Any:
        nonlocal last, bound
        if value is not last:
            last, bound = value, bind(value)
        return bound

    return remembered


def _bind(connection: Connection, table: Table, name: str) -> Bind | None:
    dialect = connection.dialect
    kind = table.c[name].type.dialect_impl(dialect)
    bind: Bind | None = kind.bind_processor(dialect)
    return bind
