"""Single cells of workbooks that are written by XlsxWriter, for their notes and drop-downs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# A spreadsheet keeps 15 digits of a number and turns the others to zeros.
_DIGITS = 15
_FIRST_YEAR = 1900


def write_cell(sheet: Worksheet, row: int, column: int, value: Any, style: Format | None) -> None:
    """Write a value by its type. Text is never taken for a formula or a link."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | Decimal) and _is_exact(value):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, value.replace(tzinfo=None), style)
    elif isinstance(value, date) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)


def _is_exact(value: int | Decimal) -> bool:
    return len(str(value).lstrip("-0.").replace(".", "")) <= _DIGITS
