"""Headings of a file find their columns, whatever language and form they are written in."""

from __future__ import annotations

import pytest

from crm_cli.errors import InvalidData, UsageError
from crm_cli.imports.columns.mapping import Headings, known_headings, map_headings, plain
from crm_cli.imports.columns.synonyms import SYNONYMS
from crm_cli.imports.plans.nouns import plan_of

ACCOUNT = plan_of("account")
LEAD = plan_of("lead")


def mapped(found: Headings) -> dict[str, str]:
    """Heading -> column."""
    return {one.heading: one.column.name for one in found.columns}


@pytest.mark.parametrize(
    "headings",
    [
        ("Name", "Tax id", "City", "County"),
        ("DENUMIRE", "cui", "Localitate", "Judeţ"),
        ("Nazwa firmy", "NIP", "MIEJSCOWOSC", "Wojewodztwo"),
        ("Denumire  firmă:", "Cod_fiscal", "Oras*", "Judet."),
        ("name", "tax_id", "city", "county"),
        ("Nume firmă", "C.U.I.", "Orașul", "Jud."),
        ("Nazwa klienta", "Numer NIP", "Miasto", "Woj."),
    ],
)
def test_map_in_every_language(headings: tuple[str, ...]) -> None:
    found = map_headings(headings, ACCOUNT, {})

    columns = ("name", "tax_id", "city", "county")
    assert mapped(found) == dict(zip(headings, columns, strict=True))
    assert found.unknown == ()


NOUNS = ("account", "contact", "employee", "lead", "opportunity", "product", "task", "invoice")


def test_stand_every_synonym_for_a_heading() -> None:
    known = {name for noun in NOUNS for name in known_headings(plan_of(noun))}

    assert {label for label in SYNONYMS if plain(label) not in known} == set()


def test_prefer_the_own_heading_of_a_noun() -> None:
    found = map_headings(("Kontrahent", "Towar", "Nazwa towaru"), plan_of("invoice"), {})

    assert mapped(found) == {"Kontrahent": "account", "Towar": "product", "Nazwa towaru": "text"}


def test_map_lead_parts() -> None:
    found = map_headings(("Denumire firmă", "Persoană de contact", "Observații"), LEAD, {})

    parts = {one.heading: (one.part.name, one.column.field) for one in found.columns}
    assert parts == {
        "Denumire firmă": ("account", "name"),
        "Persoană de contact": ("contact", "name"),
        "Observații": ("lead", "note"),
    }


@pytest.mark.parametrize("heading", ["Nr. crt.", "Lp.", "Erori", "Błędy", "", "Versiune", "id"])
def test_pass_over_what_fills_nothing(heading: str) -> None:
    found = map_headings((heading, "Denumire"), ACCOUNT, {})

    assert (mapped(found), found.unknown) == ({"Denumire": "name"}, ())


def test_name_unknown_headings() -> None:
    found = map_headings(("Denumire", "Zodie", "Culoare"), ACCOUNT, {})

    assert found.unknown == ("Zodie", "Culoare")


def test_map_by_hand() -> None:
    found = map_headings(("Titlu", "Email", "Cod"), ACCOUNT, {"titlu": "name", "Cod": ""})

    assert mapped(found) == {"Titlu": "name", "Email": "email"}
    assert found.unknown == ()


def test_leave_out_what_is_not_there() -> None:
    assert mapped(map_headings(("Denumire",), ACCOUNT, {"Zodie": ""})) == {"Denumire": "name"}


def test_map_one_heading_to_two_columns() -> None:
    found = map_headings(("Titlu",), ACCOUNT, {"Titlu": "name, industry"})

    assert [(one.column.name, one.places) for one in found.columns] == [
        ("name", (0,)),
        ("industry", (0,)),
    ]


def test_map_two_phones() -> None:
    found = map_headings(("Denumire", "Telefon", "Mobil"), ACCOUNT, {})

    assert [(one.column.name, one.places) for one in found.columns] == [
        ("name", (0,)),
        ("phone", (1, 2)),
    ]


@pytest.mark.parametrize(
    ("headings", "by_hand", "error", "message"),
    [
        (("Denumire", "Firma"), {}, UsageError, "'Denumire' and 'Firma' both mean name."),
        (("Denumire",), {"Titlu": "name"}, UsageError, "The file has no heading 'Titlu'."),
        (
            ("Denumire",),
            {"Denumire": "nme"},
            UsageError,
            "'nme' is no field of account.",
        ),
        (
            ("Zodie", "Culoare"),
            {},
            InvalidData,
            "None of the headings is a column of account: 'Zodie', 'Culoare'.",
        ),
    ],
)
def test_refuse(
    headings: tuple[str, ...],
    by_hand: dict[str, str],
    error: type[InvalidData | UsageError],
    message: str,
) -> None:
    with pytest.raises(error) as refused:
        map_headings(headings, ACCOUNT, by_hand)

    assert refused.value.message == message
