"""Remind employees of their tasks, by mail and in their inbox."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.errors import InvalidData
from crm_cli.job import JobResult

if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.app import App
    from crm_cli.job import JobContext

SCHEDULE = "*/5 * * * *"


def run(app: App, run: JobContext) -> JobResult:
    """Settle every reminder that is due; each batch is one transaction."""
    counts, failures = Counter[str](), list[str]()
    tasks = services.reminding.due(app.reader, run.as_of, run.limit)
    for batch in services.reminding.batches(tasks):
        if run.stop.requested:
            break
        counts += _remind(app, batch, run.as_of, failures)
    return JobResult(counts["sent"], _summary(counts), tuple(failures))


def _remind(app: App, ids: list[int], as_of: datetime, failures: list[str]) -> Counter[str]:
    """Remind of a batch; where one task cannot be put into words the others go one by one."""
    try:
        with app.transaction() as tx:
            return services.reminding.remind(tx.session, ids, as_of)
    except InvalidData as error:
        if len(ids) == 1:
            failures.append(f"task {ids[0]}: {error.message}")
            return Counter()
    return sum((_remind(app, [one], as_of, failures) for one in ids), Counter())


def _summary(counts: Counter[str]) -> str:
    """`12 sent, 2 of them late, 1 unreachable`."""
    words = [f"{counts['sent']} sent"]
    if counts["late"]:
        words.append(f"{counts['late']} of them late")
    words += [
        f"{counts[state]} {state}"
        for state in ("covered", "skipped", "unreachable")
        if counts[state]
    ]
    return ", ".join(words)
