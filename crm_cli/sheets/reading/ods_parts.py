"""What calamine does not tell of an .ods workbook: its error cells, hidden rows and merges."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from crm_cli.sheets.reading.marks import Marks

if TYPE_CHECKING:
    from zipfile import ZipFile

    Attributes = dict[str, str]

_CHUNK = 1 << 20
_SUSPECT = (b"table:visibility=", b'value-type="error"', b"number-columns-spanned=")
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_MOST_ROWS = 1_048_576


def marks(archive: ZipFile, name: str) -> Marks:
    """The error cells and hidden rows of a sheet."""
    with archive.open("content.xml") as part:
        pieces = iter(lambda: part.read(_CHUNK), b"")
        if not any(mark in piece for piece in pieces for mark in _SUSPECT):
            return Marks()
        part.seek(0)
        walk = _Walk(name)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = walk.start
        parser.EndElementHandler = walk.end
        parser.CharacterDataHandler = walk.text
        parser.ParseFile(part)
    return walk.found


class _Walk:
    """Follows the rows and cells of one table."""

    def __init__(self, name: str) -> None:
        self.found = Marks()
        self._name = name
        self._inside = False
        self._row = self._next_row = self._column = 0
        self._error: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """A start tag."""
        if tag == "table:table":
            self._inside = attributes.get("table:name") == self._name
            self._next_row = 0
        elif tag == "table:table-row" and self._inside:
            self._start_row(attributes)
        elif tag in _CELLS and self._inside:
            self._start_cell(attributes)

    def text(self, text: str) -> None:
        """What a cell shows."""
        if self._error is not None:
            self._error += text.strip()

    def end(self, tag: str) -> None:
        """An end tag."""
        if tag in _CELLS and self._error:
            self.found.errors[self._row, self._column - 1] = self._error
            self._error = None

    def _start_cell(self, attributes: Attributes) -> None:
        self._error = "" if attributes.get("calcext:value-type") == "error" else None
        last = self._column + int(attributes.get("table:number-columns-spanned", 1)) - 1
        if last > self._column:
            self.found.merged.append((self._row, self._column, last))
        self._column += int(attributes.get("table:number-columns-repeated", 1))

    def _start_row(self, attributes: Attributes) -> None:
        self._row, self._column = self._next_row, 0
        self._next_row += int(attributes.get("table:number-rows-repeated", 1))
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._next_row, _MOST_ROWS)
            self.found.hidden.extend(range(self._row + 1, last + 1))
