"""Web pages and XML spreadsheets, which many programs name .xls."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from crm_cli.errors import NotFound
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.sheet import CellError, Row

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.sheets.sheet import Sheet

SPREADSHEET = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">{}</Workbook>'
)
CELLS = (
    '<Row><Cell><Data ss:Type="String">Nume</Data></Cell><Cell ss:Index="3">'
    '<Data ss:Type="String">Sumă</Data><Comment><ss:Data>tip</ss:Data></Comment></Cell></Row>'
)


def read(tmp_path: Path, content: str | bytes, sheet: str | None = None) -> Sheet:
    """The content, read from a file that is named as a workbook."""
    path = tmp_path / "raport.xls"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sheet(path, sheet, known={"Nume", "CUI"}.__contains__)


def sheet_of(rows: str, name: str = "Foaie") -> str:
    """A worksheet."""
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>'


def test_read_types_of_xml(tmp_path: Path) -> None:
    kinds = {
        "Number": "12.5", "DateTime": "2026-03-04T00:00:00.000", "Boolean": "1", "Error": "#N/A",
        "String": " Șoimii &amp; fiii ",
    }  # fmt: skip
    cells = "".join(
        f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for kind, text in kinds.items()
    )
    names = "".join(f"<Cell><Data>{name}</Data></Cell>" for name in "abcdefgh")
    more = "".join(
        f'<Cell><Data ss:Type="DateTime">{text}</Data></Cell>'
        for text in ("2026-03-04T10:30:00.000", "1899-12-31T09:00:00.000")
    )
    uncounted = '<Cell ss:Formula="=1+1"></Cell>'

    sheet = read(
        tmp_path,
        SPREADSHEET.format(sheet_of(f"<Row>{names}</Row><Row>{cells}{more}{uncounted}</Row>")),
    )

    assert (sheet.kind, sheet.name, sheet.headings) == ("xml", "Foaie", tuple("abcdefgh"))
    day, moment = date(2026, 3, 4), datetime.fromisoformat("2026-03-04T10:30")
    expected = (Decimal("12.5"), day, True, CellError("#N/A"), "Șoimii & fiii", moment, time(9))
    assert list(sheet.rows) == [Row(2, (*expected, CellError("#CALC?")))]


def test_read_gaps_of_xml(tmp_path: Path) -> None:
    rows = (
        '<Row ss:Index="3" ss:Hidden="1"><Cell><Data>Ada</Data></Cell></Row>'
        '<Row><Cell ss:MergeAcross="1"><Data>Bob</Data></Cell><Cell><Data>5</Data></Cell></Row>'
        '<Row ss:Index="9"><Cell ss:Index="2"><ss:Data><b>C</b>ar</ss:Data></Cell></Row>'
    )

    sheet = read(tmp_path, SPREADSHEET.format(sheet_of(CELLS + rows)))

    assert (sheet.headings, sheet.hidden_rows) == (("Nume", "", "Sumă"), 1)
    assert [(row.number, *row.cells) for row in sheet.rows] == [
        (3, "Ada", None, None),
        (4, "Bob", None, "5"),
        (9, None, "Car", None),
    ]


def test_choose_sheet_of_xml(tmp_path: Path) -> None:
    hidden = sheet_of(CELLS, "Ascuns").replace(
        "</Table>",
        "</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>",
    )
    book = SPREADSHEET.format(hidden + sheet_of("", "Gol") + sheet_of(CELLS, "Date"))

    assert read(tmp_path, book).name == "Date"
    assert read(tmp_path, book.encode("utf-16")).name == "Date"
    assert read(tmp_path, book, "ascuns").name == "Ascuns"
    with pytest.raises(NotFound) as caught:
        read(tmp_path, book, "Altul")
    assert caught.value.candidates == ["Ascuns", "Gol", "Date"]


def test_read_page(tmp_path: Path) -> None:
    page = (
        "<!-- raport --><html><head><title>Nume</title></head><body><table><tr><td>Menu<td>x"
        "</table><TABLE><tr><th>Nume<th>CUI<th colspan=2>Adresă</th></tr>"
        "<tr style='DISPLAY: none'><td>Șoimii &amp; fiii&nbsp;SRL<td><b>RO</b> 14399840"
        "<td rowspan=2>Iași<br>Copou</tr><tr><td>Beta<td></td><td>5</td></tr></TABLE>"
        "<script>'<table><tr><td>Nume'</script></body></html>"
    )

    sheet = read(tmp_path, page)

    assert (sheet.kind, sheet.name, sheet.hidden_rows) == ("html", "Table 2", 1)
    assert sheet.headings == ("Nume", "CUI", "Adresă", "Adresă")
    assert [row.cells for row in sheet.rows] == [
        ("Șoimii & fiii SRL", "RO 14399840", "Iași\nCopou", None),
        ("Beta", None, None, "5"),
    ]
    assert read(tmp_path, page, "table 1").headings == ("Menu", "x")


def test_read_table_in_table(tmp_path: Path) -> None:
    page = "<table><tr><td>Nume</td><td><table><tr><td>Nume<td>CUI<tr><td>Ada<td>1</table></table>"

    assert [row.cells for row in read(tmp_path, page).rows] == [("Ada", "1")]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=windows-1250>", "cp1250"),
        ('<META http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "iso8859-2"),
        ("<meta charset=utf-8>", "cp1250"),
        ("<meta charset=raw_unicode_escape>", "cp1250"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
    ],
)
def test_read_encoding_of_page(tmp_path: Path, declared: str, encoding: str) -> None:
    page = f"<html>{declared}<table><tr><td>Nume<td>CUI<tr><td>Żółw Łódź ąęś<td>1</table>"

    assert [row.cells[0] for row in read(tmp_path, page.encode(encoding)).rows] == ["Żółw Łódź ąęś"]


def test_read_cells_that_excel_saved(tmp_path: Path) -> None:
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><style>
        .d {mso-number-format:"dd\\\\.mm\\\\.yyyy";} .t {mso-number-format:"\\@";}
        .s {color:red; mso-number-format:"Short Date";}</style><table><tr><td>Nume<td>CUI
        <tr><td x:num="1234.5">1.234,50 lei<td class=d x:num="46085">04.03.2026
        <tr><td class=t x:num="7">007<td class=s x:num="46085.5">4-mar
        <tr><td x:bool="TRUE">ADEVĂRAT<td x:err="#DIV/0!">#DZIEL/0!
        <tr><td sdval="12.5" sdnum="1048;">12,5<td x:num>1,5
        <tr><td sdval="46085" sdnum="1033;1033;MM/DD/YYYY">03/04/2026<td sdval="1"
         sdnum="1033;0;BOOLEAN">TRUE<tr><td>x<td sdval="0" sdnum="1033;">#N/A</table>"""

    moment = datetime.fromisoformat("2026-03-04T12:00")
    assert [row.cells for row in read(tmp_path, page).rows] == [
        (Decimal("1234.5"), date(2026, 3, 4)),
        ("007", moment),
        (True, CellError("#DIV/0!")),
        (Decimal("12.5"), "1,5"),
        (date(2026, 3, 4), True),
        ("x", CellError("#N/A")),
    ]
