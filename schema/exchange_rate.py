"""Exchange rates to the base currency, by date."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, Rate, Record


class ExchangeRate(Record, table=True):
    """What one unit of a currency is worth in the base currency on a date."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        UniqueConstraint("currency", "valid_on"),
        CheckConstraint("rate > 0", name="rate"),
        AUTOINCREMENT,
    )

    currency: str
    valid_on: date
    rate: Decimal = Field(sa_type=Rate)
