"""A maker of small .xlsb workbooks, in the records of [MS-XLSB]."""

from __future__ import annotations

import struct
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="bin"'
    ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


class Formula(NamedTuple):
    """A formula of which only the last result matters."""

    result: float | str


def xlsb(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    hidden: Collection[int] = (),
    merged: tuple[int, int, int] | None = None,
    mac: bool = False,
) -> Path:
    """A workbook of one sheet; `hidden` are numbers of rows, `mac` counts days from 1904.

    `merged` is a row and its first and last merged column, from 0.
    """
    strings: dict[str, int] = {}
    body = b"".join(
        _row(number, row, number + 1 in hidden, strings, mac) for number, row in enumerate(rows)
    )
    width = max(map(len, rows))
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
    sheet += _record(145) + body + _record(146) + _merges(merged) + _record(130)
    book = _record(131) + _record(153, struct.pack("<II", int(mac), 0) + _text(""))
    book += _record(143) + _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Foaie"))
    book += _record(144) + _record(132)
    items = b"".join(_record(19, b"\0" + _text(text)) for text in strings)
    count = struct.pack("<II", len(strings), len(strings))
    formats = b"".join(_record(47, struct.pack("<HH12x", 0, code)) for code in (0, 14))
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", _TYPES)
        target.writestr("_rels/.rels", _relations(officeDocument="xl/workbook.bin"))
        target.writestr("xl/workbook.bin", book)
        parts = {
            "worksheet": "worksheets/sheet1",
            "sharedStrings": "sharedStrings",
            "styles": "styles",
        }
        links = _relations(**{kind: f"{name}.bin" for kind, name in parts.items()})
        target.writestr("xl/_rels/workbook.bin.rels", links)
        target.writestr("xl/worksheets/sheet1.bin", sheet)
        target.writestr("xl/sharedStrings.bin", _record(159, count) + items + _record(160))
        xfs = _record(617, struct.pack("<I", 2)) + formats + _record(618)
        target.writestr("xl/styles.bin", _record(278) + xfs + _record(279))
    return path


def _merges(merged: tuple[int, int, int] | None) -> bytes:
    if merged is None:
        return b""
    row, first, last = merged
    one = _record(176, struct.pack("<4I", row, row, first, last))
    return _record(177, struct.pack("<I", 1)) + one + _record(178)


def _row(
    number: int, cells: Sequence[object], hidden: bool, strings: dict[str, int], mac: bool
) -> bytes:
    flags = 0x10 if hidden else 0
    spans = struct.pack("<III", 1, 0, len(cells) - 1)
    head = _record(0, struct.pack("<IIHBBB", number, 0, 300, 0, flags, 0) + spans)
    present = ((place, cell) for place, cell in enumerate(cells) if cell is not None)
    return head + b"".join(_cell(place, cell, strings, mac) for place, cell in present)


def _cell(place: int, cell: object, strings: dict[str, int], mac: bool) -> bytes:
    if isinstance(cell, date):
        return _record(5, struct.pack("<IId", place, 1, (cell - _EPOCHS[mac]).days))
    if isinstance(cell, str) and cell not in _ERRORS:
        content = struct.pack("<I", strings.setdefault(cell, len(strings)))
        return _record(7, struct.pack("<II", place, 0) + content)
    kind, content = _value(cell)
    return _record(kind, struct.pack("<II", place, 0) + content)


def _value(cell: object) -> tuple[int, bytes]:
    """A cell that needs nothing but itself."""
    match cell:
        case Formula(float() as result):
            return 9, struct.pack("<dHII", result, 0, 0, 0)
        case Formula(str() as result):
            return 11, struct.pack("<BHII", _ERRORS[result], 0, 0, 0)
        case str():
            return 3, bytes([_ERRORS[cell]])
        case bool():
            return 4, bytes([cell])
        case int() if 0 <= cell < 1 << 29:
            return 2, struct.pack("<I", cell << 2 | 2)
    return 5, struct.pack("<d", cell)


def _record(kind: int, content: bytes = b"") -> bytes:
    name = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(content), b""
    while length >= 128:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return name + size + bytes([length]) + content


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _relations(**targets: str) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
