"""The writer's engine and sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from schema.connection import DatabaseUrl, connect_writer, write_lock


def make_engine(url: DatabaseUrl) -> Engine:
    """Make the engine of a command, which keeps one connection from transaction to transaction.

    SQLite transactions take the write lock when they begin.
    """
    if url.dialect == "postgresql":
        driver = url.text.replace("postgresql://", "postgresql+psycopg://", 1)
        return create_engine(driver, pool_size=1, pool_pre_ping=True)
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: connect_writer(url), poolclass=StaticPool
    )
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def write_session(engine: Engine, url: DatabaseUrl, info: dict[str, Any]) -> Iterator[Session]:
    """Open a session under the write lock; the caller commits, leaving without it rolls back."""
    with write_lock(url):
        session = Session(engine, expire_on_commit=False, info=info)
        try:
            yield session
        finally:
            session.close()
