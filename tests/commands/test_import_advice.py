"""What an import tells a clerk to do about rows it cannot place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def told(crm: Crm, path: Path, text: str, *, noun: str = "account", language: str = "en") -> str:
    """What the error workbook says of the last row of a file."""
    crm("employee", "edit", "me", "--language", language)
    path.write_text(text, encoding="utf-8")
    crm(noun, "import", path)
    page = openpyxl.load_workbook(f"{path}.errors.xlsx").worksheets[0]
    return str(page.cell(page.max_row, page.max_column).value)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "It may be any of account 1, 2. "
                "Add what tells them apart, such as tax id, code or e-mail, or give --key."
            ),
        ),
        (
            "ro",
            (
                "Poate fi oricare dintre: partener 1, 2. "
                "Completați ce le deosebește, de exemplu CUI, cod sau e-mail, ori folosiți --key."
            ),
        ),
        (
            "pl",
            (
                "Pasuje kilka pozycji: kontrahent 1, 2. "
                "Uzupełnij to, co je odróżnia, na przykład NIP, kod lub e-mail, albo użyj --key."
            ),
        ),
    ],
)
def test_say_how_to_tell_records_apart(
    sqlite_crm: Crm, tmp_path: Path, language: str, expected: str
) -> None:
    for _ in range(2):
        sqlite_crm.id("account", "add", "--name", "Alfa", "--city", "Iași")

    reason = told(sqlite_crm, tmp_path / "a.csv", "Name\nAlfa\n", language=language)

    assert reason == expected


def test_say_which_of_two_rows_to_keep(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("account", "add", "--name", "Alfa", "--email", "a@b.example")

    reason = told(sqlite_crm, tmp_path / "a.csv", "Name,E-mail\nAlfa,\nBeta,a@b.example\n")

    assert reason == (
        "It is account 1, as row 2 is. "
        "Keep one of the rows, or correct that by which the other is recognised."
    )


@pytest.mark.parametrize(
    ("digits", "advice"),
    [
        ("14399840", "If it is a tax id, write tax:14399840."),
        ("14399841", "`crm account list` shows them."),
    ],
)
def test_suspect_a_tax_id(sqlite_crm: Crm, tmp_path: Path, digits: str, advice: str) -> None:
    text = f"Name,Account\nIon Pop,{digits}\n"

    reason = told(sqlite_crm, tmp_path / "a.csv", text, noun="contact")

    assert reason == f"Account: There is no account '{digits}'. {advice}"


@pytest.mark.parametrize(
    ("rows", "words", "complaint"),
    [
        (["Alfa,x"], (), "1 of 1 row has a problem; nothing was written."),
        (["Alfa,x", "Beta,"], ("--skip-bad-rows",), "1 of 2 rows has a problem and was left out."),
        (["Alfa,x", "Beta,y"], (), "2 of 2 rows have 2 problems; nothing was written."),
    ],
)
def test_count_bad_rows(
    sqlite_crm: Crm, tmp_path: Path, rows: list[str], words: tuple[str, ...], complaint: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["Name,E-mail", *rows]))

    result = sqlite_crm("account", "import", path, *words)

    assert f"crm: {complaint}\n" in result.stderr


def test_count_records_of_several_rows(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("account", "add", "--name", "Alfa")
    path = tmp_path / "invoices.csv"
    rows = ["X1;2025-03-15;Alfa;A;1;10", "X1;;;B;1;5", "X2;2025-03-16;Alfa;A;2;10", "X2;;;B;1;1"]
    path.write_text("\n".join(["Number;Date;Account;Text;Quantity;Unit price", *rows]))

    said = [sqlite_crm("invoice", "import", path).stderr.splitlines()[-1] for _ in range(2)]

    assert said == [
        f"invoices.csv: 4 rows read: {done} unchanged, 0 rows rejected."
        for done in ("2 invoices created, 0 updated, 0", "0 invoices created, 0 updated, 2")
    ]


@pytest.mark.parametrize(
    ("value", "language", "advice"),
    [
        ("0.004", "en", "Write 0.00 if that is meant."),
        ("45,0041", "ro", "Scrieți 45,00, dacă asta ați vrut."),
        ("1.234", "pl", "Wpisz 1234 albo 1,23."),
        ("mult", "ro", "Scrieți, de exemplu, 1234,50."),
    ],
)
def test_write_numbers_as_the_clerk_does(
    sqlite_crm: Crm, tmp_path: Path, value: str, language: str, advice: str
) -> None:
    text = f"Name;Turnover\nAlfa;{value}\n"

    assert told(sqlite_crm, tmp_path / "a.csv", text, language=language).endswith(f" {advice}")
