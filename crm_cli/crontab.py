"""The lines for cron: absolute paths and settings, because cron starts with almost none."""

from __future__ import annotations

import shlex
import subprocess
from typing import TYPE_CHECKING

from crm_cli.errors import Conflict, CrmError, NotReady

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.installed import Installed
    from crm_cli.job_modules import Job

BEGIN = "# Jobs of crm. `crm job crontab --install` replaces what is from here to their end."
END = "# End of the jobs of crm."


def lines(jobs: Iterable[Job], installed: Installed) -> Iterator[str]:
    """A whole crontab: its settings, then a line a job, between marks."""
    yield BEGIN
    yield f"MAILTO={installed.user}"
    for name, value in installed.variables.items():
        yield f"{name}={value}"
    yield ""
    command = shlex.quote(str(installed.program)).replace("%", r"\%")
    for job in jobs:
        yield f"{job.schedule} {command} job run {job.name}"
    yield END


def install(ours: Iterable[str]) -> None:
    """Put our lines into the crontab of this user; raises CrmError where cron does not take them.

    Whatever goes wrong, the crontab stays as it was.
    """
    listed = _crontab("-l")
    if listed.returncode and not listed.stderr.startswith("no crontab for"):
        raise CrmError(f"The crontab cannot be read: {listed.stderr.strip()}.")
    text = "".join(f"{line}\n" for line in merged(listed.stdout.splitlines(), ours))
    taken = _crontab("-", text)
    if taken.returncode:
        raise CrmError(f"The crontab cannot be written: {taken.stderr.strip()}.")


def merged(theirs: list[str], ours: Iterable[str]) -> list[str]:
    """The crontab with our lines where they stood, else after all others."""
    if (BEGIN in theirs) != (END in theirs):
        raise Conflict(
            "One of the two lines between which the jobs of crm stand is gone from the crontab.",
            hint="crontab -e: take the other line and the jobs out.",
        )
    if BEGIN not in theirs:
        return [*theirs, *ours]
    return [*theirs[: theirs.index(BEGIN)], *ours, *theirs[theirs.index(END) + 1 :]]


def _crontab(word: str, text: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - our own words
            ["crontab", word],  # noqa: S607 - wherever this system has it
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotReady(
            "There is no program crontab.", hint="Install cron, or use `crm job systemd`."
        ) from error
