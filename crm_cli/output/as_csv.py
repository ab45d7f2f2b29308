"""CSV for scripts: raw values, JSON keys as headings, ISO dates."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table


def write(table: Table, style: Style) -> Iterator[str]:
    """A heading line, then a line a record."""
    buffer = io.StringIO()
    lines = csv.writer(buffer, delimiter=style.delimiter, lineterminator="\n")
    lines.writerow([column.name for column in table.columns])
    for row in table.rows:
        lines.writerow(
            [
                column.type.text(value, style.zone)
                for column, value in zip(table.columns, row, strict=True)
            ]
        )
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
