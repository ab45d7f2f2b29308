"""A process that has all loaded and forks real runs of `crm`, so that a killed one costs little.

It reads requests from stdin, one JSON line each: the environment, and the commands to start at
once, each with the point at which it kills itself (0: never). It answers how they ended. A point
is what a run cannot take back: a statement, a commit, a file that gets its name, a line to the
mail server.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

import psycopg

from crm_cli import main as program
from schema import database
from tests import preloaded
from tests.compiling import engines_that_share

STEPS = (
    *((psycopg.Cursor, name) for name in ("execute", "executemany", "copy")),
    (psycopg.Connection, "commit"),
)
"""What a PostgreSQL connection does; SQLite tells its statements itself."""
PREPARING = ("PRAGMA", "execute select ", "execute show ", "execute SELECT set_config")
FILES = {"os.rename", "os.link", "os.remove", "smtplib.send"}
"""What Python's audit calls the steps outside the database."""


class Points:
    """Counts the points of this process and kills it at the chosen one."""

    def __init__(self, told: int, deadly: int) -> None:
        self.told, self.deadly, self.count = told, deadly, 0
        for owner, name in STEPS:
            setattr(owner, name, self._counted(getattr(owner, name), name))
        sys.addaudithook(lambda name, _: self.pass_one(name) if name in FILES else None)
        for module in (sqlite3, sqlite3.dbapi2):
            setattr(module, "connect", self._connect)  # noqa: B010 - the types forbid it

    def _connect(self, *given: Any, **named: Any) -> sqlite3.Connection:
        connection = sqlite3.Connection(*given, **named)
        connection.set_trace_callback(self.pass_one)
        return connection

    def _counted(self, step: Any, name: str) -> Any:
        def counted(owner: Any, *given: Any, **named: Any) -> Any:
            self.pass_one(" ".join([name, *map(str, given[:1])]))
            return step(owner, *given, **named)

        return counted

    def pass_one(self, label: str) -> None:
        """Come to a point; nothing after the deadly one happens."""
        if label.startswith(PREPARING):
            return
        self.count += 1
        os.pwrite(self.told, f"{self.count:6d} {' '.join(label.split())[:60]:60}".encode(), 0)
        if self.count == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)


class Child:
    """A run of `crm` in a process of its own."""

    def __init__(self, words: list[str], deadly: int) -> None:
        self.said, self.told = os.memfd_create("said"), os.memfd_create("told")
        self.number = os.fork()
        if not self.number:
            Points(self.told, deadly)
            nothing = os.open(os.devnull, os.O_RDONLY)
            preloaded.run(words, [nothing, self.said, self.said])

    def end(self) -> dict[str, Any]:
        """Wait for it: exit code (-9 when killed), what it said, where it was last."""
        _, status = os.waitpid(self.number, 0)
        found = {
            "code": os.waitstatus_to_exitcode(status),
            "said": _content(self.said),
            "point": _content(self.told).strip(),
        }
        os.close(self.said)
        os.close(self.told)
        return found


def _content(descriptor: int) -> str:
    return os.pread(descriptor, 1 << 20, 0).decode()


def warm() -> None:
    """Run the jobs in this process, without effect, so that no run has to load or compile."""
    with redirect_stderr(StringIO()):
        for job in ("remind", "send-outbox"):
            program.cli.main(["job", "run", job, "--dry-run"], "crm", standalone_mode=False)
    preloaded.freeze()


def serve() -> None:
    """Answer requests until stdin ends."""
    preloaded.load()
    database.make_engine = engines_that_share()
    for line in sys.stdin:
        request = json.loads(line)
        os.environ.update(request["environment"])
        if request["warm"]:
            warm()
        children = [Child(words, deadly) for words, deadly in request["runs"]]
        sys.stdout.write(json.dumps([child.end() for child in children]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
