"""What is wrong with the cells of a sheet, and how it is told in the language of its reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.values.sentences import Sentence

HEADINGS = {"en": "Errors", "ro": "Erori", "pl": "Błędy"}
ROW_HEADINGS = {"en": "Row in the file", "ro": "Rândul din fișier", "pl": "Wiersz w pliku"}

ERROR_HEADINGS = frozenset((*HEADINGS.values(), *ROW_HEADINGS.values()))
"""The headings of our own columns, which an import passes over."""

TEXT_LIMIT = 32_767
"""Characters that a cell or its note can hold."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell, or with a whole row where no column is named."""

    row: int
    column: str | None
    value: str
    why: Sentence

    @property
    def reason(self) -> str:
        """What is wrong, in English."""
        return str(self.why)

    def told(self, language: str) -> str:
        """What is wrong, after the heading of its column."""
        why = self.why.in_language(language)
        return f"{self.column}: {why}" if self.column else why


def in_a_row(problems: Iterable[CellProblem], language: str) -> str:
    """All that is wrong with a row, as its cell of the column of errors has it."""
    return fitting("; ".join(problem.told(language) for problem in problems))


def fitting(text: str) -> str:
    """The text as a workbook can hold it: nothing unwritable in it, and cut to its limit."""
    text = _UNWRITABLE.sub("\ufffd", text)
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"
