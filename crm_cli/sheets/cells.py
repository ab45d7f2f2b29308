"""Cells as files give them, turned into the few types the rest of the program knows."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from crm_cli.sheets.sheet import CellError

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")

# What spreadsheet programs in English, Romanian and Polish show where a formula failed.
_ERRORS = {
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#N/D", "#N/D!", "#ADR!", "#ARG!", "#DZIEL/0!", "#NAZWA?", "#LICZBA!", "#ZERO!", "#NUME?",
    "Err:502", "Err:504", "Err:508", "Err:522",
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


def escape(text: str) -> str:
    """Text as it stands in a CSV for people: what a program might take for a formula is quoted."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
