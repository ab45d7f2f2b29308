"""Amounts in other currencies, by the exchange rates that were kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from decimal import Context, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crm_cli.constants import value_of
from crm_cli.values.numbers import half_up
from crm_cli.views.types import DATE, RATE

if TYPE_CHECKING:
    from datetime import date

    from crm_cli.reader import Reader
    from crm_cli.views.types import Place

EXACT = Context(prec=60)
KEPT = """
SELECT currency, valid_on, rate FROM exchange_rate
WHERE archived_at IS NULL ORDER BY currency, valid_on"""


class Rates:
    """The rates of every currency to the base currency, read when the first one is needed."""

    def __init__(self, reader: Reader, place: Place) -> None:
        self._reader = reader
        self._place = place

    @cached_property
    def base(self) -> str:
        """The currency of the company."""
        found: str = value_of(self._reader, "currency", self._place)
        return found

    @cached_property
    def _kept(self) -> dict[str, list[tuple[date, Decimal]]]:
        kept = defaultdict[str, list[tuple[Any, Decimal]]](list)
        for currency, day, rate in self._reader.all(KEPT):
            kept[currency].append((DATE.load(day), Decimal(rate).scaleb(-RATE.places)))
        return kept

    def on(self, currency: str, day: date) -> Decimal | None:
        """The latest rate not after a day."""
        if currency == self.base:
            return Decimal(1)
        kept = self._kept.get(currency, [])
        place = bisect_right(kept, day, key=lambda pair: pair[0])
        return kept[place - 1][1] if place else None

    def convert(self, amount: Decimal, given: str, wanted: str, day: date) -> Decimal | None:
        """An amount at the rates of a day, half up; None where one of them is missing."""
        if given == wanted:
            return amount
        rate, target = self.on(given, day), self.on(wanted, day)
        if rate is None or target is None:
            return None
        return half_up(EXACT.divide(EXACT.multiply(amount, rate), target), 2)
