"""JSON: the stable interface; a list for lists, an object for one record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table
    from crm_cli.views.view import Column


def write(table: Table, style: Style) -> Iterator[str]:
    """One document, a record a line."""
    rows = iter(table.rows)
    if table.single:
        yield dump(document(table, style)) + "\n"
        return
    yield "["
    separator = "\n"
    for row in rows:
        yield separator + dump(record(table.columns, row))
        separator = ",\n"
    yield "]\n" if separator == "\n" else "\n]\n"


def document(table: Table, style: Style) -> dict[str, Any]:
    """A single record with its parts and the warnings of the command."""
    found = record(table.columns, next(iter(table.rows)))
    for name, part in table.parts.items():
        found[name] = [record(part.columns, row) for row in part.rows]
    return {**found, "warnings": list(style.warnings)} if style.warnings else found


def record(columns: Sequence[Column], row: Sequence[Any]) -> dict[str, Any]:
    """One row as JSON values by column name."""
    return {
        column.name: column.type.json(value) for column, value in zip(columns, row, strict=True)
    }


def dump(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False)
