"""Text for the terminal and for scripts: one module per format, one table of their names."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table

    class Writer(Protocol):
        """Turns a table into pieces of text."""

        def __call__(self, table: Table, style: Style) -> Iterator[str]: ...


FORMATS = {
    "table": "crm_cli.output.as_table",
    "json": "crm_cli.output.as_json",
    "jsonl": "crm_cli.output.as_jsonl",
    "csv": "crm_cli.output.as_csv",
}


def writer(name: str) -> Writer:
    """The writer of a format."""
    found: Writer = import_module(FORMATS[name]).write
    return found
