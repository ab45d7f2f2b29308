"""The sample lists of leads hold exactly what their description says, in all three formats."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.values.checksums import is_cui
from crm_cli.values.counties import county_code
from crm_cli.values.emails import clean_email
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.numbers import parse_amount, parse_integer
from crm_cli.values.phones import clean_phone, split_phones
from crm_cli.values.tax_ids import tax_digits
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.sheets.sheet import Sheet

SAMPLES = Path(__file__).parents[2] / "samples"
HEADINGS = (
    "Denumire firmă", "CUI", "Persoană de contact", "Telefon", "E-mail", "Localitate", "Județ",
    "Adresa", "Cod poștal", "Cifra de afaceri", "Nr. angajați", "Domeniu de activitate",
    "Observații",
)  # fmt: skip


@pytest.fixture(params=["xls", "xlsx", "csv"])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """One of the three files."""
    return read_sheet(SAMPLES / f"leads.{request.param}")


def column(sheet: Sheet, heading: str) -> list[str]:
    """The cells of a column as text, empty ones left out."""
    at = [fold(name) for name in sheet.headings].index(fold(heading))
    return [str(row.cells[at]) for row in sheet.rows if row.cells[at] is not None]


def refused(read: Callable[[str], object], values: list[str]) -> list[str]:
    """The values that cannot be read so."""

    def is_refused(value: str) -> bool:
        try:
            read(value)
        except InvalidValue:
            return True
        return False

    return list(filter(is_refused, values))


def test_find_headings_and_rows(sheet: Sheet) -> None:
    found = {"xls": (None, None), "xlsx": (None, None), "csv": ("cp1250", ";")}

    rows = list(sheet.rows)

    assert sheet.heading_row == 3
    assert (sheet.encoding, sheet.delimiter) == found[sheet.kind]
    assert [fold(name) for name in sheet.headings] == [fold(name) for name in HEADINGS]
    assert (len(rows), rows[0].number, rows[-1].number) == (230, 4, 233)


def test_count_wrong_values(sheet: Sheet) -> None:
    ids = [tax_digits(value) for value in column(sheet, "CUI")]

    assert len([digits for digits in ids if not is_cui(digits)]) == 5
    assert sorted(Counter(Counter(ids).values()).items()) == [(1, 222), (2, 4)]
    assert len(refused(clean_email, column(sheet, "E-mail"))) == 3
    counties = refused(lambda value: county_code(value, "RO"), column(sheet, "Județ"))
    assert sorted(counties) == ["Moldova de Sus", "Transilvania"]
    assert refused(parse_integer, column(sheet, "Nr. angajați")) == ["zece"]
    assert refused(parse_amount, column(sheet, "Cifra de afaceri")) == ["1.234"]


def test_phones_are_telephone_numbers(sheet: Sheet) -> None:
    cells = column(sheet, "Telefon")
    numbers = [number for cell in cells for number in split_phones(cell)]

    assert (len(cells), len(numbers)) == (230, 260)
    assert refused(lambda number: clean_phone(number, "RO"), numbers) == []


def test_hold_both_kinds_of_letters() -> None:
    text = "".join(column(read_sheet(SAMPLES / "leads.xls"), "Domeniu de activitate"))

    assert {"ț", "ţ"} <= set(text)


def test_hold_the_same_in_every_format() -> None:
    binary, modern = (list(read_sheet(SAMPLES / f"leads.{kind}").rows) for kind in ("xls", "xlsx"))

    assert binary == modern


def test_make_the_same_files(tmp_path: Path) -> None:
    maker = runpy.run_path(str(SAMPLES / "make_leads.py"))

    maker["main"].__globals__["FOLDER"] = tmp_path
    maker["main"]()

    for name in ("leads.xls", "leads.xlsx", "leads.csv"):
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes()
