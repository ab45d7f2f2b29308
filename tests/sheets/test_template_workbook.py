"""Workbooks to be filled in, opened by another program."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest

from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.writing.template_workbook import (
    Template,
    TemplateColumn,
    Wording,
    write_template,
)

if TYPE_CHECKING:
    from pathlib import Path

WORDING = Wording(
    title="Parteneri",
    example="Exemplu",
    intro=["Un exemplu.", "Completați prima foaie."],
    not_in_list="Valoarea nu este în listă.",
    percent="Procent între 0 și 100.",
    date="dd.mm.yyyy",
)
COLUMNS = [
    TemplateColumn(heading="Denumire", kind="text", note="Text.", example="=1+1", required=True),
    TemplateColumn(heading="Tip", kind="choice", note="Un cuvânt.", choices="kind", strict=True),
    TemplateColumn(heading="Agent", kind="text", note="Un nume.", choices="employee"),
    TemplateColumn(heading="Sumă", kind="money", note="Sumă.", example=Decimal("1.50")),
    TemplateColumn(heading="Grad", kind="percent", note="Procent.", example=20),
    TemplateColumn(heading="Data", kind="date", note="Dată.", example=date(2026, 12, 31)),
    TemplateColumn(heading="Când", kind="moment", note="Dată și oră."),
    TemplateColumn(heading="Note", kind="long text", note="Text lung.\n" * 9),
]
LISTS = {"kind": ["da", "nu"], "employee": ["=cmd|' /C calc'!A0", "Ana Pop"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A written template."""
    path = tmp_path / "t.xlsx"
    write_template(path, Template(columns=COLUMNS, wording=WORDING, lists=LISTS))
    return path


@pytest.fixture
def book(path: Path) -> Any:
    """A written template as openpyxl sees it."""
    return openpyxl.load_workbook(path)


def test_write_headings(book: Any) -> None:
    page = book.worksheets[0]

    assert (page.title, page.max_row, page.freeze_panes) == ("Parteneri", 1, "A2")
    assert [cell.value for cell in page[1]][:2] == ["Denumire *", "Tip"]
    assert [cell.fill.start_color.rgb for cell in page[1]][:2] == ["FF1F4E78", "FFDDEBF7"]
    assert [cell.comment.text for cell in page[1]][:2] == ["Text.", "Un cuvânt."]


def test_notes_have_room(path: Path) -> None:
    with ZipFile(path) as package:
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()

    heights = [float(height) for height in re.findall(r"height:([0-9.]+)pt", drawing)]
    assert heights == [24.0] * 7 + [132.0]


def test_write_typed_columns(book: Any) -> None:
    page = book.worksheets[0]

    found = [
        openpyxl.styles.numbers.BUILTIN_FORMATS.get(number, number)
        for number in (page.column_dimensions[letter].number_format for letter in "ABCDEFGH")
    ]
    assert found == [
        "@", "@", "@", "#,##0.00", '0"%"', "dd.mm.yyyy", "dd.mm.yyyy hh:mm", "General",
    ]  # fmt: skip


def test_write_lists(book: Any) -> None:
    rules = {
        str(rule.sqref): (rule.type, rule.formula1, rule.errorStyle, rule.showErrorMessage)
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert rules == {
        "B2:B1048576": ("list", "list_kind", "warning", True),
        "C2:C1048576": ("list", "list_employee", "warning", False),
        "E2:E1048576": ("whole", "0", "warning", True),
    }
    assert book["Lists"].sheet_state == "hidden"
    assert [book.defined_names[name].attr_text for name in ("list_kind", "list_employee")] == [
        "Lists!$A$2:$A$3", "Lists!$B$2:$B$3",
    ]  # fmt: skip
    assert book["Lists"]["B2"].data_type == "s", "a name is never a formula"


def test_write_print_set_up(book: Any) -> None:
    page = book.worksheets[0]

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.print_title_rows, page.page_setup.fitToHeight) == ("$1:$1", 0)


def test_write_an_example_apart(path: Path, book: Any) -> None:
    assert list(read_sheet(path).rows) == []

    row = [cell.value for cell in book["Exemplu"][5]]
    assert row[:5] == ["=1+1", None, None, 1.5, 20]
    assert (row[5].date(), row[6:]) == (date(2026, 12, 31), [None, None])
    assert book["Exemplu"]["A5"].data_type == "s"
    assert [row[0].value for row in book["Exemplu"].iter_rows(max_row=2)] == WORDING.intro


def test_write_without_lists(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", Template(columns=COLUMNS[:1], wording=WORDING))

    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames == ["Parteneri", "Exemplu"]
