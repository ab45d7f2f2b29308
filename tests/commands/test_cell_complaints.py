"""What users of other programs complain of when they import cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

    Rows = list[list[object]]


def csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A delimited file."""
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("written", ["1234,50", "1.234,50", "1 234,50", "1234.50", "1,234.50 lei"])
def test_decimal_comma_multiplies_by_100(sqlite_crm: Crm, tmp_path: Path, written: str) -> None:
    path = csv(tmp_path / "a.csv", f"Denumire;Cifra de afaceri\nAlfa;{written}\n")

    assert sqlite_crm("account", "import", path).exit_code == 0

    assert sqlite_crm.ok("account", "show", "1")["turnover"] == "1234.50"


@pytest.mark.parametrize("language", ["en", "ro", "pl"])
def test_own_export_is_multiplied_by_100(sqlite_crm: Crm, tmp_path: Path, language: str) -> None:
    sqlite_crm.ok("employee", "edit", "me", "--language", language)
    sqlite_crm.ok("account", "add", "--name", "Alfa", "--turnover", "1234567.50")
    assert sqlite_crm("account", "export", tmp_path / "a.csv").exit_code == 0

    result = sqlite_crm("account", "import", tmp_path / "a.csv")

    assert "1 unchanged" in result.stderr, result.stderr
    assert sqlite_crm.ok("account", "show", "1")["turnover"] == "1234567.50"


def test_excel_serial_dates_are_stored_as_zeros(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [["Name", "Start", "End"], ["Toamna", 46084, 46114]]

    sqlite_crm.ok("campaign", "import", xlsx(tmp_path / "a.xlsx", rows))

    found = sqlite_crm.ok("campaign", "show", "1")
    assert (found["start"], found["end"]) == ("2026-03-03", "2026-04-02")


def test_a_wrong_mask_makes_another_date(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "Name;Start;End\nA;07/30/2023;08/30/2023\nB;01/02/2024;1/3/24\n")

    sqlite_crm.ok("campaign", "import", path)

    found = [(one["start"], one["end"]) for one in sqlite_crm.ok("campaign", "list")]
    assert found == [("2023-07-30", "2023-08-30"), ("2024-01-02", "2024-01-03")]


def test_day_and_month_are_swapped_under_12_only(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "Name;Start;End\nA;30/07/2023;1.8.2023\nB;07/30/2023;1.9.2023\n")

    result = sqlite_crm("campaign", "import", path)

    assert result.exit_code == 5
    assert "'30/07/2023' is not written in a form that every country reads alike" in result.stderr
    assert "Write 2023-07-30." in result.stderr
    assert sqlite_crm.ok("campaign", "list") == []


def test_the_locale_is_ignored(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "Name;Start;End\nA;02/03/2024;04/05/2024\n")

    sqlite_crm.ok("campaign", "import", path, "--locale", "en-US")

    assert sqlite_crm.ok("campaign", "show", "1")["start"] == "2024-02-03"


def test_leading_zeros_are_lost(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [
        ["Denumire", "Cod", "Telefon", "Cod poștal", "Țara"],
        ["Alfa", "000123", 722123456, 10123, None],
        ["Beta", "7", "22 123 45 67", 2123, "PL"],
    ]

    result = sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows))

    assert result.exit_code == 0, result.stderr
    found = sqlite_crm.ok("account", "list")
    assert [(one["code"], one["phone"], one["postal_code"]) for one in found] == [
        ("000123", "+40722123456", "010123"),
        ("7", "+48221234567", "02123"),
    ]


def test_long_numbers_are_lost(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [
        ["Denumire", "External id", "Telefon"],
        ["Alfa", 12345678901234567890, 40722123456],
        ["Beta", "12345678901234567890", "4,07E+10"],
        ["Gama", 123456789012345, None],
    ]

    result = sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows), "--skip-bad-rows")

    assert "row 2, External id: '123456789012345" in result.stderr
    assert "row 3, Telefon: '4,07E+10' is a number that the spreadsheet cut short." in result.stderr
    assert [one["external_id"] for one in sqlite_crm.ok("account", "list")] == ["123456789012345"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_polish_letters_become_question_marks(
    sqlite_crm: Crm, tmp_path: Path, encoding: str
) -> None:
    path = csv(tmp_path / "a.csv", "Nazwa;Miejscowość\nŻółta Gęś;Łódź\n", encoding)

    result = sqlite_crm("account", "import", path)

    found = sqlite_crm.ok("account", "show", "1")
    assert (found["name"], found["city"]) == ("Żółta Gęś", "Łódź")
    assert f"text in {encoding.removesuffix('-sig')}, columns parted by ';'." in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_own_export_is_of_a_different_encoding(
    sqlite_crm: Crm, tmp_path: Path, encoding: str
) -> None:
    sqlite_crm.ok("account", "add", "--name", "Żółta Gęś", "--city", "Łódź")
    path = tmp_path / "a.csv"
    assert sqlite_crm("account", "export", path).exit_code == 0
    path.write_text(path.read_text("utf-8-sig"), encoding=encoding)

    assert "1 unchanged" in sqlite_crm("account", "import", path).stderr
