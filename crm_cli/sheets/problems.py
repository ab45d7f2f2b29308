"""What is wrong with the cells of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

HEADINGS = {"en": "Errors", "ro": "Erori", "pl": "Błędy"}

ERROR_HEADINGS = frozenset(HEADINGS.values())
"""The headings of the column of errors, which an import passes over."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell, or with a whole row where no column is named."""

    row: int
    column: str | None
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.column}: {self.reason}" if self.column else self.reason
