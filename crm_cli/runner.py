"""Running a job: its lock, its record, signals, and how the run ends."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.errors import CrmError, Partial, UsageError
from crm_cli.job import JobContext
from crm_cli.job_lock import job_lock
from crm_cli.job_modules import load
from crm_cli.signals import caught

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.job import JobResult
    from crm_cli.job_modules import Job


def run(
    app: App,
    name: str,
    *,
    limit: int | None = None,
    as_of: datetime | None = None,
    full: bool = False,
) -> JobResult:
    """Run a job under its lock; raises AlreadyRunning, Partial, or what stopped it."""
    job = load(name)
    if full and not job.has_full:
        raise UsageError(
            f"The job {job.name} always does all there is to do; --full is not for it."
        )
    app.job = job.name
    app.database.check_file()
    with app.database.translated(), job_lock(app.database.url, job.name), caught() as stop:
        context = JobContext(
            as_of=as_of or app.now,
            started_at=app.now,
            limit=limit,
            full=full,
            dry_run=app.choices.dry_run,
            stop=stop,
        )
        result = _recorded(app, job, context)
    if result.failures:
        raise _partial(job, result)
    return result


def _recorded(app: App, job: Job, context: JobContext) -> JobResult:
    """Run the job between the two writes of its record; a dry run leaves none."""
    with app.transaction() as tx:
        number = services.job_runs.begin(
            tx.session, job=job.name, trigger=_trigger(), as_of=context.as_of, at=_clock()
        )
    try:
        result = job.run(app, context)
    except Exception as error:
        _end(app, number, "failed", error=_sentence(error))
        raise
    if context.stop.requested:
        stopped = context.stop.error(job.name)
        _end(app, number, "stopped", result=result, error=stopped.message)
        raise stopped
    _end(app, number, "partial" if result.failures else "done", result=result)
    return result


def _end(
    app: App, number: int, state: str, *, result: JobResult | None = None, error: str | None = None
) -> None:
    if app.choices.dry_run:
        return
    with app.transaction() as tx:
        services.job_runs.end(
            tx.session, number, state=state, at=_clock(), result=result, error=error
        )


def _partial(job: Job, result: JobResult) -> Partial:
    count = len(result.failures)
    return Partial(
        f"The job {job.name} could not do {count} of its items.",
        hint=f"crm job log --job {job.name}",
        candidates=result.failures,
    )


def _sentence(error: Exception) -> str:
    return error.message if isinstance(error, CrmError) else f"{type(error).__name__}: {error}"


def _trigger() -> str:
    return "terminal" if sys.stdin and sys.stdin.isatty() else "unattended"


def _clock() -> datetime:
    """The record keeps the time on the wall, whatever CRM_NOW says."""
    return datetime.now(UTC)
