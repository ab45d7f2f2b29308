"""The record of the runs of jobs."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from sqlmodel import select

from schema.job_run import JobRun

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from crm_cli.job import JobResult


def begin(session: Session, *, job: str, trigger: str, as_of: datetime, at: datetime) -> int:
    """Record a start; the caller holds the job's lock, so a run left running has died."""
    unfinished = select(JobRun).where(JobRun.job == job, JobRun.state == "running")
    for dead in session.exec(unfinished):
        dead.state, dead.ended_at = "dead", at
        dead.error = f"Process {dead.pid} on {dead.host} died without ending the run."
    run = JobRun(
        job=job,
        trigger=trigger,
        as_of=as_of,
        started_at=at,
        host=socket.gethostname(),
        pid=os.getpid(),
    )
    session.add(run)
    session.flush()
    return run.key


def end(
    session: Session,
    number: int,
    *,
    state: str,
    at: datetime,
    result: JobResult | None = None,
    error: str | None = None,
) -> None:
    """Record how a run ended."""
    run = session.get_one(JobRun, number)
    run.state, run.ended_at, run.error = state, at, error
    if result is not None:
        run.items, run.failures = result.items, len(result.failures)
        run.summary = result.summary
        run.error = error or "\n".join(result.failures) or None
    session.flush()
