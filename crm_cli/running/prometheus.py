"""The figures of the jobs and queues in Prometheus' text format, for its textfile collector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from crm_cli.services.job_status import JobStatus, Run
    from crm_cli.services.queues import Queues


@dataclass(frozen=True)
class Metric:
    """One gauge with its samples; a sample that has no value yet is left out."""

    name: str
    help: str
    samples: Iterable[tuple[Mapping[str, str], float | None]]

    def lines(self) -> Iterator[str]:
        """HELP, TYPE, a line a sample."""
        yield f"# HELP {self.name} {_escaped(self.help)}"
        yield f"# TYPE {self.name} gauge"
        for labels, value in self.samples:
            if value is not None:
                yield f"{self.name}{_labels(labels)} {_number(value)}"


class Figure(NamedTuple):
    """A gauge that each job has."""

    name: str
    help: str
    of: Callable[[JobStatus], float | None]


FIGURES = (
    Figure("late", "Whether the job missed its schedule.", lambda one: one.state == "late"),
    Figure("failing", "Whether its last run failed.", lambda one: one.failures > 0),
    Figure("running", "Whether a run is under way.", lambda one: one.running is not None),
    Figure("off", "Whether the job is switched off.", lambda one: one.job.is_off),
    Figure(
        "consecutive_failures", "Runs that failed since the last success.", lambda one: one.failures
    ),
    Figure(
        "lag_seconds",
        "Since the first start it missed; 0 in time.",
        lambda one: one.lag.total_seconds(),
    ),
    Figure(
        "last_run_timestamp_seconds", "When its last run started.", lambda one: _started(one.last)
    ),
    Figure(
        "last_run_duration_seconds", "How long its last run took.", lambda one: _duration(one.last)
    ),
    Figure(
        "last_success_timestamp_seconds",
        "When its last success started.",
        lambda one: _started(one.success),
    ),
    Figure(
        "running_since_timestamp_seconds",
        "When the present run started.",
        lambda one: _started(one.running),
    ),
    Figure(
        "next_due_timestamp_seconds",
        "When its schedule comes round.",
        lambda one: _at(one.next_due),
    ),
)


def exposition(statuses: Iterable[JobStatus], queues: Queues) -> str:
    """All figures of an installation whose database can be read."""
    found = list(statuses)
    jobs = (
        Metric(
            f"crm_job_{each.name}",
            each.help,
            [({"job": one.job.name}, each.of(one)) for one in found],
        )
        for each in FIGURES
    )
    return _text([_reachable(up=True), *jobs, *_queues(queues)])


def unreachable() -> str:
    """What is told where the database cannot be read."""
    return _text([_reachable(up=False)])


def _reachable(*, up: bool) -> Metric:
    return Metric("crm_database_up", "Whether the database can be read.", [({}, up)])


def _queues(queues: Queues) -> Iterator[Metric]:
    yield Metric("crm_outbox_waiting", "Mails that should have left.", [({}, queues.waiting)])
    oldest = queues.oldest.total_seconds()
    yield Metric("crm_outbox_oldest_seconds", "Age of the longest waiting mail.", [({}, oldest)])
    yield Metric("crm_outbox_failed", "Mails that were given up.", [({}, queues.failed)])
    yield Metric("crm_outbox_held", "Mails held because they may have left.", [({}, queues.held)])
    yield Metric(
        "crm_reminders_overdue", "Tasks with a reminder to be sent.", [({}, queues.overdue)]
    )


def _text(metrics: Iterable[Metric]) -> str:
    return "".join(f"{line}\n" for metric in metrics for line in metric.lines())


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    pairs = (f'{name}="{_escaped(value, quotes=True)}"' for name, value in labels.items())
    return "{" + ",".join(pairs) + "}"


def _escaped(text: str, *, quotes: bool = False) -> str:
    escaped = text.replace("\\", r"\\").replace("\n", r"\n")
    return escaped.replace('"', r"\"") if quotes else escaped


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _at(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _started(run: Run | None) -> float | None:
    return _at(run.started_at) if run else None


def _duration(run: Run | None) -> float | None:
    if run is None or run.ended_at is None:
        return None
    return (run.ended_at - run.started_at).total_seconds()
