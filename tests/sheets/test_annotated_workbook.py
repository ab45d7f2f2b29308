"""What the user made of a workbook is still there when it comes back with its bad cells marked."""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText

from crm_cli.sheets.handing_back import annotated_workbook, bad_rows_workbook
from crm_cli.sheets.handing_back.errors import error_file, write_error_workbook
from crm_cli.sheets.problems import CellProblem
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Sentence
from tests.sheets import workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
BAD = InvalidValue("{value} is not a date.", value=quote("luni"))
PROBLEM = CellProblem(5, "CUI", "luni", BAD.sentence)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A list below a title, as XlsxWriter and so Excel would save it."""
    path = tmp_path / "lista.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page, words = book.add_worksheet("Listă"), book.add_worksheet("Cuvinte")
        words.write_column(0, 0, ["Iași", "Cluj"])
        page.merge_range("A1:G1", "Titlu")
        page.write_row(2, 0, ["Firmă", "CUI", "Județ", "Sumă", "Dublu"])
        page.write_row(3, 0, ["Alfa", "90000001", "Iași", 4])
        page.write_row(4, 1, ["luni", "Cluj", 5])
        page.write_rich_string("A5", "Beta ", book.add_format({"bold": True}), "SRL")
        page.write_formula("E4", "=D4*2", None, 8)
        page.write_formula("F4", '=A4&"!"', None, "Alfa!")
        page.data_validation("C4:C99", {"validate": "list", "source": "=Cuvinte!$A$1:$A$2"})
        page.add_sparkline("K4", {"range": "Listă!D4:D5"})
        page.merge_range("A6:A7", "Gama")
        page.write("B7", "x")
        page.freeze_panes(3, 1)
        page.set_column("A:A", 33)
        page.set_column("F:XFD", 7)
    return path


def marked(source: Path, *problems: CellProblem, **how: Any) -> Path:
    """The error workbook."""
    target = source.with_name("inapoi.xlsx")
    write_error_workbook(source, read_sheet(source), problems or [PROBLEM], target, **how)
    return target


def page(path: Path) -> Worksheet:
    """Its first sheet."""
    with warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(path, rich_text=True).worksheets[0]


def test_keep_formulas_and_what_they_gave(source: Path) -> None:
    target = marked(source)

    assert (page(target)["E4"].value, page(target)["F4"].value) == ("=D4*2", '=A4&"!"')
    before, after = (list(read_sheet(path).rows) for path in (source, target))
    assert [row.cells[:5] for row in after] == [row.cells[:5] for row in before]
    assert after[0].cells[4:6] == (8, "Alfa!")


def test_keep_lists_panes_and_bold_words(source: Path) -> None:
    after = page(marked(source))

    assert after.data_validations.dataValidation[0].formula1 == "Cuvinte!$A$1:$A$2"
    assert after.freeze_panes == "B4"
    assert isinstance(after["A5"].value, CellRichText)
    assert {str(area) for area in after.merged_cells.ranges} == {"A1:G1", "A6:A7"}


def test_place_errors_behind_the_last_used_column(source: Path) -> None:
    after = page(marked(source, language="pl"))

    assert (after["H3"].value, after["H5"].value) == ("Błędy", "CUI: „luni” to nie data.")
    widths = {name: (run.min, run.max, run.width) for name, run in after.column_dimensions.items()}
    assert widths["F"][:2] == (6, 7)
    assert widths["H"] == (8, 8, 60)
    assert widths["I"][:2] == (9, 16_384)


def test_mark_a_merged_cell_where_its_value_is(source: Path) -> None:
    after = page(marked(source, CellProblem(7, "Firmă", "", Sentence("The value is empty."))))

    assert after["A6"].comment.text == "The value is empty."
    assert after["H7"].value == "Firmă: The value is empty."


def test_keep_small_charts_in_cells(source: Path) -> None:
    with ZipFile(marked(source)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert sheet.count("<x14:sparkline>") == 1


def test_keep_lists_of_other_sheets_as_excel_saves_them(source: Path) -> None:
    words = (
        '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1">'
        '<x14:dataValidation type="list" xr:uid="{0}"/></x14:dataValidations></ext>'
    )
    with ZipFile(source) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace("</ext></extLst>", f"</ext>{words}</extLst>")
    declared = f'<worksheet xmlns:x14="{X14}" xmlns:xr="urn:xr"'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<worksheet", declared, 1)

    with ZipFile(marked(workbooks.archive(source, parts))) as archive:
        after = archive.read("xl/worksheets/sheet1.xml").decode()

    assert words in after
    assert f' xmlns:x14="{X14}" xmlns:xr="urn:xr"' in after


def chart(book: xlsxwriter.Workbook) -> None:
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"values": "=Sheet1!$B$2:$B$3"})
    book.worksheets()[0].insert_chart("D2", drawn)


def text_box(book: xlsxwriter.Workbook) -> None:
    book.worksheets()[0].insert_textbox("D2", "de sunat")


@pytest.mark.parametrize("draw", [chart, text_box])
def test_leave_drawings_alone(tmp_path: Path, draw: Callable[[xlsxwriter.Workbook], None]) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((["Firmă", "Sumă"], ["Alfa", 1], ["Beta", 2])):
            sheet.write_row(at, 0, row)
        draw(book)

    after = page(marked(path, CellProblem(3, "Sumă", "2", BAD.sentence), language="ro"))

    assert list(after.values) == [
        ("Firmă", "Sumă", "Rândul din fișier", "Erori"),
        ("Beta", 2, 3, "Sumă: „luni” nu este o dată."),
    ]


@pytest.mark.parametrize(("target", "kept"), [("a.errors.xlsx", False), ("a.xlsm", True)])
def test_keep_macros_where_the_name_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, kept: bool
) -> None:
    path = tmp_path / "source.xlsm"
    (tmp_path / "vba.bin").write_bytes(b"macros")
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_vba_project(str(tmp_path / "vba.bin"))
        book.add_worksheet().write_column(0, 0, ["CUI", "luni"])
    problem = CellProblem(2, "CUI", "luni", BAD.sentence)
    abandoned: list[object] = []
    monkeypatch.setattr(ZipFile, "__del__", lambda archive: abandoned.append(archive.fp))

    write_error_workbook(path, read_sheet(path), [problem], tmp_path / target)

    gc.collect()
    assert set(abandoned) == {None}
    with ZipFile(tmp_path / target) as archive:
        assert ("xl/vbaProject.bin" in archive.namelist()) == kept
        types = archive.read("[Content_Types].xml").decode()
    assert ("macroEnabled" in types) == kept


def test_tell_more_than_a_cell_holds(source: Path) -> None:
    after = page(marked(source, *[PROBLEM] * 2_000))

    assert len(after["H5"].value) == 32_767
    assert after["H5"].value.endswith("…")


@pytest.mark.parametrize("only_bad_rows", [False, True])
def test_mark_no_more_cells_than_a_program_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_bad_rows: bool
) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsx", [["a", "b"], [1, 2], [3, 4], [5, 6]])
    for module in (annotated_workbook, bad_rows_workbook):
        monkeypatch.setattr(module, "MOST_MARKS", 2)
    problems = [CellProblem(row, "b", "", BAD.sentence) for row in (2, 3, 4)]

    after = page(marked(path, *problems, only_bad_rows=only_bad_rows))

    assert [bool(after.cell(row, 2).comment) for row in (2, 3, 4)] == [True, True, False]
    told = [after.cell(row, after.max_column).value for row in (2, 3, 4)]
    assert told == ["b: 'luni' is not a date."] * 3


def test_tell_of_control_characters(source: Path) -> None:
    after = page(marked(source, CellProblem(5, "CUI", "", Sentence("=a\x01b\ud800."))))

    assert after["H5"].value == "CUI: =a\ufffdb\ufffd."
    assert after["B5"].comment.text == "=a\ufffdb\ufffd."


def test_say_that_a_long_text_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"a;b\n{'x' * 40_000};2\n", encoding="utf-8")

    after = page(marked(path, CellProblem(2, "b", "2", Sentence("Bad."))))

    assert len(after["A2"].value) == 32_767
    assert (
        after["D2"].value == "b: Bad.; a: The text was cut: a cell holds at most 32767 characters."
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("leads.xlsx", "leads.xlsx.errors.xlsx"),
        ("leads.csv", "leads.csv.errors.xlsx"),
        ("leads.csv.errors.xlsx", "leads.csv.errors-2.xlsx"),
        ("leads.csv.errors-2.xlsx", "leads.csv.errors-3.xlsx"),
    ],
)
def test_name_the_error_file(tmp_path: Path, name: str, expected: str) -> None:
    assert error_file(tmp_path / name) == tmp_path / expected
