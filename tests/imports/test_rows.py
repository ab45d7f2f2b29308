"""The cells of a row together: currencies, several addresses, what the rest of a row tells."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from crm_cli.imports.cells.rows import Constants, RowReader
from crm_cli.imports.columns.mapping import map_headings
from crm_cli.imports.columns.survey import Survey
from crm_cli.imports.plans.nouns import plan_of
from crm_cli.imports.problems import Problems
from crm_cli.sheets.sheet import CellError, Row
from crm_cli.views.types import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = Place(datetime(2026, 11, 23, 8, tzinfo=UTC), ZoneInfo("Europe/Bucharest"), "RO")


def read(
    noun: str, headings: Sequence[str], cells: Sequence[object], constants: Constants | None = None
) -> tuple[dict[str, Any], list[str]]:
    """The values of the noun's own record, and what is wrong with the row."""
    columns = map_headings(headings, plan_of(noun), {}).columns
    problems, row = Problems(columns), Row(2, tuple(cells))
    survey = Survey([row], columns)
    reader = RowReader(columns, PLACE, survey, {}, problems, constants=constants)
    (values,) = reader.read([row])
    return values[noun], [f"{one.column}: {one.reason}" for one in problems.found]


@pytest.mark.parametrize(
    ("cell", "currency", "amount", "found"),
    [
        ("1.234,50 lei", None, "1234.50", "RON"),
        ("zł 12", None, "12.00", "PLN"),
        ("EUR 5", None, "5.00", "EUR"),
        ("5 €", "EUR", "5.00", "EUR"),
        (Decimal("5.5"), "PLN", "5.50", "PLN"),
        (5, None, "5.00", None),
    ],
)
def test_read_a_currency_beside_its_amount(
    cell: object, currency: str | None, amount: str, found: str | None
) -> None:
    values, problems = read("opportunity", ("Suma", "Moneda"), (cell, currency))

    assert problems == []
    assert (values["amount"], values.get("currency")) == (Decimal(amount), found)


def test_read_the_currency_of_a_price() -> None:
    values, _ = read("product", ("Preț",), ("1,2345 EUR",))

    assert values == {"price": Decimal("1.2345"), "currency": "EUR"}


@pytest.mark.parametrize(
    ("headings", "cells", "fixed"),
    [
        (("Suma", "Moneda"), ("5 EUR", "RON"), {}),
        (("Suma", "Venit estimat"), ("5 EUR", "7 RON"), {}),
        (("Suma",), ("5 EUR",), {"opportunity": {"currency": "RON"}}),
    ],
)
def test_refuse_two_currencies_in_a_row(
    headings: Sequence[str], cells: Sequence[object], fixed: dict[str, dict[str, Any]]
) -> None:
    _, problems = read("opportunity", headings, cells, Constants(fixed))

    assert len(problems) == 1
    assert "One amount of the row is in" in problems[0]


def test_keep_other_phones_of_every_column() -> None:
    headings = ("Telefon", "Mobil", "Alte telefoane")
    cells = ("0232000000 / 0722123456", 733111222, "0744000000")

    values, _ = read("account", headings, cells)

    assert values == {"phone": "0232000000", "other_phones": "0722123456, 733111222, 0744000000"}


def test_refuse_two_addresses_where_one_is_kept() -> None:
    _, problems = read("account", ("E-mail",), ("a@b.ro; c@d.ro",))

    why = "'a@b.ro; c@d.ro' are 2 addresses, but of each account one is kept."
    hint = "Leave a@b.ro, and give the others to its contacts."
    assert problems == [f"E-mail: {why} {hint}"]


def test_keep_two_addresses_of_a_contact() -> None:
    values, _ = read("contact", ("E-mail",), ("a@b.ro; c@d.ro",))

    assert values == {"email": "a@b.ro", "other_emails": "c@d.ro"}


@pytest.mark.parametrize(
    ("code", "country", "kept"),
    [
        (10123, None, "010123"),
        ("10123", "România", "010123"),
        (2123, "PL", "02123"),
        ("02-123", "PL", "02-123"),
        (1234, "DE", "1234"),
    ],
)
def test_give_a_postal_code_its_zeros_back(code: object, country: str | None, kept: str) -> None:
    values, _ = read("account", ("Cod poștal", "Țara"), (code, country))

    assert values["postal_code"] == kept


def test_fill_blank_cells_only() -> None:
    constants = Constants(defaults={"account": {"industry": "IT", "city": "Iași", "note": "x"}})

    values, _ = read("account", ("Domeniu", "Oraș"), (None, "<clear>"), constants)

    assert values == {"industry": "IT", "city": None, "note": "x"}


def test_tell_of_cells_that_show_an_error() -> None:
    headings, error = ("Telefon", "E-mail", "Cifra de afaceri"), CellError("#N/A")

    _, problems = read("account", headings, (error, error, error))

    assert [one.split(".")[0] for one in problems] == [
        f"{heading}: The cell shows #N/A" for heading in ("E-mail", "Telefon", headings[2])
    ]
