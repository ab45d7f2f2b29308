"""Reports, one per file: a title, and the table it makes."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.table import Table
    from crm_cli.views.types import Place

    class Report(Protocol):
        """What a module of this package offers."""

        __doc__: str | None

        def run(self, reader: Reader, place: Place, where: tuple[str, ...]) -> Table: ...


def names() -> list[str]:
    """The reports there are."""
    return sorted(module.name for module in iter_modules(__path__))


def load(name: str) -> Report:
    """A report by name; the name is one of `names()`."""
    found: Report = import_module(f"{__name__}.{name}")
    return found
