"""XML spreadsheets of Excel 2003, often named .xls."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from crm_cli.errors import InvalidData
from crm_cli.sheets.reading.source import Table
from crm_cli.sheets.sheet import NOT_CALCULATED, CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crm_cli.sheets.reading.spool import Cells

    Attributes = dict[str, str]

_CHUNK = 1 << 18
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet "
_VISIBLE = "urn:schemas-microsoft-com:office:excel Visible"
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_DAYS_OF_TIMES = {"1899-12-30", "1899-12-31", "1904-01-01"}


def tables(path: Path, kind: str, wanted: str) -> tuple[Callable[[], list[str]], Iterator[Table]]:
    """The worksheets, or the wanted one, and the names of all."""
    book = _Book()
    return lambda: book.names, _worksheets(book, path, wanted.casefold())


def _worksheets(book: _Book, path: Path, wanted: str) -> Iterator[Table]:
    for table, rows in groupby(book.rows(path), key=itemgetter(0)):
        if wanted in {"", table.name.casefold()}:
            table.rows = map(itemgetter(1), rows)
            yield table


@dataclass
class _Cell:
    """The cell that is being read."""

    column: int
    covers: int
    value: object
    kind: str = ""


class _Book:
    """Turns the events of the parser into rows."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._found: list[tuple[Table, Cells]] = []
        self._table = Table(name="", rows=())
        self._row = 0
        self._cells: Cells = []
        self._cell = _Cell(0, 0, None)
        self._column = 0
        self._text: list[str] | None = None
        self._starts = {
            f"{_SHEET}Worksheet": self._start_sheet,
            f"{_SHEET}Row": self._start_row,
            f"{_SHEET}Cell": self._start_cell,
            f"{_SHEET}Data": self._start_data,
            f"{_SHEET}Comment": self._start_comment,
            _VISIBLE: self._start_visible,
        }
        self._ends = {
            f"{_SHEET}Row": self._end_row,
            f"{_SHEET}Cell": self._end_cell,
            f"{_SHEET}Data": self._end_data,
            f"{_SHEET}Comment": self._end_comment,
            _VISIBLE: self._end_visible,
        }

    def rows(self, path: Path) -> Iterator[tuple[Table, Cells]]:
        """Every row with the worksheet it is in."""
        parser = self._parser()
        parser.StartDoctypeDeclHandler = _refusing(path)
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                parser.Parse(piece)
                yield from self._found
                self._found.clear()
        parser.Parse(b"", True)

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        return parser

    def _start(self, tag: str, attributes: Attributes) -> None:
        if handle := self._starts.get(tag):
            handle(attributes)

    def _end(self, tag: str) -> None:
        if handle := self._ends.get(tag):
            handle()

    def _add_text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start_sheet(self, attributes: Attributes) -> None:
        self._table = Table(name=_attribute(attributes, "Name") or "", rows=())
        self.names.append(self._table.name)
        self._row = 0

    def _start_row(self, attributes: Attributes) -> None:
        row = _place(attributes, self._row, _MOST_ROWS)
        self._found += [(self._table, [])] * (row - self._row)
        last = row + int(_attribute(attributes, "Span") or 0)
        if _attribute(attributes, "Hidden") == "1":
            self._table.hidden += range(row + 1, min(last, _MOST_ROWS) + 2)
        self._row, self._cells, self._column = row, [], 0

    def _end_row(self) -> None:
        self._found.append((self._table, self._cells))
        self._row += 1

    def _start_cell(self, attributes: Attributes) -> None:
        column = _place(attributes, self._column, _MOST_COLUMNS)
        covers = min(int(_attribute(attributes, "MergeAcross") or 0), _MOST_COLUMNS)
        missing = NOT_CALCULATED if _attribute(attributes, "Formula") else ""
        self._cell = _Cell(column, covers, CellError(missing) if missing else None)

    def _end_cell(self) -> None:
        cell = self._cell
        self._cells += [None] * (cell.column - len(self._cells))
        self._cells.append(cell.value)
        self._column = cell.column + cell.covers + 1
        if cell.covers:
            self._table.merged.append((self._row, cell.column, cell.column + cell.covers))

    def _start_data(self, attributes: Attributes) -> None:
        if self._cell.kind != "Comment":
            self._cell.kind = _attribute(attributes, "Type") or "String"
            self._text = []

    def _end_data(self) -> None:
        if self._text is not None:
            self._cell.value = _value("".join(self._text), self._cell.kind)
        self._text = None

    def _start_comment(self, attributes: Attributes) -> None:
        self._cell.kind = "Comment"

    def _end_comment(self) -> None:
        self._cell.kind = ""

    def _start_visible(self, attributes: Attributes) -> None:
        self._text = []

    def _end_visible(self) -> None:
        self._table.visible = "Hidden" not in "".join(self._text or ())
        self._text = None


def _refusing(path: Path) -> Callable[..., NoReturn]:
    def refuse(*about: object) -> NoReturn:
        hint = "A spreadsheet needs none: open it in Excel, save it as .xlsx, and import that file."
        raise InvalidData(
            f"{path} declares a document type, which may reach for other files.", hint
        )

    return refuse


def _attribute(attributes: Attributes, name: str) -> str | None:
    return attributes.get(f"{_SHEET}{name}", attributes.get(name))


def _place(attributes: Attributes, following: int, most: int) -> int:
    """Where a row or cell is, from 0: said, or after the one before it."""
    given = _attribute(attributes, "Index")
    place = int(given) - 1 if given else following
    if not following <= place < most:
        raise ValueError(given)
    return place


def _value(text: str, kind: str) -> object:
    with suppress(ValueError):
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _moment(text)
    if kind == "Boolean":
        return text.strip() == "1"
    return CellError(text) if kind == "Error" else text


def _moment(text: str) -> object:
    """A moment, or a day or a time alone."""
    moment = datetime.fromisoformat(text)
    if text[:10] in _DAYS_OF_TIMES:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
