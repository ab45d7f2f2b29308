"""Cells as the program knows them, and text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_cli.sheets.cells import escape, normal, unescape
from crm_cli.sheets.sheet import CellError
from crm_cli.sheets.writing.csv_file import CsvForm, write_csv


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", None),
        (" \u00a0", None),
        (" x ", "x"),
        (2.0, 2),
        (0.1, Decimal("0.1")),
        (1e22, 10**22),
        (float("inf"), CellError("#NUM!")),
        ("#REF!", CellError("#REF!")),
        (True, True),
    ],
)
def test_normal(raw: object, expected: object) -> None:
    found = normal(raw)

    assert (found, type(found)) == (expected, type(expected))


@given(st.text(alphabet="'=+-@\t\r ab1\n\"", max_size=8) | st.text())
@example("''=1")
@example("'")
def test_unescape_what_was_escaped(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not re.match(r"[=+\-@\t\r]", escape(text))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_write_csv_and_read_back(values: list[str]) -> None:
    file = io.StringIO(newline="")

    write_csv(file, ["h"] * len(values), [values], CsvForm(delimiter=";"))

    file.seek(0)
    _, row = csv.reader(file, delimiter=";")
    assert [unescape(cell) for cell in row] == values
