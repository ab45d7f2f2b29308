"""The evaluation sheet: what a lead needs, by quantity, before it is quoted."""

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, Quantity, Record, References, record_table


class Evaluation(Record, table=True):
    """A sheet of a lead; once final it opens the way to quoting (R39, R91)."""

    __table_args__ = record_table(
        "evaluation", CheckConstraint("status IN ('draft', 'final')", name="status")
    )
    references: ClassVar[References] = {"lead_id": ("lead.id", "RESTRICT")}

    lead_id: int = Field(sa_type=BigId, index=True)
    status: str = "draft"
    note: str | None = None


class EvaluationLine(Record, table=True):
    """A product by quantity only; its price comes from the catalogue (R88)."""

    __tablename__ = "evaluation_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "evaluation_id": ("evaluation.id", "CASCADE"),
        "product_id": ("product.id", "RESTRICT"),
    }

    evaluation_id: int = Field(sa_type=BigId, index=True)
    position: int
    product_id: int = Field(sa_type=BigId)
    quantity: Decimal = Field(sa_type=Quantity)
