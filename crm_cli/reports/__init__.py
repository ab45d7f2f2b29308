"""Reports, and what other commands compute with the same tools."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crm_cli.errors import UsageError
from crm_cli.views.months import Period

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.table import Table
    from crm_cli.views.types import Place

    class Report(Protocol):
        """What a module of this package offers."""

        __doc__: str | None
        TAKES: frozenset[str]
        """What it can be asked beside conditions: `period`, `by`."""

        def run(self, reader: Reader, place: Place, asked: Asked) -> Table: ...


class Asked(NamedTuple):
    """What a report is to be about."""

    where: tuple[str, ...] = ()
    period: Period = Period()
    by: str = ""


NAMES = ("leave", "pipeline", "task-days", "tasks", "workload")
"""What `crm report` offers, each in a module of its name."""
OPTIONS = {"period": "--from and --to", "by": "--by"}


def make(name: str, reader: Reader, place: Place, asked: Asked) -> Table:
    """Make one of `NAMES`; raises UsageError for what it cannot be asked."""
    report: Report = import_module(f"{__name__}.{name.replace('-', '_')}")
    for option in OPTIONS.keys() - report.TAKES:
        if getattr(asked, option):
            raise UsageError(
                f"The report {name} takes no {OPTIONS[option]}.", hint="crm report --help"
            )
    return report.run(reader, place, asked)
