from __future__ import annotations

import pytest
from babel import Locale

from crm_cli.values.countries import COUNTRIES, country_code
from crm_cli.values.invalid import InvalidValue

NAMED = [
    (str(name), code)
    for language in ("en", "ro", "pl")
    for code, name in Locale(language).territories.items()
    if code in COUNTRIES
]


def test_country_code_reads_every_name_in_three_languages() -> None:
    assert [name for name, code in NAMED if country_code(name) != code] == []
    assert len(COUNTRIES) == 250


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ro", "RO"),
        ("ROMÂNIA", "RO"),
        ("Romania", "RO"),
        ("Polska", "PL"),
        ("Polonia", "PL"),
        ("Germania", "DE"),
        ("Niemcy", "DE"),
        ("Tarile de Jos", "NL"),
        ("Olanda", "NL"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("S.U.A.", "US"),
        ("Republica Moldova", "MD"),
    ],
)
def test_country_code(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Hungry", "'Hungry' is not a country.", "Did you mean Hungary (HU)?"),
        ("ZZ", "'ZZ' is not a country.", "Write its ISO code, such as RO or PL."),
        ("", "The country is empty.", "Write its ISO code, such as RO or PL."),
    ],
)
def test_country_code_unknown(text: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        country_code(text)

    assert (caught.value.message, caught.value.hint) == (message, hint)
