"""The record of the runs of jobs; the lock is elsewhere, freed by kernel or server."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from schema.base import AUTOINCREMENT, Row, UtcDateTime


class JobRun(Row, table=True):
    """One run; a run whose process died is marked dead by the next one.

    Runs in a row that did nothing and ended alike share the row of the last one: `runs` counts
    them, `since` is when the first one started.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        Index("ix_job_run_job_state_started_at", "job", "state", "started_at"),
        CheckConstraint(
            "state IN ('running', 'done', 'partial', 'failed', 'dead', 'stopped')", name="state"
        ),
        AUTOINCREMENT,
    )

    job: str
    trigger: str
    state: str = "running"
    as_of: datetime = Field(sa_type=UtcDateTime)
    since: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    runs: int = 1
    host: str
    pid: int
    items: int = 0
    failures: int = 0
    summary: str | None = None
    error: str | None = None
