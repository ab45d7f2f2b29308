"""The tables of a web page, which many programs name .xls."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from crm_cli.sheets.reading import charset
from crm_cli.sheets.reading.html_formats import Formats, value_of
from crm_cli.sheets.reading.html_grid import Grid
from crm_cli.sheets.reading.html_tokens import Tokens, attributes_of
from crm_cli.sheets.reading.outcome import TooMuch
from crm_cli.sheets.reading.source import MOST_TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_MOST_COLUMNS, _MOST_ROWS = 1_000, 65_534
_BREAKS = ("br", "p", "div", "li")


def tables(path: Path, kind: str, wanted: str) -> tuple[Callable[[], list[str]], Iterator[Table]]:
    """The tables, or the wanted one, and the names of all."""
    page = _Page()
    with path.open(encoding=charset.of_page(path), errors="replace") as file:
        page.read(Tokens(file))
    names = [f"Table {number}" for number in range(1, len(page.found) + 1)]
    found = (
        Table(name=name, rows=grid.rows(), hidden=grid.hidden, merged=grid.merged)
        for name, grid in zip(names, page.found, strict=True)
        if wanted.casefold() in {"", name.casefold()}
    )
    return lambda: names, found


class _Page:
    """Finds the tables of a page; one inside another is a table of its own."""

    def __init__(self) -> None:
        self.found: list[Grid] = []
        self._open: list[_Open] = []
        self._formats = Formats()

    def read(self, tokens: Tokens) -> None:
        """Read the page to its end, which ends tables that were cut off."""
        for text, tag, attributes in tokens:
            if tag == "/style":
                self._formats.learn(text)
            elif self._open and self._open[-1].cell is not None and tag != "/script":
                self._open[-1].add_text(text)
            if tag == "table":
                self._start_table()
            elif self._open:
                self._inside(self._open[-1], tag, attributes)
        while self._open:
            self._end_table()

    def _start_table(self) -> None:
        if len(self.found) + len(self._open) == MOST_TABLES:
            raise TooMuch(f"has more than {MOST_TABLES:,} tables")
        self._open.append(_Open(self._formats))

    def _inside(self, table: _Open, tag: str, attributes: str) -> None:
        if tag in {"td", "th"}:
            table.end_cell()
            table.cell = attributes_of(attributes)
        elif tag == "tr":
            table.end_cell()
            table.grid.add_row(hidden=bool(attributes) and _is_hidden(attributes_of(attributes)))
        # Those of rows and cells are often left out.
        elif tag in {"/td", "/th", "/tr"}:
            table.end_cell()
        elif tag == "/table":
            self._end_table()
        elif tag in _BREAKS:
            table.pieces.append("\n")

    def _end_table(self) -> None:
        table = self._open.pop()
        table.end_cell()
        self.found.append(table.grid)


class _Open:
    """A table that is being read, and the cell that is open in it."""

    def __init__(self, formats: Formats) -> None:
        self.grid = Grid()
        self.cell: Mapping[str, str] | None = None
        self.pieces: list[str] = []
        self._formats = formats

    def add_text(self, text: str) -> None:
        """Add text to the open cell; only tags break its lines."""
        if "&" in text:
            text = unescape(text)
        if text:
            self.pieces.append(text.replace("\n", " "))

    def end_cell(self) -> None:
        """Put the open cell, if any, into the grid."""
        if (attributes := self.cell) is None:
            self.pieces.clear()
            return
        text = _plain("".join(self.pieces))
        if attributes:
            value = value_of(attributes, text, self._formats)
            wide = _span(attributes.get("colspan"), _MOST_COLUMNS)
            high = _span(attributes.get("rowspan"), _MOST_ROWS)
            self.grid.add(value, wide, high)
        else:
            self.grid.add(text)
        self.cell = None
        self.pieces.clear()


def _plain(text: str) -> str:
    """The lines of a text without needless spaces."""
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _span(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 6 else 1


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style
