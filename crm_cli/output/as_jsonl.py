"""JSON lines: one record a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.output.as_json import document, dump, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table


def write(table: Table, style: Style) -> Iterator[str]:
    """A record a line, as soon as it is read."""
    if table.single:
        yield dump(document(table, style)) + "\n"
        return
    for row in table.rows:
        yield dump(record(table.columns, row)) + "\n"
