"""What is alike in every kind of workbook: dates of both epochs, results, errors, hidden rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.sheet import CellError, Row
from tests.sheets import workbooks
from tests.sheets.xlsb import Formula, xlsb

if TYPE_CHECKING:
    from pathlib import Path

    Rows = list[list[object]]

DAY = date(2026, 3, 4)
HEADINGS = ["Denumire", "Data"]


def ods_rows(*rows: str) -> str:
    """Rows of text cells; `-` before the first makes a row that a filter has hidden."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    found = ""
    for row in rows:
        hidden = ' table:visibility="filter"' if row.startswith("-") else ""
        cells = "".join(map(cell.format, row.removeprefix("-").split(";")))
        found += f"<table:table-row{hidden}>{cells}</table:table-row>"
    return found


def test_read_xlsb(tmp_path: Path) -> None:
    rows: Rows = [
        [*HEADINGS, "Preț", "Activ", "Sumă", "Raport", "Cod"],
        ["Șoimii Żółw", DAY, 12.5, True, Formula(3.0), Formula("#DIV/0!"), 40_721_123_456],
        [None, None, 7, False, None, "#N/A", "007"],
    ]

    sheet = read_sheet(xlsb(tmp_path / "a.xlsb", rows))

    division, missing = CellError("#DIV/0!"), CellError("#N/A")
    assert (sheet.kind, sheet.name) == ("xlsb", "Foaie")
    assert list(sheet.rows) == [
        Row(2, ("Șoimii Żółw", DAY, Decimal("12.5"), True, 3, division, 40_721_123_456)),
        Row(3, (None, None, 7, False, None, missing, "007")),
    ]


@pytest.mark.parametrize("mac", [False, True])
def test_read_dates_of_xlsb(tmp_path: Path, mac: bool) -> None:
    path = xlsb(tmp_path / "a.xlsb", [HEADINGS, ["x", DAY]], mac=mac)

    assert [row.cells for row in read_sheet(path).rows] == [("x", DAY)]


def test_read_dates_from_1904(tmp_path: Path) -> None:
    modern = openpyxl.Workbook()
    modern.epoch = CALENDAR_MAC_1904
    modern.active.append(HEADINGS)
    modern.active.append(["x", DAY])
    modern.save(tmp_path / "a.xlsx")
    old = xlwt.Workbook()
    old.dates_1904 = True
    page = old.add_sheet("S")
    for place, cell in enumerate([*HEADINGS, "x", (DAY - date(1904, 1, 1)).days]):
        style = xlwt.easyxf(num_format_str="DD.MM.YYYY") if place == 3 else xlwt.XFStyle()
        page.write(place // 2, place % 2, cell, style)
    old.save(str(tmp_path / "a.xls"))

    for name in ("a.xlsx", "a.xls"):
        assert [row.cells for row in read_sheet(tmp_path / name).rows] == [("x", DAY)]


def test_read_workbook_with_macros(tmp_path: Path) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsm", [HEADINGS, ["x", DAY]])
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")

    assert [row.cells for row in read_sheet(path).rows] == [("x", DAY)]


def test_read_errors_and_kinds_of_ods(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="{}" {}>{}</table:table-cell>'
    failed = 'office:string-value="" calcext:value-type="error" xmlns:calcext="urn:x"'
    cells = [
        cell.format("string", failed, "<text:p>#DIV/0!</text:p>"),
        cell.format("date", 'office:date-value="2026-03-04"', ""),
        cell.format("percentage", 'office:value="0.19"', ""),
        cell.format("string", failed, "<text:p>#N/A</text:p>"),
    ]
    rows = "".join(cells[:1] * 4), "".join(cells), "".join(reversed(cells))
    path = workbooks.ods(
        tmp_path / "a.ods",
        ods_rows("a;b;c;d") + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows),
    )

    failed_cell, missing = CellError("#DIV/0!"), CellError("#N/A")
    mixed = (failed_cell, DAY, Decimal("0.19"), missing)
    found = [row.cells for row in read_sheet(path).rows]
    assert found == [(failed_cell,) * 4, mixed, mixed[::-1]]


def hidden_xlsx(path: Path) -> Path:
    """Row 1 and 3 are hidden."""
    workbooks.xlsx(path, [["Listă"], HEADINGS, ["x", 1], ["y", 2], ["z", 3]])
    book = openpyxl.load_workbook(path)
    for number in (1, 3, 5):
        book.active.row_dimensions[number].hidden = True
    book.save(path)
    return path


def hidden_xls(path: Path) -> Path:
    """The same in Excel 97."""

    def hide(sheet: xlwt.Worksheet) -> None:
        for number in (1, 3, 5):
            sheet.row(number - 1).hidden = True

    return workbooks.xls(path, [["Listă"], HEADINGS, ["x", 1], ["y", 2], ["z", 3]], hide)


def hidden_ods(path: Path) -> Path:
    """The same in LibreOffice."""
    rows = ods_rows("-Listă", ";".join(HEADINGS), "-x;1", "y;2", "-z;3")
    return workbooks.ods(path, rows)


def hidden_xlsb(path: Path) -> Path:
    """The same in the binary form."""
    return xlsb(path, [["Listă"], HEADINGS, ["x", 1], ["y", 2], ["z", 3]], hidden=(1, 3, 5))


@pytest.mark.parametrize("make", [hidden_xlsx, hidden_xls, hidden_ods, hidden_xlsb])
def test_read_hidden_rows(tmp_path: Path, make: workbooks.Maker) -> None:
    sheet = read_sheet(make(tmp_path / "a.xlsx"), known=HEADINGS.__contains__)

    assert [row.cells[0] for row in sheet.rows] == ["x", "y", "z"]
    assert sheet.hidden_rows == 2


def test_read_merged_headings_of_ods(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    wide = cell.format(' table:number-columns-spanned="2"', "Telefon")
    first = f"{cell.format('', 'Denumire')}{wide}<table:covered-table-cell/>"
    rows = f"<table:table-row>{first}</table:table-row>{ods_rows('Ada;0722;0733')}"

    path = workbooks.ods(tmp_path / "a.ods", rows)
    sheet = read_sheet(path, known={"Denumire", "Telefon"}.__contains__)

    assert sheet.headings == ("Denumire", "Telefon", "Telefon")


def test_read_merged_headings_of_xlsb(tmp_path: Path) -> None:
    rows: Rows = [["Denumire", "Telefon"], ["Ada", "0722", "0733"]]

    path = xlsb(tmp_path / "a.xlsb", rows, merged=(0, 1, 2))
    sheet = read_sheet(path, known={"Denumire", "Telefon"}.__contains__)

    assert sheet.headings == ("Denumire", "Telefon", "Telefon")
