"""Workbooks for people: typed cells, a frozen heading row, filters, widths that fit."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData
from crm_cli.sheets.atomic import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROW_LIMIT = 1_048_576

_NUMBER_FORMATS = {
    "money": "#,##0.00",
    "percent": '0"%"',
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}
_TEXT_LIMIT = 32_767
# A spreadsheet keeps 15 digits of a number and turns the others to zeros.
_DIGITS = 15
_NARROW, _WIDE, _MOMENT_WIDTH = 8, 50, 16
_FIRST_YEAR = 1900
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_xlsx(
    path: Path,
    sheet_name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    kinds: Sequence[str],
) -> None:
    """Write one sheet. The kinds are names of column types: `text`, `money`, `date` and so on.

    Values are str, int, Decimal, bool, date, datetime (shown as its own zone has it) or None.
    """
    from xlsxwriter import Workbook

    with replace_file(path) as draft:
        # In this mode a row is on disk as soon as the next begins.
        book = Workbook(str(draft), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
        try:
            table = _Table(book, sheet_name, headings, kinds)
            for row in rows:
                table.add(row)
            table.finish()
        finally:
            book.close()


class _Table:
    """The one table of a workbook, written row by row."""

    def __init__(
        self, book: Workbook, name: str, headings: Sequence[str], kinds: Sequence[str]
    ) -> None:
        self._sheet: Worksheet = book.add_worksheet(_sheet_name(name))
        self._headings = headings
        self._formats = [_format(book, kind) for kind in kinds]
        self._widths = [len(heading) + 3 for heading in headings]
        self._count = 0
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, heading, bold)

    def add(self, row: Sequence[object]) -> None:
        """Write the next row."""
        self._count += 1
        if self._count >= ROW_LIMIT:
            raise InvalidData(
                f"An .xlsx sheet holds {ROW_LIMIT - 1:,} rows, and there are more.",
                hint="Narrow the rows with --where, or write .csv.",
            )
        for column, value in enumerate(row):
            if value is not None:
                self._write(column, value)

    def finish(self) -> None:
        """Set what depends on all rows."""
        self._sheet.autofilter(0, 0, self._count, max(0, len(self._headings) - 1))
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(_WIDE, max(_NARROW, width + 1)))

    def _write(self, column: int, value: Any) -> None:
        shown = _MOMENT_WIDTH if isinstance(value, datetime) else len(str(value))
        self._widths[column] = max(self._widths[column], shown)
        if isinstance(value, str) and len(value) > _TEXT_LIMIT:
            raise InvalidData(
                f"{self._headings[column]} of row {self._count} has {len(value):,} characters,"
                f" and an .xlsx cell holds {_TEXT_LIMIT:,}.",
                hint="Write .csv or .json.",
            )
        write_cell(self._sheet, self._count, column, value, self._formats[column])


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


def _format(book: Workbook, kind: str) -> Format | None:
    pattern = _NUMBER_FORMATS.get(kind)
    return book.add_format({"num_format": pattern, "valign": "top"}) if pattern else None


def _sheet_name(name: str) -> str:
    return _FORBIDDEN_IN_NAMES.sub(" ", name).strip(" '")[:31] or "Sheet1"
