"""Building the App of one run."""

from __future__ import annotations

import os
import shlex
import sys
import time

from crm_cli import settings
from crm_cli.app import App
from crm_cli.database import Database


def make_app(*, color: bool, config: str | None, database: str | None, user: str | None) -> App:
    """The App of a command given on the command line."""
    found = settings.load(config, database, user)
    return App(
        settings=found._replace(color=found.color and color),
        database=Database(found.database_url),
        command=shlex.join(["crm", *sys.argv[1:]]),
        command_id=new_command_id(),
    )


def new_command_id() -> str:
    """An id no other command of any process has; its time comes first, so ids sort by it."""
    return f"{time.time_ns() // 1_000_000:012x}-{os.getpid():x}-{os.urandom(5).hex()}"
