"""A possible sale, and its passages from stage to stage."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, Money, Record, References, UtcDateTime, record_table


class Opportunity(Record, table=True):
    """An opportunity of an account; stage, status and potential move together."""

    __table_args__ = record_table(
        "opportunity",
        Index("ix_opportunity_owner_id_stage_id", "owner_id", "stage_id"),
        CheckConstraint("status IN ('open', 'won', 'lost')", name="status"),
        CheckConstraint("probability BETWEEN 0 AND 100", name="probability"),
        CheckConstraint("revenue_probability BETWEEN 0 AND 100", name="revenue_probability"),
    )
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "owner_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
        "cycle_id": ("cycle.id", "RESTRICT"),
        "stage_id": ("stage.id", "RESTRICT"),
        "campaign_id": ("campaign.id", "RESTRICT"),
        "product_id": ("product.id", "RESTRICT"),
        "series_id": ("series.id", "RESTRICT"),
    }
    folded: ClassVar = {"name_folded": "name"}

    name: str
    name_folded: str = Field(default="", index=True)
    account_id: int = Field(sa_type=BigId, index=True)
    contact_id: int | None = Field(default=None, sa_type=BigId)
    owner_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
    cycle_id: int = Field(sa_type=BigId)
    stage_id: int = Field(sa_type=BigId, index=True)
    status: str = "open"
    purpose: str = "sales"
    type: str = "direct"
    series_id: int | None = Field(default=None, sa_type=BigId)
    number: int | None = Field(default=None, sa_type=BigId)
    opened_on: date
    amount: Decimal | None = Field(default=None, sa_type=Money)
    currency: str = "RON"
    probability: int = 0
    estimated_revenue: Decimal | None = Field(default=None, sa_type=Money)
    revenue_probability: int | None = None
    due_on: date | None = None
    close_on: date | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    campaign_id: int | None = Field(default=None, sa_type=BigId, index=True)
    product_id: int | None = Field(default=None, sa_type=BigId)
    competition: str | None = None
    note: str | None = None


class Passage(Record, table=True):
    """One line of the stage history of an opportunity (R52)."""

    __table_args__ = (Index("ix_passage_opportunity_id", "opportunity_id"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "opportunity_id": ("opportunity.id", "RESTRICT"),
        "stage_id": ("stage.id", "RESTRICT"),
        "delegate_id": ("employee.id", "RESTRICT"),
        "task_id": ("task.id", "RESTRICT"),
    }

    opportunity_id: int = Field(sa_type=BigId)
    stage_id: int = Field(sa_type=BigId)
    at: datetime = Field(sa_type=UtcDateTime)
    delegate_id: int | None = Field(default=None, sa_type=BigId)
    info: str | None = None
    follow_up: date | None = None
    task_id: int | None = Field(default=None, sa_type=BigId)
    days_in_stage: int | None = None


class OpportunityReason(Record, table=True):
    """A reason for which an opportunity was lost, at one passage (R58, R71)."""

    __tablename__ = "opportunity_reason"
    __table_args__ = (UniqueConstraint("passage_id", "reason_id"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "passage_id": ("passage.id", "CASCADE"),
        "reason_id": ("reason.id", "RESTRICT"),
    }

    passage_id: int = Field(sa_type=BigId)
    reason_id: int = Field(sa_type=BigId)
