"""One lock a job, freed by the kernel or the server when its holder dies."""

from __future__ import annotations

import fcntl
import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from crm_cli.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schema.connection import DatabaseUrl

ADVISORY_CLASS = 0x63726D
"""Keeps our advisory locks apart from those of others in the same PostgreSQL database."""

TRY_LOCK = "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))"
SET_WHERE_KNOWN = "SELECT set_config(name, %s, true) FROM pg_settings WHERE name = %s"
KEPT_OPEN = (
    ("0", "idle_in_transaction_session_timeout"),
    ("0", "transaction_timeout"),
    ("60", "tcp_keepalives_idle"),
    ("10", "tcp_keepalives_interval"),
    ("3", "tcp_keepalives_count"),
)
"""The server does not end the transaction, and notices in 90 seconds when the machine is gone."""


class AlreadyRunning(Busy):
    """A healthy run of the same job holds its lock."""


@contextmanager
def job_lock(url: DatabaseUrl, job: str) -> Iterator[None]:
    """Hold the lock of a job; raises AlreadyRunning at once when another run has it."""
    if url.path is None:
        with _advisory_lock(url, job):
            yield
    else:
        with _file_lock(lock_file(url.path, job), url.path):
            yield


def lock_file(database: Path, job: str) -> Path:
    """The file a run of the job locks; it is never deleted, else two runs could hold one each.

    It lies beside the database itself, whatever links led there.
    """
    found = database.resolve()
    return found.with_name(f"{found.name}.job-{job}.lock")


@contextmanager
def _file_lock(path: Path, database: Path) -> Iterator[None]:
    descriptor = _open(path, database)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise _already_running() from error
    try:
        yield
    finally:
        os.close(descriptor)


def _open(path: Path, database: Path) -> int:
    """Open the lock, made for whoever may write the database, also by root."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    found = database.stat()
    os.fchmod(descriptor, found.st_mode & 0o660)
    if os.geteuid() != found.st_uid:
        with suppress(PermissionError):
            os.fchown(descriptor, found.st_uid, found.st_gid)
    return descriptor


@contextmanager
def _advisory_lock(url: DatabaseUrl, job: str) -> Iterator[None]:
    """Hold a lock of one transaction, for a pooler may give a session to others in between."""
    import psycopg
    from psycopg import sql

    with closing(psycopg.connect(url.text)) as session:
        for setting in KEPT_OPEN:
            session.execute(SET_WHERE_KNOWN, setting)
        row = session.execute(TRY_LOCK, (ADVISORY_CLASS, job)).fetchone()
        if row is None or not row[0]:
            raise _already_running()
        # The last statement must hold no snapshot, which would keep dead rows from being vacuumed.
        session.execute(sql.SQL("SET LOCAL application_name = {}").format(f"crm job run {job}"))
        try:
            yield
        finally:
            # The server would free it too, but only some time after the connection is closed.
            with suppress(psycopg.Error):
                session.rollback()


def _already_running() -> AlreadyRunning:
    return AlreadyRunning("Another run of this job is under way.", hint="crm job log")
