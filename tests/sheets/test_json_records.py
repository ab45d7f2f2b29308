"""Records in JSON: the keys are headings, values keep their type."""

from __future__ import annotations

import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crm_cli.errors import InvalidData, NotFound
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.sheet import CellError, Row

if TYPE_CHECKING:
    from crm_cli.sheets.sheet import Sheet

RECORDS = [{"name": "Șoimii", "price": 10.5, "active": True}, {"name": "Beta", "city": None}]


def read(tmp_path: Path, text: str, sheet: str | None = None) -> Sheet:
    """The text, read from a file."""
    path = tmp_path / "a.json"
    path.write_text(text)
    return read_sheet(path, sheet)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps({"total": 2, "items": RECORDS}, indent=2),
        "\n".join(map(json.dumps, RECORDS)),
        "\ufeff" + "\n\n".join(json.dumps(one, indent=1) for one in RECORDS) + "\n",
    ],
)
def test_read_records(tmp_path: Path, text: str) -> None:
    sheet = read(tmp_path, text)

    assert (sheet.kind, sheet.heading_row) == ("json", 0)
    assert sheet.headings == ("name", "price", "active", "city")
    assert list(sheet.rows) == [
        Row(1, ("Șoimii", Decimal("10.5"), True, None)),
        Row(2, ("Beta", None, None, None)),
    ]


def test_read_values_in_values(tmp_path: Path) -> None:
    values = '{"a": {"amount": "10.50", "currency": "RON"}, "b": ["x", 1, null], "c": {"k": [1]}'
    numbers = '"d": 0.10, "e": NaN, "f": 12345678901234567890, "g": "", "h": " 007 "'

    (row,) = read(tmp_path, f"{values}, {numbers}}}").rows

    expected = ("10.50 RON", "x; 1", '{"k": [1]}', Decimal("0.10"), CellError("#NUM!"))
    assert row.cells == (*expected, 12345678901234567890, None, "007")


def test_choose_list(tmp_path: Path) -> None:
    text = json.dumps({"leads": [{"a": 1}], "accounts": [{"b": 2}]})

    assert (read(tmp_path, text).name, read(tmp_path, text, "Accounts").headings) == (
        "leads",
        ("b",),
    )
    with pytest.raises(NotFound) as caught:
        read(tmp_path, text, "sites")
    assert caught.value.candidates == ["leads", "accounts"]


def test_read_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "Nume;Oraș\nȘoimii;Iași\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))

    sheet = read_sheet(Path("-"))

    assert (sheet.kind, [row.cells for row in sheet.rows]) == ("csv", [("Șoimii", "Iași")])
    assert sheet.path.read_text() == content
    kept = sheet.path
    del sheet
    assert not kept.exists()


def test_refuse_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"%PDF-1.7")))

    with pytest.raises(InvalidData) as caught:
        read_sheet(Path("-"))

    assert caught.value.message == "standard input is a PDF document, not a spreadsheet."
