from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ro import onrc

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.registrations import check_registration_no


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("J22/1234/2010", "RO", "J22/1234/2010"),
        ("j 40 / 123 / 2020", "RO", "J40/123/2020"),
        ("J22-1234-2010", "RO", "J22/1234/2010"),
        ("Nr. Reg. Com.: J22/1234/2010", "RO", "J22/1234/2010"),
        ("F4/12/04.05.2010", "RO", "F04/12/2010"),
        ("J2012000750528", "RO", "J2012000750528"),
        ("1630615123457", "RO", "1630615123457"),
        ("KRS 0000123456", "PL", "0000123456"),
        ("REGON: 123-456-785", "PL", "123456785"),
        ("12345678512347", "PL", "12345678512347"),
        (" HRB  12345 ", "DE", "HRB 12345"),
    ],
)
def test_check_registration_no(text: str, country: str, number: str) -> None:
    assert check_registration_no(text, country) == number


@pytest.mark.parametrize(
    ("text", "country", "message"),
    [
        ("J41/1/2010", "RO", "'J41/1/2010' names county 41, which does not exist."),
        (
            "J22/1/2026",
            "RO",
            "'J22/1/2026' has the year 2026; this form was given from 1990 to 2024.",
        ),
        (
            "J2012000750529",
            "RO",
            "'J2012000750529' is not a trade register number: its check digit is wrong.",
        ),
        ("X22/1/2010", "RO", "'X22/1/2010' is not a trade register number."),
        (
            "123456786",
            "PL",
            "'123456786' is not a REGON: its digits do not agree with its check digit.",
        ),
        ("1234", "PL", "'1234' is neither a KRS nor a REGON number."),
        (" ", "DE", "The registration number is empty."),
    ],
)
def test_check_registration_no_refused(text: str, country: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_registration_no(text, country)

    assert caught.value.message == message
    assert caught.value.hint


def _accepts(text: str) -> bool:
    try:
        return bool(check_registration_no(text, "RO"))
    except InvalidValue:
        return False


@given(st.sampled_from("JFC"), st.integers(1985, 2024), st.integers(0, 999_999), st.integers(0, 60))
def test_new_form_agrees_with_the_reference(kind: str, year: int, number: int, county: int) -> None:
    for digit in range(10):
        text = f"{kind}{year}{number:06}{county:02}{digit}"
        assert _accepts(text) == onrc.is_valid(text)


@given(st.sampled_from("JFCX"), st.integers(0, 60), st.integers(0, 99_999), st.integers(1985, 2030))
def test_old_form_agrees_with_the_reference(kind: str, county: int, number: int, year: int) -> None:
    text = f"{kind}{county:02}/{number}/{year}"

    assert _accepts(text) == onrc.is_valid(text)
