"""The record of the runs of jobs, by plain SQL: most runs find nothing, and load no ORM for it."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crm_cli.reader import Reader
    from crm_cli.running.job import JobResult

MARK_DEAD = """
UPDATE job_run SET state = 'dead', ended_at = ?,
  error = coalesce(error || ?, '') || 'Process ' || pid || ' on ' || host
    || ' died without ending the run.'
WHERE job = ? AND state = 'running' RETURNING pid, host"""
BEGIN = """
INSERT INTO job_run
  (job, trigger, state, as_of, since, started_at, runs, host, pid, items, failures)
VALUES (?, ?, 'running', ?, ?, ?, 1, ?, ?, 0, 0) RETURNING id"""
NOTE = """
UPDATE job_run SET error = coalesce(error || ?, '') || ?
WHERE job = ? AND state = 'running' RETURNING id"""
END = """
UPDATE job_run SET state = ?, ended_at = ?, items = ?, failures = ?, summary = ?, error = ?
WHERE id = ? RETURNING id"""
# By the state, for which there is an index: the newest run of a job is the newest of these.
NEWEST = """
SELECT id, runs, since, state, trigger, host, items, failures, summary, error FROM job_run
WHERE job = ? AND state = ? AND id <= ? ORDER BY started_at DESC, id DESC LIMIT 1"""
ABSORB = "UPDATE job_run SET runs = ?, since = ? WHERE id = ? RETURNING id"
REMOVE = "DELETE FROM job_run WHERE id = ? RETURNING id"
PRUNE = """
DELETE FROM job_run WHERE id IN (
  SELECT id FROM job_run WHERE job = ? AND state = ? AND started_at < ? AND id < (
    SELECT id FROM job_run WHERE job = ? AND state = ?
    ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ?)
  ORDER BY started_at LIMIT 1000)
RETURNING id"""

KEPT = {"done": 1, "stopped": 1, "partial": 100, "failed": 100, "dead": 100}
"""How many of the newest runs of each state stay, however old they are."""


def mark_dead(writer: Reader, job: str, at: datetime) -> list[str]:
    """Mark the runs that died; the caller holds the job's lock. Gives a line for each."""
    died = writer.all(MARK_DEAD, (at, "\n", job))
    return [f"Process {pid} on {host} died without ending the run." for pid, host in died]


def begin(writer: Reader, *, job: str, trigger: str, as_of: datetime, at: datetime) -> int:
    """Record a start."""
    values = (job, trigger, as_of, at, at, socket.gethostname(), os.getpid())
    number: int = writer.value(BEGIN, values)
    return number


def note(writer: Reader, job: str | None, lines: Sequence[str]) -> None:
    """Keep what the running run has to tell, in case it dies before it can."""
    if lines:
        writer.all(NOTE, ("\n", "\n".join(lines), job))


def end(
    writer: Reader,
    number: int,
    *,
    state: str,
    at: datetime,
    result: JobResult | None = None,
    error: str | None = None,
) -> None:
    """Record how a run ended."""
    items, summary, failures = (result.items, result.summary, result.failures) if result else _NONE
    told = "\n".join([*failures, *([error] if error else [])]) or None
    writer.all(END, (state, at, items, len(failures), summary, told, number))


def tidy(writer: Reader, job: str, number: int, *, at: datetime, days: int) -> None:
    """Let a run that did nothing stand for the one before that ended alike, or prune old ones."""
    run, before = _newest(writer, job, number), _newest(writer, job, number - 1)
    if run and before and _is_alike(run, before):
        writer.all(ABSORB, (before[1] + run[1], before[2], number))
        writer.all(REMOVE, (before[0],))
    elif days:
        for state, kept in KEPT.items():
            writer.all(PRUNE, (job, state, at - timedelta(days=days), job, state, kept - 1))


def _newest(writer: Reader, job: str, number: int) -> tuple[Any, ...] | None:
    """The newest run of a job up to a number."""
    found = (writer.one(NEWEST, (job, state, number)) for state in KEPT)
    return max((run for run in found if run), default=None)


def _is_alike(run: tuple[Any, ...], before: tuple[Any, ...]) -> bool:
    """Whether both ended in the same way, in the same words, and had nothing to do."""
    return run[3:] == before[3:] and run[6] == 0


_NONE: tuple[int, str | None, tuple[str, ...]] = (0, None, ())
