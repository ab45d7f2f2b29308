"""`crm product` and recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def _add(crm: Crm, code: str, name: str, *words: str) -> int:
    return crm.id("product", "add", "--code", code, "--name", name, *words)


@pytest.fixture
def kit(crm: Crm) -> int:
    _add(crm, "POMPA", "Pompă", "--price", "1200,50", "--tax", "21%")
    _add(crm, "FURTUN", "Furtun", "--unit", "m", "--price", "12.3456", "--tax", "tva21")
    return _add(crm, "SET", "Set pompă", "--currency", "EUR", "--price", "300")


def test_list(crm: Crm, kit: int) -> None:
    result = crm("product", "list")

    assert result.stdout == (
        "ID  CODE    NAME       UNIT      PRICE  CURRENCY  TAX\n"
        " 2  FURTUN  Furtun     m       12.3456  RON       tva21\n"
        " 1  POMPA   Pompă      pcs   1200.5000  RON       tva21\n"
        " 3  SET     Set pompă  pcs    300.0000  EUR\n"
    )


def test_add_in_the_currency_of_the_company(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("setting", "set", "currency", "PLN")

    added = sqlite_crm.ok("product", "add", "--code", "A", "--name", "Pompa")

    assert added["currency"] == "PLN"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--code", "POMPA"), 4, "Another product has this code already."),
        (("--code", "B", "--price", "-1"), 5, "A price cannot be negative, as -1.0000 is."),
        (("--code", "B", "--tax", "19%"), 3, "There is no tax '19%'."),
        (("--code", "B", "--tax", "0%"), 4, "'0%' names more than one tax."),
        (("--code", "B", "--kind", "x"), 2, "--kind: 'x' is none of goods, service."),
    ],
)
def test_add_wrong_value(
    crm: Crm, kit: int, words: tuple[str, ...], code: int, sentence: str
) -> None:
    result = crm("product", "add", "--name", "Pompă", *words)

    assert result.exit_code == code
    assert result.stderr.startswith(f"crm: {sentence}\n")


def test_show_by_code_of_digits(sqlite_crm: Crm) -> None:
    added = _add(sqlite_crm, "5901", "Pompa")

    assert sqlite_crm.ok("product", "show", "no:5901")["id"] == added
    assert sqlite_crm("product", "show", "5901").exit_code == 3


@pytest.mark.proves("R90")
def test_list_recipe(crm: Crm, kit: int) -> None:
    crm.ok("product", "recipe", "add", "SET", "POMPA", "1")
    crm.ok("product", "recipe", "add", "SET", "FURTUN", "2")
    crm.ok("product", "recipe", "add", "SET", "FURTUN", "2,5")

    result = crm("product", "recipe", "list", "SET")

    assert result.stdout == (
        "ID  PRODUCT  COMPONENT  COMPONENT_NAME  QUANTITY  UNIT\n"
        " 1  SET      POMPA      Pompă             1.0000  pcs\n"
        " 2  SET      FURTUN     Furtun            2.5000  m\n"
    )
    assert len(crm.ok("product", "recipe", "list", "--where", "component = POMPA")) == 1
    assert crm.ok("product", "recipe", "list", "POMPA") == []


def test_add_recipe_in_a_circle(crm: Crm, kit: int) -> None:
    crm.ok("product", "recipe", "add", "SET", "POMPA", "1")
    crm.ok("product", "recipe", "add", "POMPA", "FURTUN", "1")

    results = [crm("product", "recipe", "add", "FURTUN", other, "1") for other in ("SET", "FURTUN")]

    assert {result.exit_code for result in results} == {4}
    assert {result.stderr for result in results} == {
        "crm: A product cannot go into itself, not even through its components.\n"
    }


@pytest.mark.parametrize(("quantity", "code"), [("0", 5), ("-1", 5), ("mult", 2), ("1.23456", 2)])
def test_add_recipe_wrong_quantity(sqlite_crm: Crm, quantity: str, code: int) -> None:
    for name in ("A", "B"):
        _add(sqlite_crm, name, name)

    result = sqlite_crm("product", "recipe", "add", "A", "B", "--", quantity)

    assert result.exit_code == code
    assert sqlite_crm.ok("product", "recipe", "list") == []


def test_remove_recipe(crm: Crm, kit: int) -> None:
    crm.ok("product", "recipe", "add", "SET", "POMPA", "1")

    removed = crm.ok("product", "recipe", "remove", "SET", "POMPA")
    again = crm("product", "recipe", "remove", "SET", "POMPA")

    assert (removed["product"], removed["component"]) == ("SET", "POMPA")
    assert again.exit_code == 3
    assert again.stderr == (
        "crm: POMPA is not in the recipe of SET.\nhint: crm product recipe list SET\n"
    )


def test_advice_quotes_a_code_with_a_space(sqlite_crm: Crm) -> None:
    for code in ("SET 2", "POMPA"):
        _add(sqlite_crm, code, code)

    removed = sqlite_crm("product", "recipe", "remove", "SET 2", "POMPA")

    assert removed.stderr.endswith("\nhint: crm product recipe list 'SET 2'\n")


def test_remove_in_a_recipe(crm: Crm, kit: int) -> None:
    crm.ok("product", "recipe", "add", "SET", "POMPA", "1")

    result = crm("product", "remove", "SET", "POMPA", "FURTUN", "-q")

    assert result.exit_code == 0
    assert result.stderr == (
        "product 3 is in use and was archived.\nproduct 1 is in use and was archived.\n"
    )
    assert crm.ok("product", "list") == []


def test_read_numbers_of_a_sheet_as_rates(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("tax", "add", "--code", "t2", "--name-en", "Two", "--rate", "2")
    rates = [21, 0.21, "21", "21%", 2, "2", 0.02, "tva21"]
    rows = [[f"P{at}", "Pompă", rate] for at, rate in enumerate(rates)]
    path = xlsx(tmp_path / "a.xlsx", [["Cod", "Denumire", "Cota TVA"], *rows])

    sqlite_crm.ok("product", "import", path)

    found = [product["tax"] for product in sqlite_crm.ok("product", "list", "--sort", "code")]
    assert found == [*["tva21"] * 4, *["t2"] * 3, "tva21"]


def test_tell_how_to_name_a_rate_that_several_have(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["Cod", "Denumire", "TVA"], ["P", "Pompă", 0]])

    result = sqlite_crm("product", "import", path)

    assert "'0%' names more than one tax: " in result.stderr
    assert ". Write the code: `crm tax list` shows it." in result.stderr
