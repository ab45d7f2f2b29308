"""What waits to be done by jobs: mail that should have left, reminders that are due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.views.types import moment

if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.reader import Reader

# Each condition is that of an index; what was sent long ago is not looked at.
WAITING = """
SELECT count(*), min(coalesce(first_tried_at, due_at)) FROM outbox
WHERE status IN ('queued', 'claimed', 'dot') AND (due_at <= ? OR attempts > 0)"""
STUCK = """
SELECT status, count(*) FROM outbox WHERE status IN ('failed', 'held') GROUP BY status"""
OVERDUE = "SELECT count(*) FROM task WHERE next_reminder_at <= ?"


class Queues(NamedTuple):
    """How much waits; `oldest` is how long a mail should have left, or was tried in vain."""

    waiting: int
    oldest: timedelta
    failed: int
    held: int
    overdue: int


def measure(reader: Reader, now: datetime) -> Queues:
    """Count what waits at a moment."""
    waiting, oldest = reader.one(WAITING, (now,)) or (0, None)
    stuck = dict(reader.all(STUCK))
    return Queues(
        waiting=waiting,
        oldest=now - moment(oldest) if oldest else timedelta(),
        failed=stuck.get("failed", 0),
        held=stuck.get("held", 0),
        overdue=reader.value(OVERDUE, (now,)),
    )
