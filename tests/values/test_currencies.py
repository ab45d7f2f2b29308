from __future__ import annotations

import pytest

from crm_cli.values.currencies import CURRENCIES, parse_currency
from crm_cli.values.invalid import InvalidValue


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[(" ron ", "RON"), ("lei", "RON"), ("LEU", "RON"), ("zł", "PLN"), ("zl.", "PLN")],
        *[("złotych", "PLN"), ("euro", "EUR"), ("€", "EUR"), ("$", "USD"), ("Ft", "HUF")],
        *[("Kč", "CZK"), ("chf", "CHF")],
    ],
)
def test_parse_currency(text: str, code: str) -> None:
    assert parse_currency(text) == code


@pytest.mark.parametrize("text", ["JPY", "kwd", "ISK", "CLF"])
def test_parse_currency_without_hundredths(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_currency(text)

    expected = f"{text.upper()} cannot be used: only currencies that have hundredths are kept."
    assert caught.value.message == expected


@pytest.mark.parametrize("text", ["", "XYZ", "kr", "RON EUR", "12"])
def test_parse_currency_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_currency(text)


def test_every_currency_in_use_is_known() -> None:
    from babel.core import get_global

    in_use = {
        code
        for currencies in get_global("territory_currencies").values()
        for code, _, ended, is_tender in currencies
        if is_tender and ended is None
    }

    assert {code for code in in_use - CURRENCIES if _is_unknown(code)} == set()


def _is_unknown(code: str) -> bool:
    with pytest.raises(InvalidValue) as caught:
        parse_currency(code)
    return "hundredths" not in caught.value.message
