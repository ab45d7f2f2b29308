"""A new workbook of the heading row and the bad rows, with the bad cells marked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from crm_cli.sheets.annotated_workbook import AUTHOR, RED
from crm_cli.sheets.atomic import replace_file
from crm_cli.sheets.problems import ERROR_HEADINGS
from crm_cli.sheets.xlsx_file import write_cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet

_WIDTH, _ERRORS_WIDTH = 18, 60


def write(sheet: Sheet, problems: Sequence[CellProblem], target: Path, heading: str) -> None:
    """Write the rows that have problems, as they were read."""
    from xlsxwriter import Workbook

    with replace_file(target) as draft, Workbook(str(draft), {"constant_memory": True}) as book:
        _BadRows(book, sheet, heading).fill(problems)


class _BadRows:
    """The one sheet of the workbook."""

    def __init__(self, book: Workbook, sheet: Sheet, heading: str) -> None:
        self._book = book
        self._page = book.add_worksheet()
        self._rows = sheet.rows
        kept = [(at, name) for at, name in enumerate(sheet.headings) if name not in ERROR_HEADINGS]
        self._sources = [at for at, _ in kept]
        self._headings = [*(name for _, name in kept), heading]
        self._styles: dict[tuple[str, bool], Format] = {}

    def fill(self, problems: Sequence[CellProblem]) -> None:
        """Write the headings, and then every row that one of the problems names."""
        by_row = defaultdict(list)
        for problem in problems:
            by_row[problem.row].append(problem)
        self._write_headings()
        bad = (row for row in self._rows if row.number in by_row)
        for at, row in enumerate(bad, start=1):
            self._write(at, [row.cells[source] for source in self._sources], by_row[row.number])

    def _write_headings(self) -> None:
        last = len(self._headings) - 1
        self._page.set_column(0, last, _WIDTH)
        self._page.set_column(last, last, _ERRORS_WIDTH)
        self._page.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True})
        for column, heading in enumerate(self._headings):
            self._page.write_string(0, column, heading, bold)

    def _write(self, at: int, cells: list[object], problems: list[CellProblem]) -> None:
        reasons = defaultdict(list)
        for problem in problems:
            if problem.column in self._headings:
                reasons[self._headings.index(problem.column)].append(problem.reason)
        for column, value in enumerate(cells):
            style = self._style(value, column in reasons)
            if value is None:
                self._page.write_blank(at, column, None, style)
            else:
                write_cell(self._page, at, column, value, style)
        self._page.write_string(at, len(cells), "; ".join(map(str, problems)))
        for column, lines in reasons.items():
            self._page.write_comment(at, column, "\n".join(lines), {"author": AUTHOR, "x_scale": 2})

    def _style(self, value: object, bad: bool) -> Format:
        pattern = "General"
        if isinstance(value, date):
            pattern = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        if (pattern, bad) not in self._styles:
            fill = {"bg_color": f"#{RED}"} if bad else {}
            self._styles[pattern, bad] = self._book.add_format({"num_format": pattern, **fill})
        return self._styles[pattern, bad]
