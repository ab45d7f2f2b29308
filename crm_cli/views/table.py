"""Rows under columns, on their way to the output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crm_cli.views.view import Column


@dataclass(eq=False, repr=False)
class Table:
    """Values in the order of the columns; `single` when it is one record and not a list.

    `parts` are the lists that belong to a single record, such as the lines of a document.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    single: bool = False
    parts: Mapping[str, Table] = field(default_factory=dict)

    def narrowed(self, columns: Sequence[Column]) -> Table:
        """The same rows with only these columns."""
        places = [self.columns.index(column) for column in columns]
        rows = ([row[place] for place in places] for row in self.rows)
        return Table(columns, rows, self.single, self.parts)

    def values(self) -> dict[str, Any]:
        """The record of a single table, by column."""
        row = next(iter(self.rows))
        return {column.name: value for column, value in zip(self.columns, row, strict=True)}
