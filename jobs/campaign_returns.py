"""Compute the returns of campaigns whose documents changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.running.job import JobResult

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.running.job import JobContext

SCHEDULE = "40 5 * * *"
HAS_FULL = True
"""`--full` computes all campaigns, whatever changed."""


def run(app: App, context: JobContext) -> JobResult:
    """Store the figures of all marked campaigns in one transaction."""
    with app.transaction() as tx:
        count = services.campaigns.returns.store(
            tx.session, context.as_of, full=context.full, limit=context.limit
        )
    return JobResult(count, _summary(count))


def _summary(count: int) -> str:
    if not count:
        return "nothing changed"
    return f"{count} campaign{'s' if count > 1 else ''} computed"
