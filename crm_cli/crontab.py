"""The lines for cron: absolute paths and settings, because cron starts with almost none."""

from __future__ import annotations

import os
import shlex
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crm_cli import settings
from crm_cli.errors import NotReady
from crm_cli.settings import os_user

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.database import Database
    from crm_cli.job_modules import Job
    from crm_cli.settings import Settings

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


def lines(jobs: Iterable[Job], found: Settings, database: Database) -> Iterator[str]:
    """A whole crontab: its settings, then a line a job."""
    program = executable()
    yield f"PATH={program.parent}:{SYSTEM_PATH}"
    yield f"MAILTO={os_user()}"
    for name, value in surroundings(found, database).items():
        yield f"{name}={value}"
    yield ""
    command = shlex.quote(str(program)).replace("%", r"\%")
    for job in jobs:
        yield f"{job.schedule} {command} job run {job.name}"


def executable() -> Path:
    """The `crm` that is running, else the one of this environment."""
    started = Path(sys.argv[0]).absolute()
    if started.name == "crm" and os.access(started, os.X_OK):
        return started
    return Path(sysconfig.get_path("scripts")) / "crm"


def surroundings(found: Settings, database: Database) -> dict[str, str]:
    """The variables a job needs to find this database."""
    variables = {}
    if found.file is not None:
        variables["CRM_CONFIG"] = str(found.file.absolute())
        if settings.load(str(found.file), environ={}).database_url == found.database_url:
            return variables
    if urlsplit(database.url.text).password:
        raise NotReady(
            "The URL of the database holds a password, which a crontab must not.",
            hint="Write database_url into the settings file and chmod 600 it.",
        )
    return {**variables, "CRM_DATABASE_URL": _absolute(database)}


def _absolute(database: Database) -> str:
    path = database.url.path
    return database.url.text if path is None else f"sqlite:///{path.absolute()}"
