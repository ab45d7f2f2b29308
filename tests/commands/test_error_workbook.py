"""What an import hands back, in the language of the clerk who is to mend it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = Path(__file__).parents[2] / "samples"
WRONG_CUI = "nu este un CUI: cifra de control nu se potrivește cu celelalte. Forma corectă:"
NO_COUNTY = "nu este un județ din România. Scrieți numele sau codul, de exemplu Iași sau IS."
NO_EMAIL = "nu este o adresă de e-mail. Scrieți, de exemplu, nume@firma.ro."
ROMANIAN = {
    3: "Erori",
    35: f"CUI: „RO91305419” {WRONG_CUI} RO14399840.",
    67: f"CUI: „RO92652939” {WRONG_CUI} RO14399840.",
    68: f"CUI: „RO92695043” {WRONG_CUI} RO14399840.",
    77: f"CUI: „RO93074035” {WRONG_CUI} RO14399840.",
    86: f"Județ: „Moldova de Sus” {NO_COUNTY}",
    110: f"CUI: „RO94463669” {WRONG_CUI} RO14399840.",
    142: "CUI: Rândul 120 are aceeași valoare: CUI.",
    146: "Nr. angajați: „zece” nu este un număr întreg. Scrieți, de exemplu, 1234.",
    154: f"E-mail: „contact.firma.example” {NO_EMAIL}",
    163: f"E-mail: „vanzari@@firma.example” {NO_EMAIL}",
    165: "CUI: Rândul 76 are aceeași valoare: CUI.",
    190: f"E-mail: „office@” {NO_EMAIL}",
    191: f"Județ: „Transilvania” {NO_COUNTY}",
    204: "CUI: Rândul 49 are aceeași valoare: CUI.",
    215: "CUI: Rândul 72 are aceeași valoare: CUI.",
}
ZLE_CUI = "to nie CUI: cyfra kontrolna nie zgadza się z pozostałymi. Wzór:"
NIE_OKREG = "to nie okręg w Rumunii. Wpisz nazwę lub kod, na przykład Iași lub IS."
NIE_EMAIL = "to nie adres e-mail. Wpisz na przykład nazwa@firma.pl."
POLISH = {
    3: "Błędy",
    35: f"CUI: „RO91305419” {ZLE_CUI} RO14399840.",
    67: f"CUI: „RO92652939” {ZLE_CUI} RO14399840.",
    68: f"CUI: „RO92695043” {ZLE_CUI} RO14399840.",
    77: f"CUI: „RO93074035” {ZLE_CUI} RO14399840.",
    86: f"Județ: „Moldova de Sus” {NIE_OKREG}",
    110: f"CUI: „RO94463669” {ZLE_CUI} RO14399840.",
    142: "CUI: Wiersz 120 ma tę samą wartość: NIP.",
    146: "Nr. angajați: „zece” to nie liczba całkowita. Wpisz na przykład 1234.",
    154: f"E-mail: „contact.firma.example” {NIE_EMAIL}",
    163: f"E-mail: „vanzari@@firma.example” {NIE_EMAIL}",
    165: "CUI: Wiersz 76 ma tę samą wartość: NIP.",
    190: f"E-mail: „office@” {NIE_EMAIL}",
    191: f"Județ: „Transilvania” {NIE_OKREG}",
    204: "CUI: Wiersz 49 ma tę samą wartość: NIP.",
    215: "CUI: Wiersz 72 ma tę samą wartość: NIP.",
}


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    """A copy of the sample."""
    return Path(shutil.copy(SAMPLES / "leads.xlsx", tmp_path))


def told(path: Path) -> dict[int, str]:
    """The column of errors, the last one, by rows."""
    page = openpyxl.load_workbook(path).worksheets[0]
    last = page.max_column
    return {row: text for row in range(1, 240) if (text := page.cell(row, last).value)}


@pytest.mark.parametrize(("language", "expected"), [("ro", ROMANIAN), ("pl", POLISH)])
def test_tell_in_the_language_of_the_clerk(
    sqlite_crm: Crm, leads: Path, language: str, expected: dict[int, str]
) -> None:
    sqlite_crm.ok("employee", "edit", "me", "--language", language)

    result = sqlite_crm("lead", "import", leads)

    assert result.exit_code == 5
    assert "row 35, CUI: 'RO91305419' is not a CUI" in result.stderr
    assert told(leads.with_name("leads.xlsx.errors.xlsx")) == expected


def test_import_what_was_handed_back(sqlite_crm: Crm, leads: Path) -> None:
    sqlite_crm("lead", "import", leads)
    back = leads.with_name("leads.xlsx.errors.xlsx")
    kept = back.read_bytes()

    result = sqlite_crm("lead", "import", back)

    again = leads.with_name("leads.xlsx.errors-2.xlsx")
    assert (result.exit_code, "15 of 230 rows have 15 problems" in result.stderr) == (5, True)
    assert (told(again), back.read_bytes()) == (told(back), kept)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A list with a good row and a bad one."""
    rows: list[list[object]] = [
        ["Denumire", "CUI", "E-mail"],
        ["Beta SRL", None, None],
        ["Alfa SRL", "RO123", "alfa"],
    ]
    return xlsx(tmp_path / "list.xlsx", rows)


def test_import_the_bad_rows_that_were_handed_back(sqlite_crm: Crm, short: Path) -> None:
    sqlite_crm("lead", "import", short, "--skip-bad-rows")

    result = sqlite_crm("lead", "import", f"{short}.errors.xlsx")

    assert result.stderr.splitlines()[0] == (
        "list.xlsx.errors.xlsx: 1 row read, 0 created, 0 updated, 0 unchanged, 1 rejected."
    )


@pytest.mark.parametrize(("name", "title"), [("list.csv", "Parteneri"), ("list.xlsx", "Clienți")])
def test_name_the_sheet_of_bad_rows(sqlite_crm: Crm, tmp_path: Path, name: str, title: str) -> None:
    path = tmp_path / name
    if path.suffix == ".xlsx":
        xlsx(path, [["Denumire", "E-mail"], ["Alfa SRL", "alfa"]], title="Clienți")
    else:
        path.write_text("Denumire,E-mail\nAlfa SRL,alfa\n")

    sqlite_crm("account", "import", path, "--skip-bad-rows")

    assert openpyxl.load_workbook(f"{path}.errors.xlsx").sheetnames == [title]


def test_keep_an_uncalculated_formula_wrong(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows = [["Denumire", "Observații"], ["Alfa SRL", "=1+1"]]
    path = xlsx(tmp_path / "list.xlsx", rows)
    sqlite_crm("account", "import", path, "--skip-bad-rows")

    result = sqlite_crm("account", "import", f"{path}.errors.xlsx")

    assert (result.exit_code, sqlite_crm.ok("account", "list")) == (5, [])
    assert told(Path(f"{path}.errors.xlsx"))[2] == (
        "Observații: Formula nu are rezultat în fișier. "
        "Deschideți fișierul în Excel sau LibreOffice și salvați-l, ori scrieți valoarea."
    )


def test_name_all_that_is_wrong_where_nothing_can_be_written(sqlite_crm: Crm, short: Path) -> None:
    with short.open("rb") as file:
        path = Path(f"/proc/{os.getpid()}/fd/{file.fileno()}")

        result = sqlite_crm("lead", "import", path)

    lines = result.stderr.splitlines()
    assert (result.exit_code, sum(line.startswith("  row ") for line in lines)) == (5, 2)
    assert lines[-1].startswith(f"hint: {path}.errors.xlsx cannot be written: ")
    assert lines[-1].endswith(". Name another place: --errors FILE")


def test_write_errors_elsewhere(sqlite_crm: Crm, short: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "errors.xlsx"

    sqlite_crm("lead", "import", short, "--errors", target)

    assert target.exists()
    assert not short.with_name("list.xlsx.errors.xlsx").exists()


def test_refuse_to_write_errors_over_the_file(sqlite_crm: Crm, short: Path) -> None:
    before = short.read_bytes()

    result = sqlite_crm("lead", "import", short, "--skip-bad-rows", "--errors", short)

    assert (result.exit_code, short.read_bytes()) == (6, before)
    assert result.stderr.splitlines()[-1] == (
        f"hint: {short} is the file that is imported. Give --errors another."
    )


def test_mark_every_bad_cell_of_a_row(sqlite_crm: Crm, short: Path) -> None:
    sqlite_crm("lead", "import", short)

    page = openpyxl.load_workbook(f"{short}.errors.xlsx").worksheets[0]
    cui, email = f"„RO123” {WRONG_CUI} RO14399840.", f"„alfa” {NO_EMAIL}"
    assert page["D3"].value == f"CUI: {cui}; E-mail: {email}"
    assert (page["B3"].comment.text, page["C3"].comment.text) == (cui, email)
