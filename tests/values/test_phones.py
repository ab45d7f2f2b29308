from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.phones import clean_phone, split_phones


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("0722 123 456", "RO", "+40722123456"),
        ("0722.123.456", "RO", "+40722123456"),
        ("0722\u2013123\u2013456", "RO", "+40722123456"),
        ("0232/123456", "RO", "+40232123456"),
        ("(0232) 123-456", "RO", "+40232123456"),
        ("722123456", "RO", "+40722123456"),
        ("40722123456", "RO", "+40722123456"),
        ("+40 (0)722 123 456", "RO", "+40722123456"),
        ("0040 722 123 456", "RO", "+40722123456"),
        ("Tel./Fax: 0232-123.456", "RO", "+40232123456"),
        ("0232 123456, int. 12", "RO", "+40232123456"),
        ("0219411", "RO", "+40219411"),
        ("+48 601 123 456", "RO", "+48601123456"),
        ("+1 650 253 0000", "RO", "+16502530000"),
        ("601 123 456", "PL", "+48601123456"),
        ("(22) 123-45-67", "PL", "+48221234567"),
        ("22 123 45 67 wew. 12", "PL", "+48221234567"),
        ("kom. 601-123-456", "PL", "+48601123456"),
        ("48601123456", "PL", "+48601123456"),
        ("800 123 456", "PL", "+48800123456"),
        ("022 211 123", "MD", "+37322211123"),
    ],
)
def test_clean_phone(text: str, country: str, number: str) -> None:
    assert clean_phone(text, country) == number


@pytest.mark.parametrize(
    "text", ["0722 12", "07221234567", "112", "0722 FLORI 1", "abc", "٠٧٢٢١٢٣٤٥٦"]
)
def test_clean_phone_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        clean_phone(text, "RO")

    assert caught.value.message == f"'{text}' is not a telephone number of RO."
    assert caught.value.hint == "Write it as 0722 123 456 or +40722123456."


def test_clean_phone_of_an_unknown_country() -> None:
    assert clean_phone("+40722123456", "XX") == "+40722123456"
    with pytest.raises(InvalidValue) as caught:
        clean_phone("0722123456", "XX")

    expected = "Write it with the code of its country, for example +40722123456."
    assert caught.value.hint == expected


@pytest.mark.parametrize("country", ["RO", "PL", "DE", "XX"])
def test_clean_phone_empty(country: str) -> None:
    with pytest.raises(InvalidValue, match="The telephone number is empty"):
        clean_phone(" ", country)


def _by_reference(text: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if phonenumbers.is_valid_number(number) else None


def _ours(text: str, country: str) -> str | None:
    try:
        return clean_phone(text, country)
    except InvalidValue:
        return None


@given(
    st.sampled_from(["", "0", "+40", "+48", "0040", "0048", "40", "48"]),
    st.integers(10**8, 10**9 - 1).map(str),
    st.sampled_from(["RO", "PL"]),
)
def test_clean_phone_agrees_with_the_reference(prefix: str, number: str, country: str) -> None:
    assert _ours(prefix + number, country) == _by_reference(prefix + number, country)


@given(
    st.integers(720_000_000, 779_999_999).map(str), st.lists(st.sampled_from(" -./"), min_size=9)
)
def test_clean_phone_ignores_layout(number: str, marks: list[str]) -> None:
    written = "0" + "".join(digit + mark for digit, mark in zip(number, marks, strict=False))

    assert clean_phone(written, "RO") == f"+40{number}"


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("", []),
        ("0722 123 456", ["0722 123 456"]),
        ("0232/123456", ["0232/123456"]),
        ("0722 123 456 / 0232-123456", ["0722 123 456", "0232-123456"]),
        ("0722123456/0733123456/0744123456", ["0722123456", "0733123456", "0744123456"]),
        ("0232/123456 / 0722123456", ["0232/123456", "0722123456"]),
        ("0722123456; 0733 123 456", ["0722123456", "0733 123 456"]),
        ("0722123456, 0733 123 456", ["0722123456", "0733 123 456"]),
        ("0722123456\n0733123456", ["0722123456", "0733123456"]),
        ("0722123456 0733123456", ["0722123456", "0733123456"]),
        ("0722123456 sau 0733123456", ["0722123456", "0733123456"]),
        ("601 123 456 lub 22 123 45 67", ["601 123 456", "22 123 45 67"]),
        ("tel. 0722123456 fax 0232123456", ["tel. 0722123456", "fax 0232123456"]),
        ("0232 123456, int. 12", ["0232 123456, int. 12"]),
        ("0722 123 456 / 457", ["0722 123 456 / 457"]),
    ],
)
def test_split_phones(cell: str, numbers: list[str]) -> None:
    assert split_phones(cell) == numbers
