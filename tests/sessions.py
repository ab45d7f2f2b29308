"""Sessions of PostgreSQL that commands hand on: a new one costs more than most commands do.

Only what `crm(...)` runs shares them; all else, and every other process, opens its own.
"""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

_shared = ContextVar("_shared", default=False)
_waiting: defaultdict[object, list[Session]] = defaultdict(list)
_connect = psycopg.connect


class Session(psycopg.Connection[Any]):
    """Closed, it waits for the next command that connects in the same way."""

    way: object = None

    def close(self) -> None:
        """Forget what the command left on the server: settings, locks, cursors, plans."""
        if self in _waiting[self.way]:
            return
        try:
            self.rollback()
            self.autocommit = True
            self._prepared.clear()  # else the driver counts on plans that are gone
            self._notice_handlers.clear()
            self.execute("DISCARD ALL")
        except (psycopg.Error, AttributeError):  # a driver with other inner parts hands on nothing
            super().close()
        else:
            _waiting[self.way].append(self)

    def end(self) -> None:
        """Close it in earnest."""
        super().close()

    def again(self, *, autocommit: bool) -> Self | None:
        """The same for another command, None where the server has hung up."""
        try:
            self.execute("SELECT 1")
            self.autocommit = autocommit
        except psycopg.Error:
            self.end()
            return None
        return self


def connect(*given: Any, autocommit: bool = False, **named: Any) -> psycopg.Connection[Any]:
    """Stand in for `psycopg.connect`."""
    if not _shared.get():
        return _connect(*given, autocommit=autocommit, **named)
    way = (os.getpid(), given, *sorted((key, named[key]) for key in named if key != "context"))
    while _waiting[way]:
        if found := _waiting[way].pop().again(autocommit=autocommit):
            return found
    session = Session.connect(*given, autocommit=autocommit, **named)
    session.way = way
    return session


@contextmanager
def shared() -> Iterator[None]:
    """Let what connects here do so by sessions that are handed on."""
    before = _shared.set(True)
    try:
        yield
    finally:
        _shared.reset(before)


def end_all() -> None:
    """Close those that wait."""
    for waiting in _waiting.values():
        for session in waiting:
            session.end()
    _waiting.clear()
