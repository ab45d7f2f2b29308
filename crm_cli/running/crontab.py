"""The lines for cron: absolute paths and settings, because cron starts with almost none."""

from __future__ import annotations

import shlex
import subprocess
from typing import TYPE_CHECKING

from crm_cli.errors import Conflict, CrmError, NotReady

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.running.installed import Installed
    from crm_cli.running.job_modules import Job

BEGIN = "# Jobs of crm. `crm job crontab --install` replaces what is from here to their end."
END = "# End of the jobs of crm."
MAILTO = "MAILTO="


def lines(jobs: Iterable[Job], installed: Installed, mailto: str | None = None) -> Iterator[str]:
    """A whole crontab: its settings, then a line a job, between marks."""
    yield BEGIN
    yield f"{MAILTO}{mailto or installed.user}"
    for name, value in installed.variables.items():
        yield f"{name}={value}"
    yield ""
    command = shlex.quote(str(installed.program)).replace("%", r"\%")
    for job in jobs:
        yield f"{job.schedule} {command} job run {job.name}"
    yield END


def install(jobs: Iterable[Job], installed: Installed, mailto: str | None = None) -> None:
    """Put our lines where they stood in the crontab of this user, else after all others.

    Mail goes where it went. Raises CrmError; the crontab then stays as it was.
    """
    before, old, after = _parted(_read())
    kept = next((line.removeprefix(MAILTO) for line in old if line.startswith(MAILTO)), None)
    ours = lines(jobs, installed, mailto or kept)
    taken = _crontab("-", "".join(f"{line}\n" for line in (*before, *ours, *after)))
    if taken.returncode:
        raise CrmError(f"The crontab cannot be written: {taken.stderr.strip()}.")


def _read() -> list[str]:
    listed = _crontab("-l")
    if listed.returncode and not listed.stderr.startswith("no crontab for"):
        raise CrmError(f"The crontab cannot be read: {listed.stderr.strip()}.")
    return listed.stdout.splitlines()


def _parted(found: list[str]) -> tuple[list[str], list[str], list[str]]:
    """What stands before our lines, our lines, what stands after them."""
    if (BEGIN in found) != (END in found):
        raise Conflict(
            "One of the two lines between which the jobs of crm stand is gone from the crontab.",
            hint="crontab -e: take the other line and the jobs out.",
        )
    if BEGIN not in found:
        return found, [], []
    start, end = found.index(BEGIN), found.index(END) + 1
    return found[:start], found[start:end], found[end:]


def _crontab(word: str, text: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - our own words
            ["crontab", word],  # noqa: S607 - wherever this system has it
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",  # lines of others stay, whatever they are written in
            check=False,
        )
    except FileNotFoundError as error:
        raise NotReady(
            "There is no program crontab.", hint="Install cron, or use `crm job systemd`."
        ) from error
