"""Who else pursues a partner."""

from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, Record, References


class Competitor(Record, table=True):
    """An account that pursues the same partner (R6, R21)."""

    __table_args__ = (UniqueConstraint("account_id", "competitor_id"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "account_id": ("account.id", "CASCADE"),
        "competitor_id": ("account.id", "RESTRICT"),
    }

    account_id: int = Field(sa_type=BigId)
    competitor_id: int = Field(sa_type=BigId)
