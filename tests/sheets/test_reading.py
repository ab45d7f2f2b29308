"""Rows out of every kind of file, as the few types the program knows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlwt

from crm_cli.errors import InvalidData, NotFound
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.sheet import CellError, Row
from crm_cli.values.text import fold
from tests.sheets import workbooks

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {"denumire firma", "cui", "e-mail", "cifra de afaceri"}


def known(heading: str) -> bool:
    """Whether the heading is one of a lead's."""
    return fold(heading) in KNOWN


def test_read_xlsx_types(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-03-04T10:30")
    row = [" Ada ", 5.0, 1.1, True, date(2026, 3, 4), moment, time(9), None]
    path = workbooks.xlsx(tmp_path / "a.xlsx", [list("abcdefgh"), row, [timedelta(hours=30)]])

    sheet = read_sheet(path)

    assert (sheet.kind, sheet.name, sheet.heading_row) == ("xlsx", "Sheet1", 1)
    assert (sheet.encoding, sheet.delimiter) == (None, None)
    assert list(sheet.rows) == [
        Row(2, ("Ada", 5, Decimal("1.1"), True, row[4], row[5], row[6], None)),
        Row(3, (timedelta(hours=30), *[None] * 7)),
    ]
    assert [type(cell) for cell in next(iter(sheet.rows)).cells[:2]] == [str, int]


def test_read_xls_types(tmp_path: Path) -> None:
    def dress(sheet: xlwt.Worksheet) -> None:
        sheet.write(1, 3, date(2026, 3, 4), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
        sheet.row(1).set_cell_error(4, 0x2A)
        sheet.row(1).set_cell_error(5, 0x07)

    rows: list[list[object]] = [["firmă", "cui", "x", "y", "z", "w"], ["Șoimii", 40721123456, 0.19]]
    path = workbooks.xls(tmp_path / "a.xls", rows, dress)

    sheet = read_sheet(path)

    errors = CellError("#N/A"), CellError("#DIV/0!")
    expected = ("Șoimii", 40721123456, Decimal("0.19"), date(2026, 3, 4), *errors)
    assert (sheet.kind, list(sheet.rows)) == ("xls", [Row(2, expected)])


def test_read_failed_formula_of_xls(tmp_path: Path) -> None:
    path = workbooks.xls(tmp_path / "a.xls", [["a", "b"], ["x", xlwt.Formula("1/0")]])
    never_calculated, divided_by_zero = "030000000000ffff", "020007000000ffff"
    content = path.read_bytes().hex().replace(never_calculated, divided_by_zero)
    path.write_bytes(bytes.fromhex(content))

    assert list(read_sheet(path).rows) == [Row(2, ("x", CellError("#DIV/0!")))]


def test_read_ods(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    texts = "".join(cell.format("string", "", text) for text in ("Nazwa", "Kwota", "Błąd"))
    values = cell.format("string", "", "Żubr") + cell.format("float", 'office:value="12.5"', "12,5")
    values += cell.format("string", "", "#N/D!")
    rows = f"<table:table-row>{texts}</table:table-row><table:table-row>{values}</table:table-row>"

    sheet = read_sheet(workbooks.ods(tmp_path / "a.ods", rows))

    assert (sheet.kind, sheet.name) == ("ods", "Arkusz1")
    assert list(sheet.rows) == [Row(2, ("Żubr", Decimal("12.5"), CellError("#N/D!")))]


def test_read_error_cells_of_xlsx(tmp_path: Path) -> None:
    path = workbooks.raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="2"><c r="B2" t="str"><v>a</v></c><c r="C2" t="str"><v>b</v></c>'
        '<c r="D2" t="str"><v>c</v></c></row>'
        '<row r="3"><c r="B3" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3"><f>B1+1</f><v/></c>'
        '<c r="D3" t="str"><f>""</f><v></v></c><c r="E3"><f>2</f></c></row>'
        '<row r="4"><c r="B4"><v>NaN</v></c></row>',
    )

    rows = list(read_sheet(path).rows)

    uncounted = CellError("#CALC?")
    assert rows[0].cells == (None, CellError("#DIV/0!"), uncounted, None, uncounted)
    assert rows[1].cells == (None, CellError("#NUM!"), None, None)


def test_name_the_rows_of_totals(tmp_path: Path) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsx", [["a", "b"], ["x", 5], [None, None], ["Razem", 5]])

    sheet = read_sheet(path)

    assert ([row.number for row in sheet.rows], sheet.totals) == ([2], {4})


def test_find_headings_under_titles(tmp_path: Path) -> None:
    path = workbooks.xlsx(
        tmp_path / "a.xlsx",
        [
            ["Lista clienți", "toamna", "2026", "Iași", "v2"],
            [],
            [None, "Denumire\nfirmă ", "C.U.I.", "CUI", "Cifra  de afaceri"],
            [None, "Alfa", "x", "123", 5],
            [],
            [None, "Beta", None, None, None],
            [None, "TOTAL:", None, None, "1.234,50"],
        ],
    )

    sheet = read_sheet(path, known=known)

    assert sheet.heading_row == 3
    assert sheet.headings == ("", "Denumire firmă", "C.U.I.", "CUI", "Cifra de afaceri")
    assert [(row.number, row.cells[1]) for row in sheet.rows] == [(4, "Alfa"), (6, "Beta")]


def test_walk_rows_twice(tmp_path: Path) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsx", [["a", "b"], *([n, n] for n in range(12_000))])

    rows = read_sheet(path).rows

    first, second = iter(rows), iter(rows)
    assert [next(first).number, next(second).number, next(first).number] == [2, 2, 3]
    assert sum(1 for _ in rows) == 12_000


def test_keep_cells_beyond_headings(tmp_path: Path) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsx", [["a", "b"], [1, 2, 3, None], [1], ["x", "y", ""]])

    assert [row.cells for row in read_sheet(path).rows] == [(1, 2, 3), (1, None), ("x", "y")]


@pytest.fixture
def two_sheets(tmp_path: Path) -> Path:
    """A workbook whose first sheets are hidden and empty."""
    book = openpyxl.Workbook()
    book.active.title = "Ascuns"
    book.active.append(["x", "y"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Gol")
    for title in ("Clienți", "Furnizori"):
        book.create_sheet(title).append(["Denumire", title])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_choose_first_visible_sheet_with_rows(two_sheets: Path) -> None:
    assert read_sheet(two_sheets).name == "Clienți"


@pytest.mark.parametrize("name", ["Furnizori", "furnizori", "Ascuns"])
def test_choose_named_sheet(two_sheets: Path, name: str) -> None:
    assert (read_sheet(two_sheets, name).name or "").lower() == name.lower()


def test_refuse_unknown_sheet(two_sheets: Path) -> None:
    with pytest.raises(NotFound) as caught:
        read_sheet(two_sheets, "Client")

    assert caught.value.message == f"{two_sheets} has no sheet 'Client'."
    assert caught.value.candidates == ["Ascuns", "Gol", "Clienți", "Furnizori"]


def test_refuse_empty_sheet(two_sheets: Path) -> None:
    with pytest.raises(InvalidData, match="has nothing in its first 30 rows"):
        read_sheet(two_sheets, "Gol")


def test_refuse_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        read_sheet(tmp_path / "leads.xls")


def test_refuse_folder(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="is not a file"):
        read_sheet(tmp_path)
