"""Imports of records from another program, and of rows that a filter has hidden."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

RECORDS = [
    {"name": "Alfa SRL", "tax_id": "RO14399840", "phone": "0722 123 456"},
    {"name": "Beta SA", "city": None},
]


def test_import_records_from_another_program(sqlite_crm: Crm) -> None:
    result = sqlite_crm("account", "import", "-", input=json.dumps(RECORDS))

    assert result.exit_code == 0, result.stderr
    assert "2 rows read, 2 created" in result.stderr
    names = [one["name"] for one in sqlite_crm.ok("account", "list", "--sort", "name")]
    assert names == ["Alfa SRL", "Beta SA"]


def test_import_what_a_list_printed(sqlite_crm: Crm) -> None:
    sqlite_crm("account", "import", "-", input=json.dumps(RECORDS))
    printed = sqlite_crm("account", "list", "--columns", "all", "--format", "jsonl").stdout

    result = sqlite_crm("account", "import", "-", input=printed)

    assert "2 rows read, 0 created, 0 updated, 2 unchanged" in result.stderr


def test_name_the_record_that_is_wrong(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([RECORDS[0], {"name": "Gama", "tax_id": "1"}]))

    result = sqlite_crm("account", "import", path)

    assert result.exit_code == 5
    assert "row 2, tax_id: '1' is not a CUI" in result.stderr
    assert (tmp_path / "list.json.errors.xlsx").exists()


def test_say_that_hidden_rows_are_read(sqlite_crm: Crm, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["name", "city"], ["Alfa SRL", "Iași"], ["Beta SA", "Cluj"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "list.xlsx")

    result = sqlite_crm("account", "import", tmp_path / "list.xlsx")

    assert "list.xlsx: 1 hidden rows are read like the others." in result.stderr
    assert "2 rows read, 2 created" in result.stderr


def test_take_no_more_memory_than_the_company_allows(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("setting", "set", "import.memory", "100")
    path = tmp_path / "list.xml"
    rows = "<Row><Cell><Data>Alfa</Data></Cell></Row>" * 5_000
    wide = '<Row><Cell Index="16384"><Data>x</Data></Cell></Row>' * 5_000
    path.write_text(
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Worksheet><Table>{rows}{wide}</Table></Worksheet></Workbook>"
    )

    result = sqlite_crm("account", "import", path)

    assert (result.exit_code, "needs more than 100 MB of memory" in result.stderr) == (5, True)
    assert "crm setting set import.memory" in result.stderr


@pytest.mark.parametrize("ending", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("task", ["Vizită", "--due", "+1d@10:00", "--duration", "90m", "--repeat", "weekly"]),
        ("operation", ["--code", "nou", "--name-en", "New", "--step", "Sună;+1d@10:00;;30m"]),
    ],
)
def test_import_what_was_exported_for_programs(
    sqlite_crm: Crm, tmp_path: Path, noun: str, words: list[str], ending: str
) -> None:
    """A length of time is a number of minutes there, which a spreadsheet would leave open."""
    sqlite_crm.ok(noun, "add", *words)
    sqlite_crm(noun, "export", tmp_path / f"list.{ending}")

    result = sqlite_crm(noun, "import", tmp_path / f"list.{ending}")

    assert "0 updated, 1 unchanged, 0 rejected" in result.stderr


def test_refuse_a_length_of_time_below_nothing(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"subject": "Vizită", "due": "2026-12-01", "duration": -30}]')

    result = sqlite_crm("task", "import", path)

    assert "row 1, duration, '-30': '-30m' is not a length of time." in result.stderr
