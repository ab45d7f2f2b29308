"""Cells as files give them, turned into the few types the rest of the program knows."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.sheets.sheet import NOT_CALCULATED, CellError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")

# What spreadsheet programs in English, Romanian and Polish show where a formula failed.
_ERRORS = {
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#N/D", "#N/D!", "#ADR!", "#ARG!", "#DZIEL/0!", "#NAZWA?", "#LICZBA!", "#ZERO!", "#NUME?",
    "Err:502", "Err:504", "Err:508", "Err:522", NOT_CALCULATED,
}  # fmt: skip


def normal(value: object) -> object:
    """The cell as text, int, Decimal, bool, date, datetime, time, timedelta, error, or None."""
    if isinstance(value, str):
        text = value.strip()
        return CellError(text) if text in _ERRORS else text or None
    if isinstance(value, float):
        return _number(value)
    return value


def _number(value: float) -> object:
    if value.is_integer():
        return int(value)
    return Decimal(repr(value)) if math.isfinite(value) else CellError("#NUM!")


def storable(cells: Sequence[Any]) -> list[object]:
    """A column as `normal` has it, but for fractions, which stay floats until `exact`."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        texts = [cell.strip() or None for cell in cells]
        if _ERRORS.isdisjoint(texts):
            return texts
    if kinds == {float} and all(map(math.isfinite, cells)):
        return [int(cell) if cell.is_integer() else cell for cell in cells]
    if kinds.isdisjoint({str, float}):
        return list(cells)
    return [_whole(cell) if isinstance(cell, float) else normal(cell) for cell in cells]


def exact(cells: Iterable[object]) -> list[object]:
    """Floats as the decimal fractions they were written as."""
    return [Decimal(repr(cell)) if isinstance(cell, float) else cell for cell in cells]


def _whole(value: float) -> object:
    return int(value) if value.is_integer() else value if math.isfinite(value) else _number(value)


def escape(text: str) -> str:
    """Text as it stands in a CSV for people: what a program might take for a formula is quoted."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
