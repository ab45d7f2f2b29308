"""The rules of products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData
from crm_cli.services.rates import base_currency
from schema.product import Product

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from schema.base import Record


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the price."""
    price = values.get("price")
    if price is not None and price < 0:
        raise InvalidData("A price cannot be negative, as {price:f} is.", price=price)
    return values


def settle(session: Session, record: Record) -> None:
    """A price is in the company's currency where no other is given."""
    if isinstance(record, Product) and not record.currency:
        record.currency = base_currency(session)
