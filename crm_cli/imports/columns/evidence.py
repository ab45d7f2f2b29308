"""What the cells of a whole column prove about the way it is written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from crm_cli.imports.cells.cells import CLEAR, as_rate, as_text
from crm_cli.imports.cells.dated_cells import serial
from crm_cli.sheets.sheet import CellError
from crm_cli.values.numbers import decimal_mark

if TYPE_CHECKING:
    from crm_cli.values.figures import Mark

_IN_FIGURES = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_MONTHS = 12
_SUSPICIOUS = 3
"""Typed dates before the 13th that are no coincidence any more."""


class Marks:
    """Decimal marks that are proven by a number such as 1.234,50."""

    def __init__(self) -> None:
        self._found: set[Mark] = set()

    def look(self, cell: object) -> None:
        """Learn from a cell."""
        if type(cell) is str and ("." in cell or "," in cell) and (mark := decimal_mark(cell)):
            self._found.add(mark)

    @property
    def mark(self) -> Mark | None:
        """The mark; None where none is proven, or both."""
        return next(iter(self._found)) if len(self._found) == 1 else None


class Shares(Marks):
    """Typed percentages: 0.4 and 40 are both written for forty percent, but not side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._fractions = self._others = False

    def look(self, cell: object) -> None:
        """Learn from a cell."""
        super().look(cell)
        if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
            size = Decimal(cell)
            self._fractions |= 0 < size < 1
            self._others |= abs(size) > 1

    @property
    def fractions(self) -> bool | None:
        """Whether its typed numbers are parts of one; None where they are 0 and 1 alone."""
        if self._fractions or self._others:
            return not self._others
        return None


class Orders:
    """Dates such as 30/07/2023, which can be read in one order only, and days that are counted."""

    def __init__(self) -> None:
        self.day_first: set[bool] = set()
        """The orders that are proven."""
        self._counted = self._others = self._either_way = self._late_days = False
        self._typed = 0

    def look(self, cell: object) -> None:
        """Learn from a cell."""
        if cell == CLEAR:
            return
        if serial(cell) is not None:
            self._counted = True
            return
        self._others = True
        if isinstance(cell, date):
            self._typed += 1
            self._late_days |= cell.day > _MONTHS
        elif type(cell) is str and (match := _IN_FIGURES.match(cell)):
            self._look_at_order(int(match[1]), int(match[3]))

    def _look_at_order(self, first: int, second: int) -> None:
        if (first > _MONTHS) != (second > _MONTHS):
            self.day_first.add(first > _MONTHS)
        else:
            self._either_way = True

    @property
    def serials(self) -> bool:
        """Whether all of it is days as a spreadsheet counts them."""
        return self._counted and not self._others

    @property
    def swapped(self) -> bool:
        """Whether a spreadsheet of another country took for dates what has no day after the 12th.

        What has one it left as text.
        """
        left = bool(self.day_first) and not self._either_way
        return left and self._typed >= _SUSPICIOUS and not self._late_days


class Names:
    """The references a column holds."""

    def __init__(self, noun: str | None, *, many: bool) -> None:
        self.texts: set[str] = set()
        self._noun = noun
        self._many = many

    def look(self, cell: object) -> None:
        """Learn from a cell."""
        if cell != CLEAR and not isinstance(cell, CellError):
            self.texts.update(names_in(cell, self._noun, many=self._many))


def names_in(cell: object, noun: str | None, *, many: bool) -> list[str]:
    """The references in a cell: several where the column takes several."""
    text = as_rate(cell) if noun == "tax" else as_text(cell)
    parts = text.replace("\n", ";").split(";") if many else [text]
    return [name for part in parts if (name := part.strip())]
