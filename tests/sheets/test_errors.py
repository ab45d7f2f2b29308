"""The user's sheet comes back with its bad cells marked, and can be imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from crm_cli.sheets.handing_back.errors import write_error_workbook
from crm_cli.sheets.problems import ERROR_HEADINGS, CellProblem
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.values.sentences import Sentence
from tests.sheets import workbooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

RED = "FFC7CE"


def problem(row: int, column: str | None, value: str, why: str) -> CellProblem:
    """A problem that is told alike in every language."""
    return CellProblem(row, column, value, Sentence(why))


PROBLEMS = [
    problem(5, "E-mail", "office@", "'office@' is not an e-mail address."),
    problem(3, None, "", "The company stands in row 2 already."),
    problem(5, "CUI", "123", "The check digit of 123 is wrong."),
    problem(5, "E-mail", "office@", "It is needed."),
]
ROW_5 = (
    "E-mail: 'office@' is not an e-mail address.; CUI: The check digit of 123 is wrong.;"
    " E-mail: It is needed."
)
ROWS: list[list[object]] = [
    ["Firmă", "CUI", "E-mail", "Cifră"],
    ["Alfa", "0012", "a@b.example", 5],
    ["Alfa", "0012", None, 6.25],
    ["Beta", "90000006", "b@b.example", 7],
    ["=1+1", "123", "office@", 8],
]


def csv(path: Path, rows: list[list[object]]) -> Path:
    """The rows as text."""
    path.write_text("\n".join(";".join(map(str, row)) for row in rows))
    return path


MAKERS: dict[str, Callable[[Path, list[list[object]]], Path]] = {
    "xls": workbooks.xls,
    "xlsx": workbooks.xlsx,
    "csv": csv,
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A workbook with widths, colours, a formula, a comment and a second sheet."""
    path = workbooks.xlsx(tmp_path / "a.xlsx", ROWS[:4], title="Clienți")
    book = openpyxl.load_workbook(path)
    page = book.active
    page.append(["Gama", "123", "office@", "=D2*2"])
    page.column_dimensions["A"].width = 33
    page["A5"].fill = PatternFill("solid", start_color="0000FF00")
    page["B5"].comment = Comment("sunat luni", "Ana")
    book.create_sheet("Altele")["A1"] = "rămâne"
    book.save(path)
    return path


def marked(source: Path, problems: list[CellProblem] = PROBLEMS, **how: Any) -> Worksheet:
    """The first sheet of the error workbook."""
    target = source.with_suffix(".errors.xlsx")
    write_error_workbook(source, read_sheet(source), problems, target, **how)
    return openpyxl.load_workbook(target).worksheets[0]


def red(page: Worksheet) -> dict[str, str]:
    """The text of the comment on every red cell."""
    cells = [cell for row in page.iter_rows() for cell in row if cell.fill.fill_type]
    return {
        cell.coordinate: cell.comment.text
        for cell in cells
        if cell.fill.start_color.rgb.endswith(RED)
    }


def test_mark_users_workbook(source: Path) -> None:
    page = marked(source, language="ro")

    assert red(page) == {
        "B5": "sunat luni\n\ncrm: The check digit of 123 is wrong.",
        "C5": "'office@' is not an e-mail address.\nIt is needed.",
    }
    assert [cell.value for cell in page["E"]] == [
        "Erori", None, "The company stands in row 2 already.", None, ROW_5,
    ]  # fmt: skip


def test_keep_what_the_user_made(source: Path) -> None:
    page = marked(source)

    assert page["D5"].value == "=D2*2"
    assert page["A5"].fill.start_color.rgb == "0000FF00"
    assert page.column_dimensions["A"].width == 33
    assert page.parent.sheetnames == ["Clienți", "Altele"]
    assert page.parent["Altele"]["A1"].value == "rămâne"


def test_mark_again_after_mending(source: Path) -> None:
    first = marked(source).parent
    first.save(source)

    page = marked(source, [problem(4, "Firmă", "Beta", "Not so.")], language="pl")

    assert red(page) == {"A4": "Not so."}
    assert [cell.value for cell in page["E"]] == ["Błędy", None, None, "Firmă: Not so.", None]
    assert page.max_column == 5


@pytest.mark.parametrize("kind", ["xls", "csv", "xlsx"])
def test_write_bad_rows(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    MAKERS[kind](path, ROWS)

    page = marked(path, only_bad_rows=kind == "xlsx")

    first, second, third = page.iter_rows(values_only=True)
    assert first == ("Firmă", "CUI", "E-mail", "Cifră", "Row in the file", "Errors")
    assert second[:2] == ("Alfa", "0012")
    assert second[4:] == (3, "The company stands in row 2 already.")
    assert third[4:] == (5, ROW_5)
    assert red(page)["C3"] == "'office@' is not an e-mail address.\nIt is needed."


def test_read_bad_rows_back(tmp_path: Path) -> None:
    path = workbooks.xls(tmp_path / "a.xls", ROWS)

    marked(path)

    sheet = read_sheet(tmp_path / "a.errors.xlsx")
    assert set(sheet.headings[-2:]) <= ERROR_HEADINGS
    before = [row.cells for row in read_sheet(path).rows if row.number in {3, 5}]
    assert [row.cells[:-2] for row in sheet.rows] == before


def test_mark_bad_rows_again(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*ROWS[0], "Erori"], *([*row, "old"] for row in ROWS[1:])]
    path = workbooks.xls(tmp_path / "a.xls", rows)

    page = marked(path)

    assert [cell.value for cell in page[1]] == [*ROWS[0], "Row in the file", "Errors"]


def test_write_bad_rows_of_large_workbook(tmp_path: Path) -> None:
    row = "<row>" + "<c><v>1</v></c>" * 10 + "</row>"
    heading = "<row>" + '<c t="str"><v>h</v></c>' * 10 + "</row>"
    path = workbooks.raw_xlsx(tmp_path / "a.xlsx", heading + row * 20_001)

    page = marked(path, [problem(20_000, "h", "1", "Bad.")])

    assert (page.max_row, page["L2"].value, red(page)) == (2, "h: Bad.", {"A2": "Bad."})


def test_write_bad_rows_of_workbook_openpyxl_refuses(tmp_path: Path) -> None:
    path = workbooks.raw_xlsx(
        tmp_path / "a.xlsx",
        '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c></row>',
        xl__styles="<styleSheet><broken/></styleSheet>",
    )

    page = marked(path, [problem(2, "a", "1", "Bad.")])

    assert list(page.values) == [
        ("a", "b", "Row in the file", "Errors"),
        (1, None, 2, "a: Bad."),
    ]


def test_mark_with_hostile_text(tmp_path: Path) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsx", [["x", "y"], [1, 2]])

    page = marked(path, [problem(2, None, "", "=1+1")])

    assert (page["C2"].value, page["C2"].data_type) == ("=1+1", "s")
