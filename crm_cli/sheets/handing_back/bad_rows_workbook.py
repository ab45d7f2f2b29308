"""A new workbook of the heading row and the bad rows, with the bad cells marked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from crm_cli.sheets.handing_back.cell_marks import AUTHOR, MOST_MARKS, RED
from crm_cli.sheets.problems import (
    ERROR_HEADINGS,
    HEADINGS,
    ROW_HEADINGS,
    TEXT_LIMIT,
    CellProblem,
    fitting,
    in_a_row,
)
from crm_cli.sheets.writing.atomic import replace_file
from crm_cli.sheets.writing.workbook_cells import write_cell
from crm_cli.sheets.writing.xlsx_package import sheet_name
from crm_cli.values.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from crm_cli.sheets.sheet import Row, Sheet

_WIDTH, _ERRORS_WIDTH = 18, 60

_CUT = Sentence("The text was cut: a cell holds at most {limit} characters.", limit=TEXT_LIMIT)


def write(sheet: Sheet, problems: Sequence[CellProblem], target: Path, language: str) -> None:
    """Write the rows that have problems, as they were read, with their numbers in the file."""
    from xlsxwriter import Workbook

    with replace_file(target) as draft, Workbook(str(draft), {"constant_memory": True}) as book:
        _BadRows(book, sheet, language).fill(problems)


class _BadRows:
    """The one sheet of the workbook."""

    def __init__(self, book: Workbook, sheet: Sheet, language: str) -> None:
        self._book = book
        self._page = book.add_worksheet(sheet_name(sheet.name or ""))
        self._rows = sheet.rows
        self._language = language
        kept = [(at, name) for at, name in enumerate(sheet.headings) if name not in ERROR_HEADINGS]
        self._sources = [at for at, _ in kept]
        self._names = [name for _, name in kept]
        self._styles: dict[tuple[str, bool], Format] = {}
        self._marks = 0

    def fill(self, problems: Sequence[CellProblem]) -> None:
        """Write the headings, and then every row that one of the problems names."""
        by_row = defaultdict(list)
        for problem in problems:
            by_row[problem.row].append(problem)
        self._write_headings()
        bad = (row for row in self._rows if row.number in by_row)
        for at, row in enumerate(bad, start=1):
            self._write(at, row, by_row[row.number])

    def _write_headings(self) -> None:
        last = len(self._names) + 1
        self._page.set_column(0, last, _WIDTH)
        self._page.set_column(last, last, _ERRORS_WIDTH)
        self._page.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True})
        ours = ROW_HEADINGS[self._language], HEADINGS[self._language]
        for column, heading in enumerate((*self._names, *ours)):
            self._page.write_string(0, column, heading, bold)

    def _write(self, at: int, row: Row, problems: list[CellProblem]) -> None:
        cells = [row.cells[source] for source in self._sources]
        told = [*problems, *self._cut(row.number, cells)]
        reasons = defaultdict(list)
        for problem in told:
            if problem.column in self._names and self._marks < MOST_MARKS:
                place = self._names.index(problem.column)
                reasons[place].append(problem.why.in_language(self._language))
        for column, value in enumerate(cells):
            self._write_cell(at, column, value, bad=column in reasons)
        self._page.write_number(at, len(cells), row.number)
        self._page.write_string(at, len(cells) + 1, in_a_row(told, self._language))
        self._marks += len(reasons)
        for column, lines in reasons.items():
            note = fitting("\n".join(lines))
            self._page.write_comment(at, column, note, {"author": AUTHOR, "x_scale": 2})

    def _cut(self, row: int, cells: list[object]) -> Iterator[CellProblem]:
        """Cut the texts that are longer than a cell may be, and tell of it."""
        for column, value in enumerate(cells):
            if isinstance(value, str) and len(value) > TEXT_LIMIT:
                cells[column] = fitting(value)
                yield CellProblem(row, self._names[column], value, _CUT)

    def _write_cell(self, at: int, column: int, value: object, *, bad: bool) -> None:
        style = self._style(value, bad)
        if value is None:
            self._page.write_blank(at, column, None, style)
        else:
            write_cell(self._page, at, column, value, style)

    def _style(self, value: object, bad: bool) -> Format:
        pattern = "General"
        if isinstance(value, date):
            pattern = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        if (pattern, bad) not in self._styles:
            fill = {"bg_color": f"#{RED}"} if bad else {}
            self._styles[pattern, bad] = self._book.add_format({"num_format": pattern, **fill})
        return self._styles[pattern, bad]
