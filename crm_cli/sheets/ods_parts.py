"""What calamine does not tell of an .ods workbook: its hidden rows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from crm_cli.sheets.marks import Marks

if TYPE_CHECKING:
    from zipfile import ZipFile

_CHUNK = 1 << 20
_HIDDEN_MARK = b"table:visibility="
_MOST_ROWS = 1_048_576


def marks(archive: ZipFile, name: str) -> Marks:
    """The hidden rows of a sheet."""
    with archive.open("content.xml") as part:
        if not any(_HIDDEN_MARK in chunk for chunk in iter(lambda: part.read(_CHUNK), b"")):
            return Marks()
        part.seek(0)
        rows = _HiddenRows(name)
        parser = expat.ParserCreate()
        parser.StartElementHandler = rows.start
        parser.ParseFile(part)
    return Marks(hidden=rows.found)


class _HiddenRows:
    """Counts the rows of one table."""

    def __init__(self, name: str) -> None:
        self.found: list[int] = []
        self._name = name
        self._next = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if tag == "table:table":
            self._next = 1 if attributes.get("table:name") == self._name else 0
        elif tag == "table:table-row" and self._next:
            after = self._next + int(attributes.get("table:number-rows-repeated", 1))
            if attributes.get("table:visibility", "visible") != "visible":
                self.found.extend(range(self._next, min(after, _MOST_ROWS + 1)))
            self._next = after
