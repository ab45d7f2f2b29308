"""Anything with number, date, account, lines and totals."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from schema.base import (
    AUTOINCREMENT,
    BigId,
    Money,
    Quantity,
    Rate,
    Record,
    References,
    UtcDateTime,
    partial_index,
    record_table,
)

NUMBERED = "number IS NOT NULL AND series_id IS NOT NULL"


class Document(Record, table=True):
    """A document; totals are of its lines, in its currency; `rate` leads to the base currency."""

    __table_args__ = record_table(
        "document",
        partial_index(
            "uq_document_series_id_number",
            "series_id",
            "number",
            "revision",
            unique=True,
            where=NUMBERED,
        ),
        Index("ix_document_kind_dated_on", "kind", "dated_on"),
        CheckConstraint("rate > 0", name="rate"),
        CheckConstraint("gross = net + vat", name="gross"),
    )
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "owner_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
        "series_id": ("series.id", "RESTRICT"),
        "lead_id": ("lead.id", "RESTRICT"),
        "opportunity_id": ("opportunity.id", "RESTRICT"),
        "campaign_id": ("campaign.id", "RESTRICT"),
        "evaluation_id": ("evaluation.id", "RESTRICT"),
        "revises_id": ("document.id", "RESTRICT"),
        "reverses_id": ("document.id", "RESTRICT"),
    }

    kind: str
    status: str = "draft"
    series_id: int | None = Field(default=None, sa_type=BigId)
    number: int | None = Field(default=None, sa_type=BigId)
    revision: int = 0
    label: str | None = Field(default=None, index=True)
    dated_on: date
    due_on: date | None = None
    account_id: int = Field(sa_type=BigId, index=True)
    contact_id: int | None = Field(default=None, sa_type=BigId)
    owner_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
    lead_id: int | None = Field(default=None, sa_type=BigId, index=True)
    opportunity_id: int | None = Field(default=None, sa_type=BigId, index=True)
    campaign_id: int | None = Field(default=None, sa_type=BigId)
    evaluation_id: int | None = Field(default=None, sa_type=BigId)
    revises_id: int | None = Field(default=None, sa_type=BigId)
    reverses_id: int | None = Field(default=None, sa_type=BigId)
    currency: str = "RON"
    rate: Decimal = Field(default=Decimal(1), sa_type=Rate)
    rate_on: date
    net: Decimal = Field(default=Decimal(0), sa_type=Money)
    vat: Decimal = Field(default=Decimal(0), sa_type=Money)
    gross: Decimal = Field(default=Decimal(0), sa_type=Money)
    external_number: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_subscription: bool = False
    signatory: str | None = None
    issued_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str | None = None


class DocumentLine(Record, table=True):
    """A line: a product or a text, quantity by unit price without VAT; a chapter has no amounts."""

    __tablename__ = "document_line"
    __table_args__ = (UniqueConstraint("document_id", "position"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "document_id": ("document.id", "RESTRICT"),
        "product_id": ("product.id", "RESTRICT"),
        "tax_id": ("tax.id", "RESTRICT"),
        "source_line_id": ("document_line.id", "RESTRICT"),
    }

    document_id: int = Field(sa_type=BigId)
    position: int
    is_chapter: bool = False
    product_id: int | None = Field(default=None, sa_type=BigId, index=True)
    text: str
    unit: str | None = None
    quantity: Decimal = Field(default=Decimal(0), sa_type=Quantity)
    price: Decimal = Field(default=Decimal(0), sa_type=Quantity)
    net: Decimal = Field(default=Decimal(0), sa_type=Money)
    tax_id: int | None = Field(default=None, sa_type=BigId)
    source_line_id: int | None = Field(default=None, sa_type=BigId, index=True)


class DocumentTax(Record, table=True):
    """The VAT of a document at one rate: computed once, on the sum of nets (EN 16931)."""

    __tablename__ = "document_tax"
    __table_args__ = (UniqueConstraint("document_id", "tax_id"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "document_id": ("document.id", "RESTRICT"),
        "tax_id": ("tax.id", "RESTRICT"),
    }

    document_id: int = Field(sa_type=BigId)
    tax_id: int = Field(sa_type=BigId)
    rate: Decimal = Field(sa_type=Quantity)
    net: Decimal = Field(sa_type=Money)
    vat: Decimal = Field(sa_type=Money)


class DocumentSource(Record, table=True):
    """A document was made from another one, or pays it; `amount` is what it pays."""

    __tablename__ = "document_source"
    __table_args__ = (UniqueConstraint("document_id", "source_id"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "document_id": ("document.id", "RESTRICT"),
        "source_id": ("document.id", "RESTRICT"),
    }

    document_id: int = Field(sa_type=BigId)
    source_id: int = Field(sa_type=BigId, index=True)
    amount: Decimal | None = Field(default=None, sa_type=Money)
