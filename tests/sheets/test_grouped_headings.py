"""Headings that stand over several columns, or in two rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from crm_cli.sheets.reading.grouped_headings import find_headings
from crm_cli.sheets.reading.reading import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {"Nume", "CUI", "Telefon", "E-mail", "Livrare Oraș"}
FIRM = ["Firma", None, "Contact", None]


@pytest.mark.parametrize(
    ("rows", "merged", "names", "at"),
    [
        ([FIRM, ["Nume", "CUI", "Telefon", "E-mail"]], [], "Nume|CUI|Telefon|E-mail", 1),
        ([FIRM, ["Nume", "CUI", "Telefon", "Rol"]], [], "Nume|CUI|Telefon|Rol", 1),
        (
            [FIRM, ["Nume", "CUI", "Telefon", "Rol"]],
            [(0, 0, 1), (0, 2, 3)],
            "Nume|CUI|Telefon|Contact Rol",
            1,
        ),
        (
            [["Firma", None, "Livrare", None], ["Nume", "Oraș", "Oraș", "CUI"]],
            [],
            "Nume|Firma Oraș|Livrare Oraș|CUI",
            1,
        ),
        (
            [["Nume", "CUI", "Contact", None], [None, None, "Telefon", "E-mail"], list("abcd")],
            [(0, 2, 3)],
            "Nume|CUI|Telefon|E-mail",
            1,
        ),
        (
            [["Nume", "CUI", "Contact", None], [None, None, "Telefon", "E-mail"]],
            [],
            "Nume|CUI|Telefon|E-mail",
            1,
        ),
        ([["Lista mea", None], ["Nume", "CUI"]], [(0, 0, 1)], "Nume|CUI", 1),
        ([["Lista", "toamna", None], ["Nume", "CUI", "x"]], [], "Nume|CUI|x", 1),
        (
            [["Nume", "Telefon", None], ["Ada", "0722", "0733"]],
            [(0, 1, 2)],
            "Nume|Telefon|Telefon",
            0,
        ),
        ([["Nume", "CUI", None], ["Ada", "1", None]], [(0, 1, 2)], "Nume|CUI", 0),
        ([["Nume", "CUI"], ["Alfa", "Beta"]], [], "Nume|CUI", 0),
        ([["Nume", "CUI"], ["Nume", "x"]], [], "Nume|CUI", 0),
    ],
)
def test_find_headings(
    rows: list[list[object]], merged: list[tuple[int, int, int]], names: str, at: int
) -> None:
    found = find_headings(rows, KNOWN.__contains__, merged)

    assert found is not None
    assert ("|".join(found.names), found.at) == (names, at)


def test_find_none_in_blank_rows() -> None:
    assert find_headings([[None], []], KNOWN.__contains__, []) is None


def test_read_merged_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["Clienți"],
        ["Nume", "Contact", None],
        [None, "Telefon", "Rol"],
        ["Ada", "07", "x"],
    ):
        page.append(row)
    for place in ("A1:C1", "A2:A3", "B2:C2"):
        page.merge_cells(place)
    book.save(tmp_path / "a.xlsx")

    sheet = read_sheet(tmp_path / "a.xlsx", known=KNOWN.__contains__)

    assert (sheet.headings, sheet.heading_row) == (("Nume", "Telefon", "Contact Rol"), 3)
    assert [row.cells for row in sheet.rows] == [("Ada", "07", "x")]


def test_pass_over_repeated_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nume;CUI\nAda;1\nNume;CUI\nBob;2\nTotal;2\n\n")

    assert [row.number for row in read_sheet(path).rows] == [2, 4]
