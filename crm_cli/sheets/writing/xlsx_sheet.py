"""The rows of a page, streamed into one sheet of a workbook, or into as many as they need."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData
from crm_cli.sheets.writing import xlsx_package as package
from crm_cli.sheets.writing.xlsx_cells import TEXT_LIMIT, TooLong, column_xml
from crm_cli.sheets.writing.xlsx_styles import style_of
from crm_cli.sheets.writing.xlsx_total import Totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO
    from zipfile import ZipFile

    from crm_cli.sheets.writing.page import Page

ROW_LIMIT = 1_048_576
"""Rows of a sheet, its headings and its total among them."""
AT_ONCE = 500
"""Rows turned into XML together; the first ones decide how wide the columns are."""

# Beyond it the archive would need a form that Excel wants to repair.
_SHEET_BYTES = 2_000_000_000
_NARROW, _WIDE = 8, 50
# Amounts have room for their sum.
_SHOWN_WIDTHS = {"date": 10, "moment": 16, "date and time": 16, "money": 16}
_LINE_HEIGHT, _MOST_LINES = 15, 12

Rows = list["Sequence[Any]"]


class SheetWriter:
    """Writes one page; its rows are asked for a few at a time."""

    def __init__(self, file: ZipFile, page: Page, total_label: str) -> None:
        self._file = file
        self._page = page
        self._total_label = total_label
        self._letters = [package.letters(at) for at in range(len(page.headings))]
        self._styles = [style_of(kind) for kind in page.kinds]
        self._long_texts = [at for at, kind in enumerate(page.kinds) if kind == "long text"]
        self._rows = iter(page.rows)
        self._written = 0

    def write(self, sheets_before: int) -> Iterator[str]:
        """Write the sheets; for each give the area of its headings and rows."""
        waiting = self._next_rows()
        head = package.sheet_head(self._widths(waiting), self._styles, self._page.hidden)
        number = sheets_before
        while waiting or number == sheets_before:
            number += 1
            name = f"xl/worksheets/sheet{number}.xml"
            with self._file.open(name, "w") as sheet:
                sheet.write(head.encode())
                last, waiting = self._fill(sheet, waiting)
                area = f"A1:{self._letters[-1]}{last}"
                sheet.write(package.sheet_tail(area).encode())
            yield area

    def _fill(self, sheet: IO[bytes], waiting: Rows) -> tuple[int, Rows]:
        """Write the rows that fit; the number of the last one, and those that wait."""
        headings = self._xml([self._page.headings], 1, [style_of("heading")] * len(self._letters))
        size = sheet.write(headings)
        totals = Totals(self._page.kinds if self._page.summed else ())
        last = 1
        while waiting and last < ROW_LIMIT - 1 and size < _SHEET_BYTES:
            room = ROW_LIMIT - 1 - last
            rows, waiting = waiting[:room], waiting[room:] or self._next_rows()
            size += sheet.write(self._xml(rows, last + 1, self._styles))
            totals.add(rows)
            last += len(rows)
            self._written += len(rows)
        sheet.write(totals.xml(self._total_label, self._letters, last).encode())
        return last, waiting

    def _next_rows(self) -> Rows:
        return list(islice(self._rows, AT_ONCE))

    def _xml(self, rows: Sequence[Sequence[Any]], first: int, styles: Sequence[int]) -> bytes:
        numbers = [str(number) for number in range(first, first + len(rows))]
        columns = zip(self._letters, styles, zip(*rows, strict=True), strict=True)
        cells = [self._column(letter, style, values, numbers) for letter, style, values in columns]
        return "".join(
            f'<row r="{number}"{height}>{"".join(parts)}</row>'
            for number, height, *parts in zip(numbers, self._heights(rows), *cells, strict=True)
        ).encode()

    def _heights(self, rows: Sequence[Sequence[Any]]) -> list[str]:
        """Room for the lines of long texts, which not every program makes by itself."""
        heights = [""] * len(rows)
        for place in self._long_texts:
            for at, row in enumerate(rows):
                if row[place] and (len(row[place]) > _WIDE or "\n" in row[place]):
                    lines = min(_MOST_LINES, _lines(row[place]))
                    heights[at] = max(heights[at], f' ht="{lines * _LINE_HEIGHT:03}"')
        return heights

    def _column(
        self, letter: str, style: int, values: Sequence[Any], numbers: Sequence[str]
    ) -> list[str]:
        try:
            return column_xml(letter, style, values, numbers)
        except TooLong as error:
            heading = self._page.headings[self._letters.index(letter)]
            raise InvalidData(
                f"{heading} of row {self._written + error.at + 1} has {error.length:,} characters,"
                f" and an .xlsx cell holds {TEXT_LIMIT:,}.",
                hint="Write .csv or .json.",
            ) from None

    def _widths(self, rows: Rows) -> list[int]:
        """Wide enough for the headings with their arrows, and for the rows that are known."""
        widths = [len(heading) + 3 for heading in self._page.headings]
        for at, values in enumerate(zip(*rows, strict=True)):
            shown = _SHOWN_WIDTHS.get(self._page.kinds[at]) or max(map(_width, values))
            widths[at] = max(widths[at], shown)
        return [min(_WIDE, max(_NARROW, width + 1)) for width in widths]


def _width(value: object) -> int:
    return 0 if value is None else max(map(len, str(value).split("\n")))


def _lines(text: str) -> int:
    return sum(len(line) // _WIDE + 1 for line in text.split("\n"))
