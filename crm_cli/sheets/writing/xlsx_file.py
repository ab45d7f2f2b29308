"""Workbooks for people: typed cells, a frozen heading row, filters, ready to print."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from crm_cli.sheets.writing import xlsx_package as package
from crm_cli.sheets.writing.xlsx_sheet import SheetWriter
from crm_cli.sheets.writing.xlsx_styles import styles_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

    from crm_cli.sheets.writing.page import Page

_COMPRESSION = 3
_FORMULA = b"<f>"
_TOTALS = {"en": "Total", "ro": "Total", "pl": "Razem"}


def write_xlsx(target: Path | IO[bytes], pages: Iterable[Page], language: str) -> None:
    """Write a sheet for each page; one that does not fit goes on in a further sheet."""
    names: list[str] = []
    areas: list[str] = []
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as file:
        file.writestr("_rels/.rels", package.ROOT_RELATIONS)
        file.writestr("xl/styles.xml", styles_xml(language))
        for page in pages:
            for area in SheetWriter(file, page, _TOTALS[language]).write(len(names)):
                names.append(package.sheet_name(page.name, names))
                areas.append(area)
        file.writestr("xl/workbook.xml", package.workbook(names, areas))
        file.writestr("xl/_rels/workbook.xml.rels", package.workbook_relations(len(names)))
        file.writestr("[Content_Types].xml", package.content_types(len(names)))


def count_rows(path: Path) -> int:
    """The rows a workbook of ours holds, headings and totals left out; reads all of it."""
    with ZipFile(path) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/")]
        return sum(_count(file.open(name)) for name in sheets)


def _count(sheet: IO[bytes]) -> int:
    mark, rows, total, rest = b"</row>", 0, False, b""
    with sheet:
        while block := sheet.read(1 << 20):
            piece = rest + block
            rows += piece.count(mark)
            total = total or _FORMULA in piece
            rest = piece[1 - len(mark) :]
    return rows - 1 - total
