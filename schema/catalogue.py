"""Catalogues: short lists the company defines, each row with a code and a name per language."""

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from schema.base import BigId, Quantity, Record, References, record_table, unique_alive


class CatalogueRecord(Record):
    """What the rows of all catalogues have."""

    folded: ClassVar = {"names_folded": "names"}

    code: str
    name_en: str
    name_ro: str | None = None
    name_pl: str | None = None
    names_folded: str = ""
    position: int = 0

    @property
    def names(self) -> str:
        """The code and the names in all languages, by which a row is searched."""
        return " ".join(filter(None, (self.code, self.name_en, self.name_ro, self.name_pl)))


class Reason(CatalogueRecord, table=True):
    """Why an opportunity was lost or a lead refused (R58)."""

    __table_args__ = record_table("reason", unique_alive("reason", "code"))


class Tax(CatalogueRecord, table=True):
    """A VAT rate of a country, in percent; `category` is the letter of EN 16931."""

    __table_args__ = record_table(
        "tax", unique_alive("tax", "code"), CheckConstraint("rate >= 0", name="rate")
    )

    rate: Decimal = Field(sa_type=Quantity)
    category: str = "S"
    country: str | None = None


class Cycle(CatalogueRecord, table=True):
    """A sales cycle: the ordered stages of one way of selling (R65)."""

    __table_args__ = record_table("cycle", unique_alive("cycle", "code"))

    is_default: bool = False


class Stage(CatalogueRecord, table=True):
    """A stage of a cycle with its potential and default probability (R50, R51, R67)."""

    __table_args__ = record_table(
        "stage",
        unique_alive("stage", "cycle_id", "code"),
        CheckConstraint("probability BETWEEN 0 AND 100", name="probability"),
    )
    references: ClassVar[References] = {"cycle_id": ("cycle.id", "RESTRICT")}

    cycle_id: int = Field(sa_type=BigId)
    potential: str = "none"
    probability: int = 0
    outcome: str = "open"


class Series(CatalogueRecord, table=True):
    """A book of numbers for documents of some kinds; numbers have no gaps."""

    __table_args__ = record_table(
        "series",
        unique_alive("series", "code"),
        CheckConstraint("next_number > 0", name="next_number"),
    )
    audited: ClassVar[bool] = False

    kind: str
    prefix: str = ""
    next_number: int = Field(default=1, sa_type=BigId)
    digits: int = 0
    last_date: str | None = None
    is_default: bool = False
