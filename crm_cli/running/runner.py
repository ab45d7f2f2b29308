"""Running a job: its lock, its record, signals, and how the run ends."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crm_cli import services
from crm_cli.constants import value_of
from crm_cli.errors import Interrupted, Partial, Terminated, UsageError
from crm_cli.reporting import as_crm_error
from crm_cli.running import job_told
from crm_cli.running.job import JobContext
from crm_cli.running.job_lock import AlreadyRunning, job_lock
from crm_cli.running.job_modules import load
from crm_cli.running.signals import caught
from crm_cli.writer import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crm_cli.app import App
    from crm_cli.running.job import JobResult
    from crm_cli.running.job_modules import Job


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How a run is asked for; `note` takes what is not worth waking anybody for."""

    limit: int | None = None
    as_of: datetime | None = None
    full: bool = False
    note: Callable[[str], None] = lambda text: None


def run(app: App, name: str, wish: Wish | None = None) -> JobResult:
    """Run a job under its lock; raises AlreadyRunning, Repeated or what stopped it."""
    job, wish = load(name), wish or Wish()
    if wish.full and not job.has_full:
        raise UsageError(
            f"The job {job.name} always does all there is to do; --full is not for it."
        )
    app.job = job.name
    try:
        result = _locked(app, job, wish)
    except (AlreadyRunning, Interrupted, Terminated):
        raise
    except Exception as error:
        _beat(app, job, wish, job_told.exit_code(error))
        if not app.choices.dry_run:
            job_told.hush(app.database.url, job.name, error)
        raise
    _beat(app, job, wish, 0)
    if not app.choices.dry_run:
        job_told.forget(app.database.url, job.name)
    return result


def _locked(app: App, job: Job, wish: Wish) -> JobResult:
    app.database.check_file()
    with app.database.translated(), _lock(app, job), caught() as stop:
        context = JobContext(
            as_of=wish.as_of or app.now,
            started_at=app.now,
            limit=wish.limit,
            full=wish.full,
            dry_run=app.choices.dry_run,
            stop=stop,
        )
        return _recorded(app, job, context)


@contextmanager
def _lock(app: App, job: Job) -> Iterator[None]:
    """The lock of the job; who holds it for hours is complained of, for nobody else would tell."""
    try:
        with job_lock(app.database.url, job.name):
            yield
    except AlreadyRunning:
        services.job_status.check_hanging(app, job.name, _clock())
        raise


def _beat(app: App, job: Job, wish: Wish, code: int) -> None:
    """Tell the monitor how the run ended, now that its lock is free."""
    settings = app.settings.other
    url = settings.get("heartbeat_url")
    if not url or app.choices.dry_run:
        return
    from crm_cli.running.heartbeat import beat

    problem = beat(url, job.name, code, settings.get("ca_file"))
    if problem:
        wish.note(problem)


def _recorded(app: App, job: Job, context: JobContext) -> JobResult:
    """Run the job between the two writes of its record."""
    run = Recorded.begin(app, job, context)
    try:
        result = job.run(app, context)
    except Exception as error:
        with suppress(Exception):  # what stopped the job may stop its record too
            run.end("failed", error=_words(error))
        raise
    if context.stop.requested:
        stopped = context.stop.error(job.name)
        run.end("stopped", result=result, error=stopped.message)
        raise stopped
    run.end("partial" if result.failures else "done", result=result)
    if result.failures:
        raise _partial(job, result)
    return result


def _words(error: Exception) -> str:
    found = as_crm_error(error)
    return found.message if found else f"{type(error).__name__}: {error}"


@dataclass(frozen=True)
class Recorded:
    """The record of a run; a dry run leaves none."""

    app: App
    job: str
    number: int | None

    @classmethod
    def begin(cls, app: App, job: Job, context: JobContext) -> Recorded:
        """Write down the start."""
        if context.dry_run:
            return cls(app, job.name, None)
        with writing(app.database.url) as writer:
            died = services.job_runs.mark_dead(writer, job.name, _clock())
            number = services.job_runs.begin(
                writer, job=job.name, trigger=_trigger(), as_of=context.as_of, at=_clock()
            )
        if died and job_told.is_news(app.database.url, job.name, "died"):
            app.say(f"crm: {' '.join(died)} The job {job.name} goes on where it was.")
        return cls(app, job.name, number)

    def end(self, state: str, **told: Any) -> None:
        """Write down how the run ended."""
        if self.number is None:
            return
        at, days = _clock(), value_of(self.app.reader, "job.log_days", self.app.place)
        with writing(self.app.database.url) as writer:
            services.job_runs.end(writer, self.number, state=state, at=at, **told)
            services.job_runs.tidy(writer, self.job, self.number, at=at, days=days)


def _partial(job: Job, result: JobResult) -> Partial:
    count = len(result.failures)
    return Partial(
        f"The job {job.name} could not do {count} of its items.",
        hint=f"crm job log --job {job.name}",
        candidates=result.failures,
    )


def _trigger() -> str:
    return "terminal" if job_told.at_terminal() else "unattended"


def _clock() -> datetime:
    """The record keeps the time on the wall, whatever CRM_NOW says."""
    return datetime.now(UTC)
