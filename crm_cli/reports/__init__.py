"""Reports, and what other commands compute with the same tools."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.table import Table
    from crm_cli.views.types import Place

    class Report(Protocol):
        """What a module of this package offers."""

        __doc__: str | None

        def run(self, reader: Reader, place: Place, where: tuple[str, ...]) -> Table: ...


NAMES = ("pipeline",)
"""What `crm report` offers, each in a module of its name."""


def load(name: str) -> Report:
    """A report by name, one of `NAMES`."""
    found: Report = import_module(f"{__name__}.{name}")
    return found
