"""What a cell says, whatever its column."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from crm_cli.sheets.sheet import NOT_CALCULATED, CellError
from crm_cli.values.invalid import InvalidValue, quote

CLEAR = "<clear>"
"""What a cell says to take the value away that is there; a blank one keeps it."""

BETWEEN = re.compile(r"[;,\n]")
"""What parts the words of a list."""

_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_RATE = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,4})?")
_EXACT = 10**15
"""From here on a spreadsheet's number has lost its last digits."""


def refuse_error(cell: object) -> None:
    """Raise InvalidValue where a formula failed, or has no result."""
    if type(cell) is CellError:
        if cell.text == NOT_CALCULATED:
            raise InvalidValue(
                "The formula has no result in the file.",
                "Open the file in Excel or LibreOffice and save it, or write the value.",
            )
        raise InvalidValue(
            "The cell shows {error}.", "Correct the formula, or write the value.", error=cell
        )


def as_text(cell: object) -> str:
    """The text a person sees in the cell; numbers are never written as 1.2E+10."""
    if type(cell) is str:
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        hours, seconds = divmod(int(cell.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02}"
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def as_rate(cell: object) -> str:
    """The text of a cell that names a VAT rate: a number alone is the rate, never an id."""
    text = as_text(cell)
    if not _RATE.fullmatch(text):
        return text
    rate = Decimal(text.replace(",", "."))
    return f"{(rate * 100 if 0 < rate < 1 else rate).normalize():f}%"


def plain_text(cell: object) -> str:
    """The text of a cell, unless the spreadsheet has cut its digits short."""
    text = as_text(cell)
    lost = isinstance(cell, int) and abs(cell) >= _EXACT
    if lost or ("+" in text and _SCIENTIFIC.fullmatch(text)):
        raise InvalidValue(
            "{text} is a number that the spreadsheet cut short.",
            "Format the column as text and type the whole number again.",
            text=quote(text),
        )
    return text
