"""The pursuit of one account that has not bought yet, and its four responsibilities."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from schema.base import (
    AUTOINCREMENT,
    BigId,
    Record,
    References,
    UtcDateTime,
    partial_index,
    record_table,
)

OPEN = "status IN ('inactive', 'active') AND archived_at IS NULL"


class Lead(Record, table=True):
    """A lead; an account has at most one that is open."""

    __table_args__ = record_table(
        "lead",
        partial_index("uq_lead_account_id", "account_id", unique=True, where=OPEN),
        Index("ix_lead_status", "status"),
        CheckConstraint("status IN ('inactive', 'active', 'won', 'refused')", name="status"),
    )
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "campaign_id": ("campaign.id", "RESTRICT"),
        "owner_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
        "reason_id": ("reason.id", "RESTRICT"),
        "opportunity_id": ("opportunity.id", "RESTRICT"),
    }

    account_id: int = Field(sa_type=BigId)
    contact_id: int | None = Field(default=None, sa_type=BigId)
    campaign_id: int | None = Field(default=None, sa_type=BigId, index=True)
    owner_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
    status: str = "inactive"
    priority: str = "normal"
    first_contact_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    activated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason_id: int | None = Field(default=None, sa_type=BigId)
    opportunity_id: int | None = Field(default=None, sa_type=BigId)
    summary: str | None = None
    note: str | None = None


class Responsibility(Record, table=True):
    """One of the four steps of an active lead; while open it is a task of the lead's owner."""

    __table_args__ = (UniqueConstraint("lead_id", "step", "round"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "lead_id": ("lead.id", "CASCADE"),
        "task_id": ("task.id", "RESTRICT"),
    }

    lead_id: int = Field(sa_type=BigId)
    step: str
    round: int = 1
    status: str = "open"
    summary: str | None = None
    task_id: int | None = Field(default=None, sa_type=BigId)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
