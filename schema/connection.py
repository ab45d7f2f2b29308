"""Connections of the bare drivers, for reading and as the ground of the writer's engine."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

BUSY_TIMEOUT = 30.0
"""Seconds a command waits for another one that is writing."""

WRITER_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_spill=OFF",  # a spilled import locks out every reader
)


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    def execute(self, sql: str, parameters: Any = ...) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchmany(self, size: int) -> list[Any]: ...
    def close(self) -> object: ...


class Connection(Protocol):
    """What is used of a DB-API connection."""

    @property
    def cursor(self) -> Callable[..., Any]: ...
    def close(self) -> None: ...


class UnusableUrl(ValueError):
    """The database URL names no database this program can use."""


class LockTimeout(Exception):
    """Another process kept the write lock too long."""


class DatabaseUrl(NamedTuple):
    """Where the database is: a file for SQLite, a URL for PostgreSQL."""

    text: str
    dialect: str
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> "DatabaseUrl":
        """Read `sqlite:///FILE`, `postgresql://...` or the name of a file."""
        if text.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            return cls("postgresql://" + text.split("://", 1)[1], "postgresql")
        if text.startswith("sqlite:///"):
            path = Path(unquote(text.removeprefix("sqlite:///"))).expanduser()
        elif "://" not in text and text:
            path = Path(text).expanduser()
        else:
            raise UnusableUrl(text)
        return cls(f"sqlite:///{path}", "sqlite", path)

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        if self.path is None:
            raise UnusableUrl(self.text)
        return self.path

    def __str__(self) -> str:
        """The URL without its password."""
        parts = urlsplit(self.text)
        return self.text.replace(f":{parts.password}@", ":***@", 1) if parts.password else self.text


def connect_reader(url: DatabaseUrl) -> Connection:
    """Open a connection that cannot write."""
    if url.dialect == "postgresql":
        import psycopg

        return psycopg.connect(
            url.text, autocommit=True, options="-c default_transaction_read_only=on"
        )
    try:
        return _open_readonly(url.file)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        _roll_back_dead_writer(url.file)
        return _open_readonly(url.file)


def connect_writer(url: DatabaseUrl) -> sqlite3.Connection:
    """Open an SQLite connection in driver autocommit: the engine begins transactions itself."""
    connection = sqlite3.connect(
        url.file.absolute().as_uri() + "?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in WRITER_PRAGMAS:
        connection.execute(pragma)
    return _with_zones(connection)


def _open_readonly(path: Path) -> sqlite3.Connection:
    uri = path.absolute().as_uri() + "?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)
    connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    return _with_zones(connection)


def _with_zones(connection: sqlite3.Connection) -> sqlite3.Connection:
    """SQLite knows no zones: it is given the one function that asks for them."""
    connection.create_function("day_in", 2, _day_in, deterministic=True)
    return connection


def _day_in(moment: str | None, zone: str) -> str | None:
    if moment is None:
        return None
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date().isoformat()


def _roll_back_dead_writer(path: Path) -> None:
    """A killed writer left a hot journal, which only a connection that may write rolls back."""
    connection = sqlite3.connect(
        path.absolute().as_uri() + "?mode=rw", uri=True, timeout=BUSY_TIMEOUT
    )
    connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    connection.close()


@contextmanager
def write_lock(url: DatabaseUrl, timeout: float = BUSY_TIMEOUT) -> Iterator[None]:
    """Queue writers of one SQLite file; the kernel frees the lock when its holder dies."""
    if url.path is None:
        yield
        return
    descriptor = os.open(lock_file(url.path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        _flock(descriptor, timeout)
        yield
    finally:
        os.close(descriptor)


def lock_file(path: Path) -> Path:
    """The file writers lock; it lies beside the database and is never deleted."""
    return path.with_name(path.name + ".lock")


def _flock(descriptor: int, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    pause = 0.001
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LockTimeout from None
            time.sleep(pause)
            pause = min(pause * 2, 0.02)
        else:
            return
