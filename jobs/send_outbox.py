"""Send the mails that wait in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.running.job import JobResult
from schema.outbox_states import FARTHEST

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.running.job import JobContext

SCHEDULE = "* * * * *"
# The states in these are the condition of an index: what was sent long ago is not looked at.
DUE = """
SELECT COUNT(*) FROM outbox
WHERE status IN ('queued', 'claimed', 'dot') AND status = 'queued' AND due_at <= ?"""
ANY_DUE = """
SELECT 1 FROM outbox
WHERE status IN ('queued', 'claimed', 'dot')
  AND (status <> 'queued' OR due_at <= ? OR due_at > ?) LIMIT 1"""
NOTHING = "nothing to send"


def run(app: App, context: JobContext) -> JobResult:
    """Send what is due; a dry run only counts it."""
    if context.dry_run:
        due = app.reader.value(DUE, (context.as_of,))
        count = due if context.limit is None else min(due, context.limit)
        return JobResult(count, f"{count} due")
    if app.reader.one(ANY_DUE, (context.as_of, context.now + FARTHEST)) is None:
        return JobResult(0, NOTHING)  # a run a minute must cost next to nothing
    from crm_cli.sending import senders

    return senders.send(app, context)
