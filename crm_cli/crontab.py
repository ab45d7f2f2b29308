"""The lines for cron: absolute paths and settings, because cron starts with almost none."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.installed import Installed
    from crm_cli.job_modules import Job


def lines(jobs: Iterable[Job], installed: Installed) -> Iterator[str]:
    """A whole crontab: its settings, then a line a job."""
    yield f"MAILTO={installed.user}"
    for name, value in installed.variables.items():
        yield f"{name}={value}"
    yield ""
    command = shlex.quote(str(installed.program)).replace("%", r"\%")
    for job in jobs:
        yield f"{job.schedule} {command} job run {job.name}"
