"""Send the mails that wait in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.job import JobResult

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.job import JobContext

SCHEDULE = "*/5 * * * *"
DUE = "SELECT COUNT(*) FROM outbox WHERE status = 'queued' AND due_at <= ?"


def run(app: App, context: JobContext) -> JobResult:
    """Send what is due; a dry run only counts it."""
    if context.dry_run:
        due = app.reader.value(DUE, (context.as_of,))
        count = due if context.limit is None else min(due, context.limit)
        return JobResult(count, f"{count} would be sent")
    from crm_cli.sender import Sender

    return Sender(app, context).run()
