"""What a document amounts to: nets by line, VAT once per rate on their sum (EN 16931)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData
from crm_cli.values.figures import LONGEST
from crm_cli.values.numbers import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXACT = Context(prec=60)
LARGEST = Decimal(10) ** LONGEST


@dataclass(frozen=True)
class TaxTotal:
    """The sum of nets at one VAT code and the VAT on it."""

    tax_id: int
    rate: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Totals:
    """Net, VAT and gross of a document, and the VAT of each code."""

    net: Decimal
    vat: Decimal
    taxes: tuple[TaxTotal, ...]

    @property
    def gross(self) -> Decimal:
        """What is to be paid."""
        return self.net + self.vat


def line_net(quantity: Decimal, price: Decimal) -> Decimal:
    """Quantity by unit price, half up; raises InvalidData for what no document can hold."""
    return checked(half_up(EXACT.multiply(quantity, price), 2))


def total(nets: Iterable[tuple[int | None, Decimal]], rates: Mapping[int, Decimal]) -> Totals:
    """Add up lines given as (VAT code or none, net)."""
    net, by_tax = Decimal("0.00"), dict[int, Decimal]()
    for tax_id, amount in nets:
        net += amount
        if tax_id is not None:
            by_tax[tax_id] = by_tax.get(tax_id, Decimal("0.00")) + amount
    taxes = tuple(
        TaxTotal(tax_id, rates[tax_id], amount, vat(amount, rates[tax_id]))
        for tax_id, amount in sorted(by_tax.items())
    )
    found = Totals(net, sum((tax.vat for tax in taxes), Decimal("0.00")), taxes)
    checked(found.net)
    checked(found.gross)
    return found


def vat(net: Decimal, rate: Decimal) -> Decimal:
    """VAT on a sum of nets; the rate is in percent."""
    return half_up(EXACT.divide(EXACT.multiply(net, rate), Decimal(100)), 2)


def checked(amount: Decimal) -> Decimal:
    """The amount, if the database can hold it."""
    if abs(amount) >= LARGEST:
        message = "An amount of {amount} is too large: at most {digits} digits are kept."
        raise InvalidData(message, amount=amount, digits=LONGEST)
    return amount
