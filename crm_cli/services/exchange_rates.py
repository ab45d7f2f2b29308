"""Keeping exchange rates: one for each currency and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import InvalidData
from crm_cli.services import records
from crm_cli.services.rates import base_currency
from crm_cli.views.rates import RATE
from schema.exchange_rate import ExchangeRate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from schema.base import Record


def put(session: Session, values: Mapping[str, Any]) -> int:
    """Set the rate of a currency on a day, added or changed; gives its id."""
    known = session.exec(
        select(ExchangeRate.id)
        .where(col(ExchangeRate.currency) == values["currency"])
        .where(col(ExchangeRate.valid_on) == values["valid_on"])
    ).first()
    if known is None:
        return records.add(session, RATE, values)
    records.edit(session, RATE, [known], values)
    return known


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the rate."""
    rate = values.get("rate")
    if rate is not None and rate <= 0:
        raise InvalidData("A rate is more than 0, not {rate:f}.", rate=rate)
    return values


def settle(session: Session, record: Record) -> None:
    """Refuse a rate of the company's own currency: it is always 1."""
    base = base_currency(session)
    if isinstance(record, ExchangeRate) and record.currency == base:
        raise InvalidData(f"{base} is the company's own currency and has no rate.")
