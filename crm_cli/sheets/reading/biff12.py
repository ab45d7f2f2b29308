"""What calamine does not tell of an .xlsb workbook: its error cells and hidden rows."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from crm_cli.sheets.reading.biff import ERRORS
from crm_cli.sheets.reading.marks import Marks
from crm_cli.sheets.reading.xlsx_parts import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    Found = Iterator[tuple[int, int, int]]

_ROW, _ERROR, _FORMULA_ERROR, _SHEET, _MERGED = 0x00, 0x03, 0x0B, 0x9C, 0xB0
_ROW_IS_HIDDEN = 0x10


def sheet_part(archive: ZipFile, name: str) -> str:
    """The part of the workbook in which the named sheet is kept."""
    content = archive.read("xl/workbook.bin")
    for kind, at, _ in _records(content):
        if kind == _SHEET:
            relation, after = _text(content, at + 8)
            if _text(content, after)[0] == name:
                return target_of(archive, "xl/_rels/workbook.bin.rels", relation)
    raise KeyError(name)


def marks(content: bytes) -> Marks:
    """The error cells and hidden rows of a sheet."""
    found, row = Marks(), 0
    for kind, at, _ in _records(content):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", content, at)
            if content[at + 11] & _ROW_IS_HIDDEN:
                found.hidden.append(row + 1)
        elif kind in {_ERROR, _FORMULA_ERROR}:
            (column,) = struct.unpack_from("<I", content, at)
            found.errors[row, column] = ERRORS.get(content[at + 8], "#N/A")
        elif kind == _MERGED:
            top, _, first, last = struct.unpack_from("<4I", content, at)
            if last > first:
                found.merged.append((top, first, last))
    return found


def _text(content: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, at)
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le"), end


def _records(content: bytes) -> Found:
    """The records: their kind, where their content starts, and its length."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        more = True
        while more:
            length |= (content[at] & 0x7F) << shift
            more = content[at] >= 0x80 and shift < 21
            shift += 7
            at += 1
        yield kind, at, length
        at += length
