"""The user's own workbook with the bad cells marked; widths, colours and formulas stay."""

from __future__ import annotations

import copy
import warnings
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from crm_cli.sheets.handing_back.cell_marks import MOST_MARKS, mark, unmark
from crm_cli.sheets.handing_back.workbook_losses import carried_over
from crm_cli.sheets.problems import HEADINGS, in_a_row
from crm_cli.sheets.writing.atomic import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet

_ERRORS_WIDTH = 60


def write(
    source: Path, sheet: Sheet, problems: Sequence[CellProblem], target: Path, language: str
) -> bool:
    """Mark the problems on the sheet, in place of those of an earlier import, and save.

    Tells whether openpyxl could.
    """
    book = _load(source, keep_macros=target.suffix.lower() == ".xlsm")
    if book is None:
        return False
    _Page(book[sheet.name], sheet, language).mark(problems)
    book.calculation.fullCalcOnLoad = True
    content = _saved(book)
    if content is None:
        return False
    with replace_file(target) as draft:
        draft.write_bytes(carried_over(source, content, book.sheetnames))
    return True


def _load(source: Path, *, keep_macros: bool) -> Workbook | None:
    from openpyxl import load_workbook

    with warnings.catch_warnings(action="ignore"):
        try:
            return load_workbook(source, rich_text=True, keep_vba=keep_macros)
        except Exception:  # Excel opens more than openpyxl, which fails in many ways
            return None


def _saved(book: Workbook) -> bytes | None:
    """The file; openpyxl leaves its archive open where it fails, that of macros always."""
    from openpyxl.writer.excel import ExcelWriter

    content = BytesIO()
    try:
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
    except Exception:  # the same when it writes what it has read
        return None
    finally:
        if book.vba_archive is not None:
            book.vba_archive.close()
    return content.getvalue()


class _Page:
    """The sheet that was imported."""

    def __init__(self, page: Worksheet, sheet: Sheet, language: str) -> None:
        self._page = page
        self._sheet = sheet
        self._language = language
        self._marks = 0

    def mark(self, problems: Sequence[CellProblem]) -> None:
        """Mark every row that one of the problems names."""
        for row in self._page.iter_rows():
            for cell in row:
                unmark(cell)
        column = self._errors_column()
        for at, found in groupby(sorted(problems, key=lambda one: one.row), lambda one: one.row):
            self._mark_row(at, list(found), column)

    def _errors_column(self) -> int:
        """The number of the column of errors, emptied of an earlier import's or made anew."""
        from openpyxl.styles import Font

        headings, names = self._sheet.headings, HEADINGS.values()
        earlier = [at for at, name in enumerate(headings, start=1) if name in names]
        column = earlier[0] if earlier else self._last_used() + 1
        for row in range(self._sheet.heading_row + 1, self._page.max_row + 1) if earlier else ():
            self._page.cell(row, column).value = None
        cell = self._page.cell(self._sheet.heading_row, column, HEADINGS[self._language])
        cell.font = Font(bold=True, color="9C0006")
        _set_width(self._page, column, _ERRORS_WIDTH)
        return column

    def _last_used(self) -> int:
        """The last column with anything in it; a format alone does not count."""
        cells = (cell for row in self._page.iter_rows() for cell in row if cell.value is not None)
        merged = (area.max_col for area in self._page.merged_cells.ranges)
        last: int = max(len(self._sheet.headings), *(cell.column for cell in cells), *merged)
        return last

    def _mark_row(self, row: int, problems: Sequence[CellProblem], column: int) -> None:
        told = self._page.cell(row, column)
        told.value = in_a_row(problems, self._language)
        told.data_type = "s"
        headings = self._sheet.headings
        by_heading = sorted(problems, key=lambda one: one.column or "")
        for heading, found in groupby(by_heading, lambda one: one.column):
            if heading in headings and self._marks < MOST_MARKS:
                reasons = [one.why.in_language(self._language) for one in found]
                mark(self._page, row, headings.index(heading) + 1, reasons)
                self._marks += 1


def _set_width(page: Worksheet, column: int, width: int) -> None:
    """Set the width of one column, taken out of a run of columns that share theirs."""
    from openpyxl.utils import get_column_letter

    runs = page.column_dimensions
    for run in list(runs.values()):
        first, last = run.min or 0, run.max or 0
        if first <= column <= last and first < last:
            run.max = max(first, column - 1)
            if column < last:
                rest = copy.copy(run)
                rest.index, rest.min, rest.max = get_column_letter(column + 1), column + 1, last
                runs[rest.index] = rest
    runs[get_column_letter(column)].width = width
