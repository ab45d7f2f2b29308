"""The tables of a web page, which many programs name .xls."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from crm_cli.sheets import charset
from crm_cli.sheets.html_formats import Formats, value_of
from crm_cli.sheets.source import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crm_cli.sheets.spool import Cells

    Attributes = dict[str, str]

_CHUNK = 1 << 18
_MOST_COLUMNS, _MOST_ROWS = 1_000, 65_534
_BREAKS = {"br", "p", "div", "li"}
_UNSEEN = {"script", "style"}


def tables(path: Path, kind: str, wanted: str) -> tuple[Callable[[], list[str]], Iterator[Table]]:
    """The tables, or the wanted one, and the names of all."""
    page = _Page()
    with path.open(encoding=charset.of_page(path), errors="replace") as file:
        while text := file.read(_CHUNK):
            page.feed(text)
    page.finish()
    names = [f"Table {number}" for number in range(1, len(page.found) + 1)]
    found = (
        Table(name=name, rows=grid.rows, hidden=grid.hidden, merged=grid.merged)
        for name, grid in zip(names, page.found, strict=True)
        if wanted.casefold() in {"", name.casefold()}
    )
    return lambda: names, found


@dataclass
class _Grid:
    """A table that is being read."""

    rows: list[Cells] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    cell: Attributes | None = None
    text: list[str] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    """Column -> the row before which cells from above cover it."""

    def add_row(self, attributes: Attributes) -> None:
        self.rows.append([])
        if "hidden" in attributes or "display:none" in _tight(attributes.get("style")):
            self.hidden.append(len(self.rows))

    def add(self, value: object, wide: int, high: int) -> None:
        """Put a cell where the next one is free."""
        if not self.rows:
            self.add_row({})
        row, cells = len(self.rows) - 1, self.rows[-1]
        while self.covered.get(len(cells), 0) > row:
            cells.append(None)
        first = len(cells)
        cells += [value] + [None] * (wide - 1)
        if high > 1:
            self.covered.update(dict.fromkeys(range(first, first + wide), row + high))
        if wide > 1:
            self.merged.append((row, first, first + wide - 1))


class _Page(HTMLParser):
    """Finds the tables of a page; one inside another is a table of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Grid] = []
        self._open: list[_Grid] = []
        self._formats = Formats()
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A start tag."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "table":
            self._open.append(_Grid())
        elif self._open:
            self._start_inside(self._open[-1], tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """An end tag; those of rows and cells are often left out."""
        if tag == self._unseen:
            self._unseen = ""
        elif self._open and tag in {"td", "th", "tr"}:
            self._end_cell(self._open[-1])
        elif self._open and tag == "table":
            self._end_cell(self._open[-1])
            self.found.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._unseen == "style":
            self._formats.learn(data)
        elif not self._unseen and self._open:
            self._open[-1].text.append(" ".join(data.split("\n")))

    def unknown_decl(self, data: str) -> None:
        """A conditional section of Office, which is nothing to see."""

    def finish(self) -> None:
        """The end of the page, which ends tables that were cut off."""
        self.close()
        while self._open:
            self.handle_endtag("table")

    def _start_inside(self, grid: _Grid, tag: str, attributes: Attributes) -> None:
        if tag in {"td", "th"}:
            self._end_cell(grid)
            grid.cell, grid.text = attributes, []
        elif tag == "tr":
            self._end_cell(grid)
            grid.add_row(attributes)
        elif tag in _BREAKS:
            grid.text.append("\n")

    def _end_cell(self, grid: _Grid) -> None:
        if (attributes := grid.cell) is not None:
            lines = (" ".join(line.split()) for line in "".join(grid.text).split("\n"))
            text = "\n".join(lines).strip()
            grid.add(
                value_of(attributes, text, self._formats),
                _span(attributes, "colspan", _MOST_COLUMNS),
                _span(attributes, "rowspan", _MOST_ROWS),
            )
        grid.cell = None


def _span(attributes: Attributes, name: str, most: int) -> int:
    text = attributes.get(name, "").strip()
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 6 else 1


def _tight(text: str | None) -> str:
    return (text or "").replace(" ", "").lower()
