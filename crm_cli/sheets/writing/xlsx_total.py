"""The row of totals below a sheet: living sums, where the rows are all of one currency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.sheets.writing.xlsx_styles import style_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Totals:
    """Adds up the amounts of a sheet while its rows pass by."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds
        of_currency = [at for at, kind in enumerate(kinds) if kind == "currency"]
        amounts = [at for at, kind in enumerate(kinds) if kind == "money"]
        # Amounts stand in the currency of their row; with two such columns, nobody knows in which.
        self._currency = of_currency[0] if len(of_currency) == 1 else None
        self._sums = dict.fromkeys(amounts if self._currency is not None else (), Decimal(0))
        self._currencies: set[object] = set()

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Take the next rows in."""
        if self._currency is None or len(self._currencies) > 1:
            return
        self._currencies.update(row[self._currency] for row in rows)
        for at in self._sums:
            self._sums[at] += sum(row[at] for row in rows if row[at] is not None)

    def xml(self, label: str, letters: Sequence[str], last: int) -> str:
        """The row below the last one; '' where a sum would mean nothing."""
        if len(self._currencies) != 1 or None in self._currencies or not self._sums:
            return ""
        cells = [
            self._sum(letters[at], last, at)
            if at in self._sums
            else _label(letters[at], last, label)
            for at in sorted({*self._sums, self._place_of_label})
        ]
        return f'<row r="{last + 1}">{"".join(cells)}</row>'

    @property
    def _place_of_label(self) -> int:
        return next(at for at, _ in enumerate(self._kinds) if at not in self._sums)

    def _sum(self, letter: str, last: int, at: int) -> str:
        """A sum that follows the filter, with its value for programs that do not calculate."""
        return (
            f'<c r="{letter}{last + 1}" s="{style_of("total")}">'
            f"<f>SUBTOTAL(109,{letter}2:{letter}{last})</f><v>{self._sums[at]}</v></c>"
        )


def _label(letter: str, last: int, label: str) -> str:
    return (
        f'<c r="{letter}{last + 1}" s="{style_of("total label")}" t="inlineStr">'
        f"<is><t>{label}</t></is></c>"
    )
