"""What a job that fails has told already; kept outside the database, which may be what fails."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from crm_cli import folders
from crm_cli.errors import CrmError
from crm_cli.reporting import BUG, as_crm_error

if TYPE_CHECKING:
    from pathlib import Path

    from schema.connection import DatabaseUrl

DAY = 86_400
WIDTH = 10
"""Of each number: a file is written over in place, for which a full disk has room."""


class Told(NamedTuple):
    """A failure: the digest of its words, runs in a row that ended so, when it was told last."""

    words: str
    runs: int
    at: int


NOTHING = Told(hashlib.sha256(b"").hexdigest(), 0, 0)


class Repeated(Exception):
    """The job failed as it did before, which was told already; the cause is that failure."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


def hush(url: DatabaseUrl, job: str, error: Exception) -> None:
    """Raise Repeated where cron has mailed this failure."""
    candidates = error.candidates if isinstance(error, CrmError) else []
    words = "\n".join([type(error).__name__, str(error), *candidates])
    if not is_news(url, job, words):
        raise Repeated(exit_code(error)) from error


def is_news(url: DatabaseUrl, job: str, words: str) -> bool:
    """Count a failure; it is to be told after 1, 2, 4, 8 ... runs alike, and once a day.

    A terminal and a journal get it each time.
    """
    if at_terminal() or "JOURNAL_STREAM" in os.environ:
        return True
    digest = hashlib.sha256(words.encode(errors="replace")).hexdigest()
    file, now = _file(url, job), int(time.time())
    before = _read(file)
    runs = before.runs + 1 if before.words == digest else 1
    found = runs & (runs - 1) == 0 or now - before.at >= DAY
    return not _write(file, Told(digest, runs, now if found else before.at)) or found


def at_terminal() -> bool:
    """Whether somebody sits there and reads."""
    return bool(sys.stdin and sys.stdin.isatty())


def exit_code(error: Exception) -> int:
    """What a command ends with that fails by this."""
    found = as_crm_error(error)
    return found.exit_code if found else BUG


def forget(url: DatabaseUrl, job: str) -> None:
    """The job did all it had to: what fails next is news."""
    file = _file(url, job)
    if not file.exists() or _read(file) != NOTHING:
        _write(file, NOTHING)


def _file(url: DatabaseUrl, job: str) -> Path:
    database = hashlib.sha256(str(url).encode()).hexdigest()[:16]
    return folders.state() / f"{job}-{database}.told"


def _read(file: Path) -> Told:
    try:
        words, runs, at = file.read_text(encoding="ascii").split()
        return Told(words, int(runs), int(at))
    except (OSError, ValueError):
        return NOTHING


def _write(file: Path, told: Told) -> bool:
    """Whether it could be kept."""
    text = f"{told.words} {told.runs:{WIDTH}} {told.at:{WIDTH}}\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:
            opened.write(text)
            opened.truncate()
    except OSError:
        return False
    return True
