"""Files made for the tests, good and hostile ones."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlwt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    Rows = Iterable[Sequence[object]]
    Maker = Callable[[Path], Path]

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml"'
    ' ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship'
    f' Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(path: Path, rows: Rows, title: str = "Sheet1") -> Path:
    """A workbook of one sheet as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def xls(path: Path, rows: Rows, dress: Callable[[xlwt.Worksheet], None] | None = None) -> Path:
    """A true Excel 97 workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Foaie")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    if dress:
        dress(sheet)
    book.save(str(path))
    return path


def raw_xlsx(path: Path, rows: str, **parts: str) -> Path:
    """A workbook of which the sheet's rows, or other parts, are given as XML."""
    sheet = f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"
    given = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    return archive(path, {**_PARTS, "xl/worksheets/sheet1.xml": sheet, **given})


def ods(path: Path, rows: str, manifest: str = "<manifest/>") -> Path:
    """An OpenDocument sheet of which the rows are given as XML."""
    spaces = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Arkusz1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(
        path, {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content}
    )


def archive(path: Path, parts: dict[str, str]) -> Path:
    """A zip of these parts."""
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return path


def compound(path: Path, *streams: str) -> Path:
    """A compound file with empty streams of these names."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 0x2C, 1, 1)
    struct.pack_into("<IIIII", header, 0x38, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 0x4C, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    path.write_bytes(bytes(header) + table + b"".join(map(_entry, ["Root Entry", *streams])))
    return path


def _entry(name: str) -> bytes:
    encoded = name.encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2) + bytes(62)
