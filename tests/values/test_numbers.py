from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.numbers import (
    decimal_mark,
    half_up,
    parse_amount,
    parse_decimal,
    parse_integer,
    parse_percent,
)

if TYPE_CHECKING:
    from crm_cli.values.figures import Mark

AMOUNTS = st.decimals(-(10**13), 10**13, places=2)
QUANTITIES = st.decimals(-(10**13), 10**13, places=4)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1234.50", "1234.50", None),
        ("1234,50", "1234.50", None),
        ("1.234,50", "1234.50", None),
        ("1,234.50", "1234.50", None),
        ("1 234,50 zł", "1234.50", "PLN"),
        ("1\u00a0234,5", "1234.50", None),
        ("1\u202f234\u202f567,5", "1234567.50", None),
        ("1.234.567", "1234567.00", None),
        ("1.234.567,89", "1234567.89", None),
        ("1 234", "1234.00", None),
        ("0,5", "0.50", None),
        (",5", "0.50", None),
        ("0,500", "0.50", None),
        ("12.5000", "12.50", None),
        ("012,50", "12.50", None),
        ("RON 12", "12.00", "RON"),
        ("12RON", "12.00", "RON"),
        ("12 Lei", "12.00", "RON"),
        ("12 zł.", "12.00", "PLN"),
        ("12 €", "12.00", "EUR"),
        ("€-12", "-12.00", "EUR"),
        ("- 12 lei", "-12.00", "RON"),
        ("(32,00)", "-32.00", None),
        ("(32,00 EUR)", "-32.00", "EUR"),
        ("−5", "-5.00", None),
        ("+5", "5.00", None),
        ("-0", "0.00", None),
    ],
)
def test_parse_amount(text: str, amount: str, currency: str | None) -> None:
    value, found = parse_amount(text)

    assert (str(value), found) == (amount, currency)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("1.234", "'1.234' can be read as 1234 or as 1.234.", "Write 1234 or 1.23."),
        ("-1,234", "'-1,234' can be read as -1234 or as -1.234.", "Write -1234 or -1.23."),
        ("0.123", "'0.123' has more than 2 decimals.", "Write 0.12 if that is meant."),
        ("12.3.4", "'12.3.4' is not an amount.", "Write it as 1234.50 or 1234,50."),
        (
            " ",
            "The value is empty, but an amount is needed.",
            "Write it as 1234.50 or 1234,50.",
        ),
        (
            "12 buc",
            "'buc' is not a currency.",
            "Write the ISO code of the currency, for example RON, PLN or EUR.",
        ),
        (
            "100000000000000",
            "'100000000000000' is too large: at most 14 digits are kept.",
            "Write a smaller number.",
        ),
    ],
)
def test_parse_amount_says_what_is_wrong(text: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_amount(text)

    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        *["1e5", "1E+5", "NaN", "inf", "0x10", "1_000", "1'234", "١٢", "１２", "²"],
        *["12.", "12,", ".", "-", "--5", "+-5", "(-5)", "(5", "5-"],
        *["12,5,5", "1,23,456.00", "0.123.456", "0,123,456", "1234.567,89", "1.234 567", "1 2"],
        *["EUR 12 RON", "12 PLN/szt", "12%", "€", "1/2", "5 5 lei"],
    ],
)
def test_parse_amount_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_amount(text)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(["", "-"]))
def test_parse_refuses_every_number_with_two_readings(
    first: int, last: int, mark: str, sign: str
) -> None:
    text = f"{sign}{first}{mark}{last:03}"

    for parse in (parse_amount, parse_percent, parse_integer, lambda text: parse_decimal(text, 4)):
        with pytest.raises(InvalidValue, match=f"'{text}' can be read as {sign}{first}"):
            parse(text)


@given(AMOUNTS, st.sampled_from(["", ",", ".", " ", "\u00a0"]), st.sampled_from(".,"))
def test_parse_amount_reads_what_is_formatted(value: Decimal, group: str, mark: str) -> None:
    written = f"{value:,.2f}".replace(",", "G").replace(".", mark).replace("G", group)

    if group == mark and abs(value) >= 1000:
        with pytest.raises(InvalidValue):
            parse_amount(written)
    else:
        assert parse_amount(written) == (value, None)


@given(QUANTITIES)
def test_parse_decimal_reads_what_is_formatted(value: Decimal) -> None:
    assert parse_decimal(f"{value:.4f}", 4) == value
    assert parse_decimal(f"{value:.4f}".replace(".", ","), 4) == value


@given(st.integers(-(10**13), 10**13))
def test_parse_integer_reads_what_is_written(value: int) -> None:
    assert parse_integer(str(value)) == value
    assert parse_integer(f"{value:,}".replace(",", " ")) == value


@given(st.text(alphabet="0123456789.,- ()€"))
def test_parse_amount_reads_or_refuses(text: str) -> None:
    try:
        value, _ = parse_amount(text)
    except InvalidValue:
        return

    assert abs(value) < 10**14
    assert value == half_up(value, 2)


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("1.234", ",", "1234.00"),
        ("1,230", ",", "1.23"),
        ("1 234", ".", "1234.00"),
        ("5", ",", "5.00"),
    ],
)
def test_parse_amount_by_a_known_mark(text: str, mark: Mark, amount: str) -> None:
    assert str(parse_amount(text, mark=mark)[0]) == amount


@pytest.mark.parametrize(("text", "mark"), [("12.5", ","), ("1.234,5", "."), ("1.234.567", ".")])
def test_parse_amount_against_a_known_mark(text: str, mark: Mark) -> None:
    with pytest.raises(
        InvalidValue, match=f"'{text}' is not an amount with '{mark}' before"
    ) as caught:
        parse_amount(text, mark=mark)

    assert caught.value.hint == f"Write it as 1234{mark}50."


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        *[("1.234", None), ("12", None), ("1 234", None), ("x", None)],
        *[("1.234,5", ","), ("1.234.567", ","), ("0,123", ",")],
        *[("12.5 %", "."), ("(1 234.5 lei)", ".")],
    ],
)
def test_decimal_mark(text: str, mark: Mark | None) -> None:
    assert decimal_mark(text) == mark


def test_parse_decimal() -> None:
    assert str(parse_decimal("0.125", 4)) == "0.1250"
    assert str(parse_decimal("1234.567", 4)) == "1234.5670"
    assert str(parse_decimal("1,2340", 4)) == "1.2340"
    with pytest.raises(InvalidValue, match="'1,23456' has more than 4 decimals"):
        parse_decimal("1,23456", 4)
    with pytest.raises(InvalidValue, match="'12 kg' is not a number"):
        parse_decimal("12 kg", 4)


@pytest.mark.parametrize(
    ("text", "percent"), [("40%", 40), ("40", 40), ("12,5 %", 12.5), ("-5%", -5)]
)
def test_parse_percent(text: str, percent: float) -> None:
    assert parse_percent(text) == Decimal(str(percent))


def test_parse_integer() -> None:
    assert parse_integer("12,00") == 12
    assert parse_integer("1.234.567") == 1234567
    with pytest.raises(InvalidValue, match="'12,5' has decimals, but a whole number is needed"):
        parse_integer("12,5")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("2.344999", 2, "2.34"),
        ("-0.001", 2, "0.00"),
        ("0.5", 0, "1"),
        ("1E+5", 2, "100000.00"),
        ("99999999999999999999999999999.995", 2, "100000000000000000000000000000.00"),
    ],
)
def test_half_up(value: str, places: int, text: str) -> None:
    assert str(half_up(Decimal(value), places)) == text


def test_hint_of_whole_numbers_has_no_decimals() -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_integer("abc")

    assert (caught.value.message, caught.value.hint) == (
        "'abc' is not a whole number.",
        "Write it as 1234.",
    )
