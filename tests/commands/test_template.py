"""`crm NOUN template`: a workbook that a clerk fills in and imports."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.conftest import Crm
from tests.nouns import nouns_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

LANGUAGES = ("en", "ro", "pl")


NOUNS = nouns_with("template")


@pytest.fixture(scope="module")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every reference of an example finds a record."""
    path = tmp_path_factory.mktemp("stocked") / "crm.db"
    shutil.copy(sqlite_template, path)
    crm = Crm(f"sqlite:///{path}", path.parent)
    crm.ok("account", "add", "--name", "=Alfa SRL", "--tax-id", "RO1590082")
    crm.ok("account", "add", "--name", "Beta SA")
    crm.ok("contact", "add", "--name", "Dan Ene", "--account", "1")
    crm.ok("lead", "add", "--name", "Gama SRL")
    crm.ok("product", "add", "--code", "P1", "--name", "Program")
    crm.ok("team", "add", "--code", "sales", "--name-en", "Sales", "--name-ro", "Vânzări")
    crm.ok("campaign", "add", "--name", "Toamna", "--start", "today", "--end", "+30d")
    return path


@pytest.fixture
def clerk(stocked: Path, tmp_path: Path) -> Crm:
    """The command line on a database with records to refer to."""
    shutil.copy(stocked, tmp_path / "crm.db")
    return Crm(f"sqlite:///{tmp_path / 'crm.db'}", tmp_path)


@pytest.fixture(scope="module")
def with_lead(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """The database in which there is but the lead of the example in a language."""

    @cache
    def make(language: str) -> Path:
        home = tmp_path_factory.mktemp(language)
        crm = Crm(f"sqlite:///{shutil.copy(sqlite_template, home / 'crm.db')}", home)
        crm.ok("lead", "import", fill_in(template(crm, "lead", "--language", language)))
        return home / "crm.db"

    return make


def template(crm: Crm, noun: str, *words: str) -> Path:
    """The workbook of a noun."""
    path = crm.home / f"{noun}.xlsx"
    result = crm(noun, "template", path, *words)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return path


def fill_in(path: Path, **cells: Any) -> Path:
    """Fill in the first row as the example has it, or only the cells under some headings."""
    book = openpyxl.load_workbook(path)
    page, example = book.worksheets[:2]
    for place, heading in enumerate(page[1], start=1):
        shown = example.cell(example.max_row, place).value
        name = heading.value.removesuffix(" *")
        typed = page.cell(2, place, cells.get(name) if cells else shown)
        if isinstance(typed.value, str):
            typed.data_type = "s"  # in a column of text nothing is a formula
    book.save(path)
    return path


@pytest.mark.proves("R221", "R224")
@pytest.mark.parametrize("noun", NOUNS)
def test_import_a_template_that_was_filled_in(clerk: Crm, noun: str) -> None:
    language = LANGUAGES[NOUNS.index(noun) % 3]
    path = fill_in(template(clerk, noun, "--language", language))

    result = clerk(noun, "import", path, "--format", "json")

    assert result.exit_code == 0, result.stderr
    assert (result.json["read"], result.json["created"]) == (1, 1), result.stderr
    assert "Left out" not in result.stderr


@pytest.mark.parametrize("noun", NOUNS)
def test_import_the_example_of_an_empty_database(
    sqlite_crm: Crm, with_lead: Callable[[str], Path], noun: str
) -> None:
    language = LANGUAGES[NOUNS.index(noun) % 3]
    path = fill_in(template(sqlite_crm, noun, "--language", language))
    shutil.copy(with_lead(language), sqlite_crm.home / "crm.db")

    result = sqlite_crm(noun, "import", path, "--format", "json")

    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(
    ("language", "headings", "relation"),
    [
        ("en", ("Name", "Tax id", "Phone", "Turnover", "Owner", "Relations"), "supplier"),
        ("ro", ("Denumire", "CUI", "Telefon", "Cifra de afaceri", "Responsabil", "Relații"),
         "furnizor"),
        ("pl", ("Nazwa", "NIP", "Telefon", "Obrót", "Opiekun", "Relacje"), "dostawca"),
    ],
)  # fmt: skip
def test_import_what_a_clerk_typed(
    clerk: Crm, language: str, headings: tuple[str, ...], relation: str
) -> None:
    path = template(clerk, "account", "--language", language)
    typed = ("Delta SRL", "RO14399840", "0722123456", 1234.5, "Ana Pop", relation)
    fill_in(path, **dict(zip(headings, typed, strict=True)))

    assert clerk("account", "import", path).exit_code == 0

    found = clerk.ok("account", "show", "RO14399840")
    names = ("name", "tax_id", "phone", "turnover", "owner", "relations")
    assert [found[name] for name in names] == [
        "Delta SRL", "RO14399840", "+40722123456", "1234.50", "Ana Pop", ["supplier"],
    ]  # fmt: skip


def test_import_an_untouched_template(clerk: Crm) -> None:
    path = template(clerk, "account")
    before = clerk.ok("account", "list")

    result = clerk("account", "import", path)

    assert (result.exit_code, result.stdout) == (0, "")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("account.xlsx: ")
    assert clerk.ok("account", "list") == before


def test_template_offers_the_records_there_are(clerk: Crm) -> None:
    clerk.ok("account", "add", "--name", "Beta SA")  # of two with a name neither can be picked

    book = openpyxl.load_workbook(template(clerk, "contact", "--language", "pl"))

    lists = {
        column[0].value: [cell for cell in column[1:] if cell.value]
        for column in book["Lists"].columns
    }
    accounts = lists["account"]
    assert [cell.value for cell in accounts] == ["=Alfa SRL", "Gama SRL"]
    assert {cell.data_type for cell in accounts} == {"s"}
    assert [cell.value for cell in lists["gender"]] == ["kobieta", "mężczyzna"]
    assert {rule.formula1: str(rule.sqref) for rule in validations(book.worksheets[0])} == {
        "list_account": "B2:B1048576", "list_gender": "J2:J1048576",
        "list_language": "L2:L1048576", "list_employee": "M2:M1048576",
    }  # fmt: skip


def validations(page: Worksheet) -> list[Any]:
    """The drop-down lists of a sheet."""
    return list(page.data_validations.dataValidation)


def test_template_of_some_columns(clerk: Crm) -> None:
    book = openpyxl.load_workbook(template(clerk, "account", "--columns", "tax_id, phone"))

    assert [cell.value for cell in book.worksheets[0][1]] == ["CUI", "Telefon"]


def test_template_asks_for_nothing_that_the_program_counts(clerk: Crm) -> None:
    book = openpyxl.load_workbook(template(clerk, "task", "--language", "en"))

    headings = [str(cell.value) for cell in book.worksheets[0][1]]
    assert [heading for heading in headings if "number" in heading] == []


def test_template_speaks_the_language_of_the_person(clerk: Crm) -> None:
    clerk.ok("employee", "edit", "me", "--language", "ro")

    book = openpyxl.load_workbook(template(clerk, "site"))

    assert book.sheetnames == ["Sedii", "Exemplu", "Lists"]
    assert book.worksheets[0]["A1"].comment.text.splitlines() == [
        "Obligatoriu la înregistrările noi.",
        "Text.",
        "Exemplu: Depozit Iași",
        "Celulă goală: rămâne ce există.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list.csv"], "'list.csv' is no workbook to fill in. hint: End it in .xlsx."),
        (["a.xlsx", "--columns", "name,colour"], "'colour' is no field of account."),
        (["a.xlsx", "--language", "de"], "'de' is not one of 'en', 'ro', 'pl'."),
    ],
)
def test_refuse_a_template(clerk: Crm, words: list[str], sentence: str) -> None:
    result = clerk("account", "template", *words)

    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
