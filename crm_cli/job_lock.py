"""One lock a job, freed by the kernel or the server when its holder dies."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from crm_cli.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schema.connection import DatabaseUrl

ADVISORY_CLASS = 0x63726D
"""Keeps our advisory locks apart from those of others in the same PostgreSQL database."""


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
    """The file a run of the job locks; it is never deleted, else two runs could hold one each."""
    return database.with_name(f"{database.name}.job-{job}.lock")


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
    """Open the lock, made for whoever may write the database."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    os.fchmod(descriptor, database.stat().st_mode & 0o660)
    return descriptor


@contextmanager
def _advisory_lock(url: DatabaseUrl, job: str) -> Iterator[None]:
    import psycopg

    with psycopg.connect(url.text, autocommit=True) as session:
        key = (ADVISORY_CLASS, job)
        row = session.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key).fetchone()
        if row is None or not row[0]:
            raise _already_running()
        try:
            yield
        finally:
            # The server would free it too, but only some time after the connection is closed.
            with suppress(psycopg.Error):
                session.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)


def _already_running() -> AlreadyRunning:
    return AlreadyRunning("Another run of this job is under way.", hint="crm job log")
