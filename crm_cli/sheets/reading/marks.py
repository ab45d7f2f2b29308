"""What calamine does not tell of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_cli.sheets.reading.source import Merged


@dataclass(frozen=True, slots=True)
class Marks:
    """The error cells of a sheet by row and column from 0, the numbers of its hidden rows, and
    the cells merged across columns, where the format makes us look for them.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)

    def by_row(self) -> dict[int, dict[int, str]]:
        """The error cells by row, then by column."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), text in self.errors.items():
            rows.setdefault(row, {})[column] = text
        return rows
