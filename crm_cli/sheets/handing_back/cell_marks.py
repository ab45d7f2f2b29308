"""The mark on a bad cell of a user's workbook: its colour, and what is wrong in its note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.sheets.problems import fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "crm"
RED = "FFC7CE"

MOST_MARKS = 10_000
"""Bad cells that are marked: with more notes a spreadsheet program is slow to open them."""

_OURS = f"\n\n{AUTHOR}: "
"""What parts the user's own note from ours."""
_WIDTH, _HEIGHT_OF_LINE, _LETTERS_OF_LINE = 300, 18, 45


def mark(page: Worksheet, row: int, column: int, reasons: Sequence[str]) -> None:
    """Colour a cell and write the reasons on it; a note of the user's stays before them."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = _writable(page, row, column)
    text, author = "\n".join(reasons), AUTHOR
    if cell.comment:
        parting = "\n" if cell.comment.author == AUTHOR or _OURS in cell.comment.text else _OURS
        text, author = f"{cell.comment.text}{parting}{text}", cell.comment.author
    lines = sum(1 + len(line) // _LETTERS_OF_LINE for line in text.split("\n"))
    height = _HEIGHT_OF_LINE * (lines + 1)
    cell.comment = Comment(fitting(text), author, width=_WIDTH, height=height)
    cell.fill = PatternFill("solid", start_color=RED)


def unmark(cell: Cell) -> None:
    """Take an earlier mark off a cell."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    comment = cell.comment
    if comment is None or not (comment.author == AUTHOR or _OURS in comment.text):
        return
    own = "" if comment.author == AUTHOR else comment.text.partition(_OURS)[0]
    cell.comment = Comment(own, comment.author) if own else None
    if str(cell.fill.start_color.rgb).endswith(RED):
        cell.fill = PatternFill()


def _writable(page: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the one that shows the value of its merged range."""
    from openpyxl.cell import MergedCell

    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(area.min_row, area.min_col)
    return cell
