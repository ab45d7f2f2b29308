"""What we sell: goods and services, with recipes."""

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from schema.base import (
    AUTOINCREMENT,
    BigId,
    Quantity,
    Record,
    References,
    record_table,
    unique_alive,
)


class Product(Record, table=True):
    """An item of the catalogue; the price is for one unit, without VAT, in its currency."""

    __table_args__ = record_table(
        "product", unique_alive("product", "code"), CheckConstraint("price >= 0", name="price")
    )
    references: ClassVar[References] = {"tax_id": ("tax.id", "RESTRICT")}
    folded: ClassVar = {"name_folded": "name"}

    code: str
    name: str
    name_folded: str = Field(default="", index=True)
    kind: str = "goods"
    unit: str = "pcs"
    price: Decimal = Field(default=Decimal(0), sa_type=Quantity)
    currency: str = Field(default=None)
    tax_id: int | None = Field(default=None, sa_type=BigId)
    category: str | None = None
    note: str | None = None


class RecipeLine(Record, table=True):
    """So much of a component goes into one unit of a product (R90)."""

    __tablename__ = "recipe_line"
    __table_args__ = (
        UniqueConstraint("product_id", "component_id"),
        CheckConstraint("component_id <> product_id", name="component"),
        CheckConstraint("quantity > 0", name="quantity"),
        AUTOINCREMENT,
    )
    references: ClassVar[References] = {
        "product_id": ("product.id", "RESTRICT"),
        "component_id": ("product.id", "RESTRICT"),
    }

    product_id: int = Field(sa_type=BigId)
    component_id: int = Field(sa_type=BigId)
    position: int = 1
    quantity: Decimal = Field(sa_type=Quantity)
