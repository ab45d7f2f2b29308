"""The user's own workbook with the bad cells marked; widths, colours and formulas stay."""

from __future__ import annotations

import warnings
from itertools import groupby
from typing import TYPE_CHECKING

from crm_cli.sheets.atomic import replace_file
from crm_cli.sheets.problems import ERROR_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet

AUTHOR = "crm"
RED = "FFC7CE"

_ERRORS_WIDTH = 60


def load(source: Path) -> Workbook:
    """Open the workbook for marking."""
    from openpyxl import load_workbook

    with warnings.catch_warnings(action="ignore"):
        return load_workbook(source)


def write(
    book: Workbook, sheet: Sheet, problems: Sequence[CellProblem], target: Path, heading: str
) -> None:
    """Mark the problems on the sheet, in place of those of an earlier import, and save."""
    page = book[sheet.name]
    _unmark(page)
    column = _errors_column(page, sheet, heading)
    for row, found in groupby(sorted(problems, key=lambda one: one.row), lambda one: one.row):
        _mark_row(page, sheet, row, list(found), column)
    with replace_file(target) as draft:
        book.save(draft)


def _unmark(page: Worksheet) -> None:
    from openpyxl.styles import PatternFill

    for row in page.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _errors_column(page: Worksheet, sheet: Sheet, heading: str) -> int:
    """The number of the column of errors, emptied of an earlier import's or made anew."""
    from openpyxl.styles import Font

    earlier = [at for at, name in enumerate(sheet.headings, start=1) if name in ERROR_HEADINGS]
    column = earlier[0] if earlier else len(sheet.headings) + 1
    for row in range(sheet.heading_row + 1, page.max_row + 1) if earlier else ():
        page.cell(row, column).value = None
    cell = page.cell(sheet.heading_row, column, heading)
    cell.font = Font(bold=True, color="9C0006")
    page.column_dimensions[cell.column_letter].width = _ERRORS_WIDTH
    return column


def _mark_row(
    page: Worksheet, sheet: Sheet, row: int, problems: list[CellProblem], column: int
) -> None:
    told = page.cell(row, column)
    told.value = "; ".join(map(str, problems))
    told.data_type = "s"
    for problem in problems:
        if problem.column in sheet.headings:
            _mark(page.cell(row, sheet.headings.index(problem.column) + 1), problem.reason)


def _mark(cell: Cell, reason: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    earlier = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{earlier}{reason}", AUTHOR, width=300, height=100)
    cell.fill = PatternFill("solid", start_color=RED)
