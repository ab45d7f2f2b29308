"""Remind employees of their tasks, by mail and in their inbox."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.running.job import JobResult

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.running.job import JobContext

SCHEDULE = "* * * * *"


def run(app: App, run: JobContext) -> JobResult:
    """Settle every reminder and every digest that is due; each batch is one transaction."""
    counts, lines = _reminders(app, run)
    digests, more = _digests(app, run)
    done = counts["sent"] + digests["sent"]
    return JobResult(done, _summary(counts, digests), (*lines, *more))


def _reminders(app: App, run: JobContext) -> tuple[Counter[str], list[str]]:
    counts, failures = Counter[str](), dict[int, str]()
    for batch in services.reminders.batches.plan(app.reader, app.place, run.as_of, run.limit):
        if run.stop.requested:
            break
        with app.transaction() as tx:
            outcome = services.reminders.run.remind(tx.session, batch, run.as_of, failures)
        counts += outcome.counts
        failures |= outcome.failures
    return counts, [f"task {number}: {reason}" for number, reason in failures.items()]


def _digests(app: App, run: JobContext) -> tuple[Counter[str], list[str]]:
    counts, failures = Counter[str](), dict[int, str]()
    for ids in services.reminders.digests_due.due(app.reader, run.as_of, run.limit):
        if run.stop.requested:
            break
        with app.transaction() as tx:
            outcome = services.reminders.digests.send(tx.session, ids, run.as_of)
        counts += outcome.counts
        failures |= outcome.failures
    return counts, [f"digest of employee {one}: {reason}" for one, reason in failures.items()]


def _summary(counts: Counter[str], digests: Counter[str]) -> str:
    """`12 sent, 2 of them late, 1 unreachable, 3 digests`."""
    words = [f"{counts['sent']} sent"]
    if counts["late"]:
        words.append(f"{counts['late']} of them late")
    words += [
        f"{number} {state}"
        for state in ("covered", "skipped", "unreachable")
        if (number := counts[state] + (digests[state] if state == "unreachable" else 0))
    ]
    if digests["sent"]:
        words.append(f"{digests['sent']} digest{'s' if digests['sent'] > 1 else ''}")
    return ", ".join(words)
