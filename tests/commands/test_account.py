"""`crm account`, the noun all others are modelled on, from end to end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm

ACCOUNTS = (
    {
        "name": "SC Țepeș Impex SRL",
        "tax-id": "RO 14399840",
        "code": "K-1",
        "city": "Iaşi",
        "county": "jud. Iasi",
        "email": "Office@Tepes.example",
        "phone": "0722 123 456",
        "turnover": "1234567,50",
        "employees": "12",
        "relations": "customer,supplier",
        "owner": "me",
        "external-id": "erp-1",
    },
    {
        "name": "Łąka Sp. z o.o.",
        "tax-id": "526-000-12-46",
        "country": "PL",
        "city": "Łódź",
        "county": "łódzkie",
        "phone": "22 123 45 67",
        "turnover": "500",
        "relations": "lead",
    },
    {"name": "Țara de Sus", "city": "Vaslui", "county": "VS", "employees": "3", "code": "K-2"},
    {"name": "zorile 100% SA", "city": "Cluj-Napoca", "relations": "lead,prospect"},
)
"""Four accounts with everything that makes comparing hard."""


def _add(crm: Crm, **values: str) -> Any:
    words = [word for name, value in values.items() for word in (f"--{name}", value)]
    return crm.ok("account", "add", *words)


def _ids(crm: Crm, *words: str) -> list[int]:
    return [row["id"] for row in crm.ok("account", "list", *words)]


@pytest.fixture
def accounts(crm: Crm) -> list[Any]:
    return [_add(crm, **values) for values in ACCOUNTS]


@pytest.mark.proves("R1", "R5", "R6", "R9", "R181")
def test_add(crm: Crm) -> None:
    added = _add(crm, **ACCOUNTS[0])

    assert {name: value for name, value in added.items() if value not in (None, [])} == {
        "id": 1,
        "name": "SC Țepeș Impex SRL",
        "code": "K-1",
        "relations": ["customer", "supplier"],
        "tax_id": "RO 14399840",
        "tax_id_invalid": False,
        "email": "Office@tepes.example",
        "phone": "+40722123456",
        "city": "Iași",
        "county": "IS",
        "country": "RO",
        "turnover": "1234567.50",
        "employees": 12,
        "owner": "Ana Pop",
        "owner_id": 1,
        "external_id": "erp-1",
        "version": 1,
        "created_at": "2026-11-23T08:00:00+00:00",
        "created_by": "ana",
        "updated_at": "2026-11-23T08:00:00+00:00",
        "updated_by": "ana",
    }


def test_list_table(crm: Crm, accounts: list[Any]) -> None:
    result = crm("account", "list")

    assert result.stderr == ""
    assert result.stdout == (
        "ID  NAME                RELATIONS          TAX_ID         PHONE         CITY         COUNTY\n"  # noqa: E501 - a line of output
        " 1  SC Țepeș Impex SRL  customer,supplier  RO 14399840    +40722123456  Iași         IS\n"
        " 2  Łąka Sp. z o.o.     lead               526-000-12-46  +48221234567  Łódź         LD\n"
        " 3  Țara de Sus                                                         Vaslui       VS\n"
        " 4  zorile 100% SA      lead,prospect                                   Cluj-Napoca\n"
    )


def test_list_csv(crm: Crm, accounts: list[Any]) -> None:
    chosen = ("--format", "csv", "--columns", "id,name,turnover,relations")

    result = crm("account", "list", *chosen)

    assert result.stdout == (
        "id,name,turnover,relations\n"
        '1,SC Țepeș Impex SRL,1234567.50,"customer,supplier"\n'
        "2,Łąka Sp. z o.o.,500.00,lead\n"
        "3,Țara de Sus,,\n"
        '4,zorile 100% SA,,"lead,prospect"\n'
    )


def test_list_json(crm: Crm, accounts: list[Any]) -> None:
    chosen = ("--columns", "id,turnover,employees,relations", "--limit", "2")

    result = crm("account", "list", *chosen, "--format", "json")

    assert result.stdout == (
        "[\n"
        '{"id": 1, "turnover": "1234567.50", "employees": 12, "relations": ["customer", "supplier"]},\n'  # noqa: E501 - a line of output
        '{"id": 2, "turnover": "500.00", "employees": null, "relations": ["lead"]}\n'
        "]\n"
    )


def test_list_nothing(crm: Crm) -> None:
    table, as_json, as_csv = (
        crm("account", "list", "--columns", "id,name", "--format", form)
        for form in ("table", "json", "csv")
    )

    assert (table.stdout, table.stderr, table.exit_code) == ("", "No account matches.\n", 0)
    assert (as_json.stdout, as_json.stderr) == ("[]\n", "")
    assert (as_csv.stdout, as_csv.stderr) == ("id,name\n", "")


WHERE = {
    "name = tepes impex": [1],
    "name = 'S.C. ŢEPEŞ IMPEX S.R.L.'": [1],
    "name ~ LAKA": [2],
    "name ~ 100%_": [4],
    "name ~ 101%_": [],
    "name > t": [1, 3, 4],
    "city = iasi": [1],
    "city != Iași": [2, 3, 4],
    "county in (Iași, jud. Vaslui)": [1, 3],
    "county in ('łódzkie')": [2],
    "county is empty": [4],
    "county != VS": [1, 2, 4],
    "country = Polska": [2],
    "tax_id = 14399840": [1],
    "tax_id = RO14399840": [1],
    "tax_id ~ 000": [2],
    "turnover >= 500": [1, 2],
    "turnover > 500,00": [1],
    "turnover < 501": [2],
    "turnover <= 500": [2],
    "turnover is not empty": [1, 2],
    "employees in (3, 12)": [1, 3],
    "relations = lead": [2, 4],
    "relations != lead": [1, 3],
    "relations in (supplier, prospect)": [1, 4],
    "relations is empty": [3],
    "owner = me": [1],
    "owner.name ~ pop": [1],
    "owner is empty": [2, 3, 4],
    "created_at >= today": [1, 2, 3, 4],
    "created_at < today": [],
    "code ~ K-": [1, 3],
}
"""Condition -> the accounts for which it holds."""


@pytest.mark.proves("R14", "R17")
def test_list_where(crm: Crm, accounts: list[Any]) -> None:
    found = {condition: _ids(crm, "--where", condition) for condition in WHERE}

    assert found == WHERE


def test_list_where_all_hold(crm: Crm, accounts: list[Any]) -> None:
    conditions = ("--where", "relations = lead", "--where", "country = PL")

    assert [row["id"] for row in crm.ok("account", "list", *conditions)] == [2]


@pytest.mark.parametrize(
    ("condition", "code", "sentence"),
    [
        ("nume = x", 2, "There is no column 'nume' in account."),
        ("name x", 2, "'name x' is not a condition."),
        ("turnover > mult", 2, "turnover: 'mult' is not an amount."),
        ("city.name = x", 2, "'city' refers to no other noun."),
        ("owner = Nimeni", 3, "There is no employee 'Nimeni'."),
        ("employees in ()", 2, "'employees in ()' names no value."),
    ],
)
def test_list_where_wrong(sqlite_crm: Crm, condition: str, code: int, sentence: str) -> None:
    result = sqlite_crm("account", "list", "--where", condition)

    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith(f"crm: {sentence}\n")


SORTED = {
    "name": [2, 3, 1, 4],
    "-name": [4, 1, 3, 2],
    "city": [4, 1, 2, 3],
    "turnover": [2, 1, 3, 4],
    "-turnover": [1, 2, 3, 4],
    "country,-name": [2, 4, 1, 3],
}
"""Order -> the accounts in it."""


def test_list_sorted(crm: Crm, accounts: list[Any]) -> None:
    found = {sort: _ids(crm, "--sort", sort) for sort in SORTED}

    assert found == SORTED


FOUND = {
    "tepes": [1],
    "ŁODZ laka": [2],
    "iasi impex SRL": [1],
    "S.C. Tepes-Impex": [1],
    "%": [],
    "tepes lodz": [],
}
"""Words -> the accounts that have them."""


def test_list_search(crm: Crm, accounts: list[Any]) -> None:
    found = {text: _ids(crm, "--search", text) for text in FOUND}

    assert found == FOUND


@pytest.mark.parametrize("tax_id", ["14399840", "RO14399840", "CUI: RO 14399840"])
def test_add_known_tax_id(crm: Crm, accounts: list[Any], tax_id: str) -> None:
    result = crm("account", "add", "--name", "Altul", "--tax-id", tax_id)

    assert result.exit_code == 4
    assert result.stdout == ""
    assert (
        result.stderr == "crm: Another account has this tax id already.\nhint: crm account list\n"
    )


def test_add_tax_id_of_another_country(crm: Crm) -> None:
    _add(crm, **{"name": "Unu", "tax-id": "14399840"})
    _add(crm, **{"name": "Doi", "tax-id": "14399840", "country": "Moldova"})

    assert len(crm.ok("account", "list", "--where", "tax_id = 14399840")) == 2
    assert crm("account", "show", "tax:14399840").exit_code == 4


@pytest.mark.parametrize(
    ("option", "value", "code", "sentence"),
    [
        ("--tax-id", "14399841", 5, "'14399841' is not"),
        ("--email", "office@", 5, "'office@' is not an e-mail address"),
        ("--phone", "123", 5, "'123' is not a telephone number of RO."),
        ("--county", "Mazowieckie-", 5, "'Mazowieckie-' is not a county of Romania."),
        ("--country", "Atlantida", 2, "--country: 'Atlantida' is not a country"),
        ("--relations", "friend", 2, "--relations: 'friend' is none of lead, prospect"),
        ("--turnover", "1.234", 2, "--turnover: '1.234'"),
        ("--employees", "-3", 5, "Turnover and number of employees cannot be negative."),
        ("--name", " ", 5, "The account has no name."),
        ("--code", "a" * 601, 2, f"--code: '{'a' * 59}…' is longer than 600 letters."),
    ],
)
def test_add_wrong_value(
    sqlite_crm: Crm, option: str, value: str, code: int, sentence: str
) -> None:
    result = sqlite_crm("account", "add", "--name", "Unu", option, value)

    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith(f"crm: {sentence}")


def test_show_by_reference(crm: Crm, accounts: list[Any]) -> None:
    for reference in (
        *("1", "RO14399840", "RO 14399840", "tax:14399840", "K-1", "no:K-1", "ext:erp-1"),
        *("OFFICE@tepes.example", "email:office@tepes.example"),
        *("Țepeș Impex", "name:SC TEPES IMPEX SRL"),
    ):
        assert crm.ok("account", "show", reference) == accounts[0], reference


def test_show_table(crm: Crm, accounts: list[Any]) -> None:
    result = crm("account", "show", "Țara de Sus")

    assert result.stdout == (
        "id              3\n"
        "name            Țara de Sus\n"
        "code            K-2\n"
        "tax_id_invalid  no\n"
        "city            Vaslui\n"
        "county          VS\n"
        "country         RO\n"
        "employees       3\n"
        "version         1\n"
        "created_at      2026-11-23 10:00\n"
        "created_by      ana\n"
        "updated_at      2026-11-23 10:00\n"
        "updated_by      ana\n"
    )


def test_show_ambiguous(crm: Crm) -> None:
    for city in ("Iași", "Cluj"):
        _add(crm, name="Moldo Trans SRL", city=city)

    result = crm("account", "show", "moldo trans")
    as_json = crm("account", "show", "moldo trans", "--format", "json")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: 'moldo trans' names more than one account.\n"
        "  1 Moldo Trans SRL\n"
        "  2 Moldo Trans SRL\n"
        "hint: Give the id.\n"
    )
    assert json.loads(as_json.stderr)["candidates"] == ["1 Moldo Trans SRL", "2 Moldo Trans SRL"]


def test_show_unknown(crm: Crm, accounts: list[Any]) -> None:
    result = crm("account", "show", "tepes")

    assert result.exit_code == 3
    assert result.stderr == (
        "crm: There is no account 'tepes'.\n"
        "  1 SC Țepeș Impex SRL\n"
        "hint: Use an id or one of tax:, email:, no:, ext:, name:"
        " (`crm account list` shows them).\n"
    )


def test_show_what_looks_like_a_tax_id(sqlite_crm: Crm) -> None:
    result = sqlite_crm("account", "show", 14399840)

    assert result.stderr == (
        "crm: There is no account with id 14399840.\nhint: If it is a tax id, write tax:14399840.\n"
    )


@pytest.mark.parametrize("number", ["99", "0", "9" * 30, "9" * 5000])
def test_show_unknown_id(crm: Crm, number: str) -> None:
    result = crm("account", "show", number)

    assert result.exit_code == 3
    assert result.stderr == (
        f"crm: There is no account with id {number}.\nhint: `crm account list` shows them.\n"
    )
