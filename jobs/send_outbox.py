"""Send the mails that wait in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.job import JobResult

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.job import JobContext

SCHEDULE = "* * * * *"
DUE = "SELECT COUNT(*) FROM outbox WHERE status = 'queued' AND due_at <= ?"
ANY_DUE = """
SELECT 1 FROM outbox
WHERE (status = 'queued' AND due_at <= ?) OR (status IN ('claimed', 'dot') AND lease_until < ?)
LIMIT 1"""
NOTHING = "nothing to send"


def run(app: App, context: JobContext) -> JobResult:
    """Send what is due; a dry run only counts it."""
    if context.dry_run:
        due = app.reader.value(DUE, (context.as_of,))
        count = due if context.limit is None else min(due, context.limit)
        return JobResult(count, f"{count} would be sent")
    if app.reader.one(ANY_DUE, (context.as_of, context.now)) is None:
        return JobResult(0, NOTHING)  # a run a minute must cost next to nothing
    from crm_cli import senders

    return senders.send(app, context)
