"""Ids of rows that are inserted many at a time, so that others can refer to them at once."""

from sqlalchemy import Connection, Table, text

SQLITE = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :name")
POSTGRESQL = text(
    "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
)


def take_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Ids nobody else will use; on SQLite the transaction must hold the write lock, as ours do."""
    if connection.dialect.name == "sqlite":
        last = connection.scalar(SQLITE, {"name": table.name})
        return [int(last or 0) + number for number in range(1, count + 1)]
    return list(connection.scalars(POSTGRESQL, {"name": table.name, "count": count}))
