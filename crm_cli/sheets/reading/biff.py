"""What calamine does not tell of an .xls workbook: its error cells and hidden rows, and whether it
is encrypted."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from crm_cli.sheets.reading.marks import Marks
from crm_cli.sheets.reading.ole import CompoundFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

_FORMULA, _EOF, _FILE_PASSWORD, _SHEET, _ERROR_OR_BOOLEAN, _ROW, _START = (
    0x06,
    0x0A,
    0x2F,
    0x85,
    0x205,
    0x208,
    0x809,
)
_ROW_IS_HIDDEN = 0x20

# Walking a million records costs half a second: only where these bytes promise an error cell or a
# hidden row.
_SUSPECT = re.compile(
    rb"\x05\x02\x08\x00|\x06\x00.{8}\x02.{5}\xff\xff|\x08\x02\x10\x00.{12}[\x20-\x3f\x60-\x7f]",
    re.DOTALL,
)

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip


def workbook_stream(data: bytes | mmap) -> bytes:
    """The records of the workbook inside an .xls file."""
    container = CompoundFile(data)
    return container.stream("Workbook") or container.stream("Book")


def is_encrypted(stream: bytes) -> bool:
    """Whether the workbook opens only with a password."""
    return any(kind == _FILE_PASSWORD for kind, _ in _records(stream, 0))


def marks(stream: bytes, sheet_index: int) -> Marks:
    """The error cells and hidden rows of the nth sheet."""
    found = Marks()
    if not _SUSPECT.search(stream):
        return found
    starts = [
        struct.unpack_from("<I", stream, at)[0]
        for kind, at in _records(stream, 0)
        if kind == _SHEET
    ]
    for kind, at in _records(stream, starts[sheet_index] if starts[sheet_index:] else len(stream)):
        code = _error_code(stream, kind, at)
        if code is not None:
            found.errors[struct.unpack_from("<HH", stream, at)] = ERRORS.get(code, "#N/A")
        elif kind == _ROW and stream[at + 12] & _ROW_IS_HIDDEN:
            found.hidden.append(struct.unpack_from("<H", stream, at)[0] + 1)
    return found


def _error_code(stream: bytes, kind: int, at: int) -> int | None:
    if kind == _ERROR_OR_BOOLEAN and stream[at + 7] == 1:
        return stream[at + 6]
    if kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
        return stream[at + 8]
    return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The records of one part of the stream: their kind, and where their content starts."""
    unpack = struct.Struct("<HH").unpack_from
    end, depth = len(stream) - 4, 0
    while at <= end:
        kind, length = unpack(stream, at)
        at += 4
        if at + length > end + 4:
            return
        yield kind, at
        # Charts lie inside a sheet, between a start and an end of their own.
        depth += (kind == _START) - (kind == _EOF)
        if depth <= 0 and kind == _EOF:
            return
        at += length
