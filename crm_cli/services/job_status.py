"""How each job stands: when it ran, how that ended, whether it is late."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.errors import CrmError
from crm_cli.running import job_modules
from crm_cli.running.schedule import Schedule
from crm_cli.views.types import MOMENT, moment

if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.app import App
    from crm_cli.reader import Reader
    from crm_cli.running.job_modules import Job

LATEST = """
SELECT id, state, started_at, ended_at, host, pid, error FROM job_run
WHERE job = ? AND state = ? ORDER BY started_at DESC, id DESC LIMIT 1"""
FAILURES = """
SELECT coalesce(sum(runs), 0) FROM job_run
WHERE job = ? AND state IN ('partial', 'failed', 'dead') AND id > ?"""
INSTALLED = "SELECT at FROM audit_tx ORDER BY id LIMIT 1"

ENDINGS = ("done", "partial", "failed", "dead", "stopped")
GRACE = timedelta(minutes=5)
"""A job is late when it missed a moment and all of the time to the next one, but never sooner."""
LONGEST = timedelta(hours=6)
"""A run under way longer than this, and than the schedule allows, holds up the next one."""


class Run(NamedTuple):
    """One row of the record."""

    id: int
    state: str
    started_at: datetime
    ended_at: datetime | None
    host: str
    pid: int
    error: str | None


@dataclass(frozen=True)
class JobStatus:
    """A job at a moment; `lag` counts from the first moment it missed."""

    job: Job
    last: Run | None
    success: Run | None
    running: Run | None
    failures: int
    lag: timedelta
    next_due: datetime | None
    now: datetime

    @property
    def state(self) -> str:
        """The one word of it, the worst first."""
        if self.job.is_off:
            return "off"
        if self.lag:
            return "late"
        if self.failures:
            return "failing"
        if self.running:
            return "running"
        return "ok" if self.last else "never"

    @property
    def is_fault(self) -> bool:
        """Whether somebody should look."""
        return self.state in {"late", "failing"}

    @property
    def age(self) -> timedelta | None:
        """Since the last success ended; nothing where a clock was put back since."""
        if self.success is None:
            return None
        ended = self.success.ended_at or self.success.started_at
        return max(self.now - ended, timedelta())


def examine(app: App, name: str | None = None) -> list[JobStatus]:
    """How all jobs stand, or one; raises NotFound for a name no job has."""
    found = job_modules.scheduled(app.reader)
    if name is not None:
        found = [job for job in found if job.name == job_modules.load(name).name]
    installed = moment(app.reader.value(INSTALLED) or app.now)
    return [_status(app.reader, job, app.now, installed) for job in found]


def _status(reader: Reader, job: Job, now: datetime, installed: datetime) -> JobStatus:
    ended = [run for state in ENDINGS if (run := _latest(reader, job.name, state))]
    running = _latest(reader, job.name, "running")
    success = next((run for run in ended if run.state == "done"), None)
    failures = int(reader.value(FAILURES, (job.name, success.id if success else 0)))
    if running and has_died(running):
        ended.append(running._replace(state="dead", error="Its process died."))
        running, failures = None, failures + 1
    if job.is_off:
        failures = 0
    last = max(ended, default=None)
    started = max((run.started_at for run in (last, running) if run), default=installed)
    return JobStatus(
        job, last, success, running, failures, _lag(job, started, running, now), _due(job, now), now
    )


def check(found: list[JobStatus]) -> None:
    """Raise CrmError where a job is late or failing."""
    faults = [f"{one.job.name} ({one.state})" for one in found if one.is_fault]
    if faults:
        raise CrmError(f"Not all jobs are well: {', '.join(faults)}.", hint="crm job log")


def check_hanging(app: App, name: str, now: datetime) -> None:
    """Raise CrmError where the present run of a job has lasted too long."""
    run = _latest(app.reader, name, "running")
    if run and not has_died(run) and now - run.started_at > LONGEST:
        raise CrmError(
            f"A run of the job {name} has not ended for six hours:"
            f" process {run.pid} on {run.host}.",
            hint=f"Look what it waits for, then end it there: kill {run.pid}",
        )


def has_died(run: Run) -> bool:
    """Whether a run of this machine is no longer there; those of others are believed."""
    if run.host != socket.gethostname():
        return False
    try:
        os.kill(run.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # it is there, and somebody else's
    return False


def _latest(reader: Reader, job: str, state: str) -> Run | None:
    row = reader.one(LATEST, (job, state))
    if row is None:
        return None
    number, was, started, ended, *rest = row
    return Run(number, was, moment(started), MOMENT.load(ended), *rest)


def _lag(job: Job, started: datetime, running: Run | None, now: datetime) -> timedelta:
    """How long ago the job missed its first moment; nothing where it is in time."""
    if job.is_off:
        return timedelta()
    schedule = Schedule.parse(job.schedule)
    expected = schedule.last_but_one(now)
    missed = schedule.after(started)
    if expected is None or missed is None:
        return timedelta()
    allowed = LONGEST if running else GRACE
    return now - missed if started < min(expected, now - allowed) else timedelta()


def _due(job: Job, now: datetime) -> datetime | None:
    return None if job.is_off else Schedule.parse(job.schedule).after(now)
