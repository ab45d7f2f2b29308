from __future__ import annotations

import pytest

from crm_cli.values.counties import COUNTIES, county_code
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.text import fold

ALL = [(country, code) for country, counties in COUNTIES.items() for code in counties]
_CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")


def test_every_county_is_there() -> None:
    assert {country: len(counties) for country, counties in COUNTIES.items()} == {
        "RO": 42,
        "PL": 16,
    }


@pytest.mark.parametrize(("country", "code"), ALL)
def test_county_code_reads_every_spelling(country: str, code: str) -> None:
    name = COUNTIES[country][code]
    kind = {"RO": "jud.", "PL": "woj."}[country]
    ways = [code, code.lower(), name, name.upper(), fold(name), name.translate(_CEDILLA)]
    ways += [f"{kind} {name}", f"{kind}{name}", f"{country}-{code}", name.replace("-", " ")]

    assert {county_code(way, country) for way in ways} == {code}


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Judeţul Iaşi", "RO", "IS"),
        ("JUDEȚ CLUJ", "RO", "CJ"),
        ("Municipiul București", "RO", "B"),
        ("MUNICIPIUL BUCUREŞTI, SECTOR 3", "RO", "B"),
        ("Sectorul 6", "RO", "B"),
        ("Vîlcea", "RO", "VL"),
        ("Bistrița - Năsăud", "RO", "BN"),
        ("Województwo Łódzkie", "PL", "LD"),
        (" Bayern ", "DE", "Bayern"),
    ],
)
def test_county_code(text: str, country: str, code: str) -> None:
    assert county_code(text, country) == code


@pytest.mark.parametrize(
    ("text", "country", "message", "hint"),
    [
        ("Iasy", "RO", "'Iasy' is not a county of Romania.", "Did you mean Iași (IS)?"),
        (
            "mazowiecke",
            "PL",
            "'mazowiecke' is not a voivodeship of Poland.",
            "Did you mean mazowieckie (MZ)?",
        ),
        (
            "Xyz",
            "RO",
            "'Xyz' is not a county of Romania.",
            "Write its name or code, such as Iași or IS.",
        ),
        ("", "RO", "The county is empty.", "Write its name or code, such as Iași or IS."),
        (
            "Sector 7",
            "RO",
            "'Sector 7' is not a county of Romania.",
            "Write its name or code, such as Iași or IS.",
        ),
    ],
)
def test_county_code_unknown(text: str, country: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        county_code(text, country)

    assert (caught.value.message, caught.value.hint) == (message, hint)
