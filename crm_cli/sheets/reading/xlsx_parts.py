"""What calamine does not tell of an .xlsx workbook: its error cells and hidden rows, and how far it
reaches."""

from __future__ import annotations

import posixpath
import re
from itertools import islice
from math import prod
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from crm_cli.sheets.reading.marks import Marks
from crm_cli.sheets.sheet import NOT_CALCULATED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO
    from zipfile import ZipFile

_CHUNK = 1 << 20
_LONGEST_ROW = 16 * _CHUNK
_SCANNED_CHUNKS = 32

_ERROR_MARKS = (b't="e"', b"t='e'")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>"""
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,40})<",
    re.DOTALL,
)
_FORMULA_MARK = b"f>"
_NOT_CALCULATED = re.compile(
    rb"""<(?:\w+:)?c\b(?![^>]*\bt=["']str["'])[^>]*\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>"""
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_HIDDEN_MARK = b" hidden="
_HIDDEN = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^>]*\shidden=["'](?:1|true)["'])[^>]*\br=["'](\d{1,7})["']"""
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def sheet_part(archive: ZipFile, name: str) -> str:
    """The part of the workbook in which the named sheet is kept; LookupError if it is unusual."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (runs in the child)
    ids = {node.get("name"): _relation(node) for node in book.findall(".//{*}sheet")}
    return target_of(archive, "xl/_rels/workbook.xml.rels", ids[name])


def target_of(archive: ZipFile, part: str, relation: str | None) -> str:
    """The part to which a relation of the workbook leads."""
    relations = ElementTree.fromstring(archive.read(part))  # noqa: S314 (runs in the child)
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    return posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")


def marks(part: IO[bytes]) -> Marks:
    """The error cells of a sheet, formulas nobody calculated, and hidden rows."""
    found = Marks()
    for rows in _whole_rows(part):
        if any(mark in rows for mark in _ERROR_MARKS):
            for column, row, text in _ERROR.findall(rows):
                found.errors[int(row) - 1, _index(column)] = text.decode("utf-8", "replace")
        if _FORMULA_MARK in rows:
            for column, row in _NOT_CALCULATED.findall(rows):
                found.errors[int(row) - 1, _index(column)] = NOT_CALCULATED
        if _HIDDEN_MARK in rows:
            found.hidden.extend(map(int, _HIDDEN.findall(rows)))
    return found


def far_corner(archive: ZipFile) -> str | None:
    """The cell to which Ctrl+End leads in the largest sheet, judged by its first megabytes."""
    parts = (name for name in archive.namelist() if _WORKSHEET.fullmatch(name))
    height, width = max((_extent(archive, name) for name in parts), key=prod, default=(0, 0))
    return f"{_letters(width)}{height}" if height else None


def _extent(archive: ZipFile, name: str) -> tuple[int, int]:
    height, width = 1, 1
    with archive.open(name) as part:
        for rows in islice(_whole_rows(part), _SCANNED_CHUNKS):
            for column, row in _PLACE.findall(rows):
                height, width = max(height, int(row)), max(width, _index(column) + 1)
    return height, width


def _whole_rows(part: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := part.read(_CHUNK):
        rest += chunk
        end = rest.rfind(b"row>")
        if end >= 0 or len(rest) > _LONGEST_ROW:
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _relation(node: ElementTree.Element) -> str | None:
    """The relation's id; its namespace depends on the edition of the standard."""
    return next((value for key, value in node.items() if key.endswith("}id")), None)


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
