"""JSON lines: one record a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.output.as_json import dump, record, with_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table


def write(table: Table, style: Style) -> Iterator[str]:
    """A record a line, as soon as it is read."""
    for row in table.rows:
        found = record(table.columns, row)
        yield dump(with_warnings(found, style) if table.single else found) + "\n"
