"""The arithmetic of documents: exact, half up, VAT once per rate."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.errors import InvalidData
from crm_cli.services.documents.totals import line_net, total, vat

AMOUNTS = st.decimals("-1000000", "1000000", places=2)
QUANTITIES = st.decimals("-100000", "100000", places=4)
RATES = {1: Decimal("21.0000"), 2: Decimal("11.0000"), 3: Decimal("0.0000"), 4: Decimal("8.1250")}
LINES = st.lists(st.tuples(st.sampled_from([None, *RATES]), AMOUNTS), max_size=12)
CENT = Fraction(1, 100)


def rounded(value: Fraction) -> Decimal:
    """The definition of half up, by whole numbers."""
    cents = abs(value) / CENT
    whole = cents.numerator // cents.denominator
    whole += cents - whole >= Fraction(1, 2)
    return Decimal(whole if value >= 0 else -whole) / 100


@given(QUANTITIES, QUANTITIES)
def test_line_net_is_half_up(quantity: Decimal, price: Decimal) -> None:
    assert line_net(quantity, price) == rounded(Fraction(quantity) * Fraction(price))


@given(LINES)
def test_vat_is_of_the_sum_of_nets(lines: list[tuple[int | None, Decimal]]) -> None:
    found = total(lines, RATES)

    for tax in found.taxes:
        net = sum((amount for tax_id, amount in lines if tax_id == tax.tax_id), Decimal(0))
        assert (tax.net, tax.vat) == (net, rounded(Fraction(net) * Fraction(tax.rate) / 100))
    assert {tax.tax_id for tax in found.taxes} == {tax_id for tax_id, _ in lines} - {None}


@given(LINES)
def test_gross_adds_up(lines: list[tuple[int | None, Decimal]]) -> None:
    found = total(lines, RATES)

    assert found.net == sum((amount for _, amount in lines), Decimal(0))
    assert found.gross == found.net + sum((tax.vat for tax in found.taxes), Decimal(0))


@given(LINES)
def test_order_of_lines_is_nothing(lines: list[tuple[int | None, Decimal]]) -> None:
    assert total(lines, RATES) == total(sorted(lines, key=str), RATES)


@given(LINES)
def test_counter_document_is_the_negative(lines: list[tuple[int | None, Decimal]]) -> None:
    found = total(lines, RATES)
    counter = total([(tax_id, -amount) for tax_id, amount in lines], RATES)

    assert (counter.net, counter.vat, counter.gross) == (-found.net, -found.vat, -found.gross)


def test_vat_of_one_half_cent() -> None:
    assert vat(Decimal("0.50"), Decimal(1)) == Decimal("0.01")
    assert vat(Decimal("-0.50"), Decimal(1)) == Decimal("-0.01")


def test_line_net_too_large() -> None:
    with pytest.raises(InvalidData, match="too large"):
        line_net(Decimal(10) ** 9, Decimal(10) ** 9)
