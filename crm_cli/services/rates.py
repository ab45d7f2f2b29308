"""Exchange rates: what a unit of a currency is worth in the base currency on a day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services.constants import text_of
from schema.exchange_rate import ExchangeRate

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session


def base_currency(session: Session) -> str:
    """The currency of the company."""
    return text_of(session, "currency")


def rate_on(session: Session, currency: str, day: date) -> tuple[Decimal, date]:
    """The latest rate not after a day, and its own date; raises Conflict where there is none."""
    if currency == base_currency(session):
        return Decimal(1), day
    found = session.exec(
        select(ExchangeRate)
        .where(col(ExchangeRate.currency) == currency, col(ExchangeRate.valid_on) <= day)
        .where(col(ExchangeRate.archived_at).is_(None))
        .order_by(col(ExchangeRate.valid_on).desc())
        .limit(1)
    ).first()
    if found is None:
        raise Conflict(
            "There is no exchange rate of {currency} on or before {day}.",
            hint="crm rate add --currency {currency} --date {day} --rate X, or give --rate here.",
            currency=currency,
            day=day,
        )
    return found.rate, found.valid_on
