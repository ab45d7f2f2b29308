"""Records inside a record: the lines of a document, the passages of an opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.views.types import ColumnType

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Nested(ColumnType):
    """A table as the value of a column."""

    name = "records"
    textual = False

    def json(self, value: Any) -> Any:
        """A list of objects."""
        return [
            {
                column.name: column.type.json(cell)
                for column, cell in zip(value.columns, row, strict=True)
            }
            for row in value.rows
        ]

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        """How many there are; the table for people shows them below the record."""
        return str(len(value.rows))


NESTED = Nested()
