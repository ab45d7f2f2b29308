"""Any communication with an account or a contact, in one structure."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from schema.base import BigId, Money, Record, References, UtcDateTime, record_table


class Interaction(Record, table=True):
    """A note, call, e-mail, visit or document with a partner; the text of a mail is the mail's."""

    __table_args__ = record_table(
        "interaction",
        Index("ix_interaction_account_id_at", "account_id", "at"),
        CheckConstraint("account_id IS NOT NULL OR contact_id IS NOT NULL", name="party"),
    )
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "employee_id": ("employee.id", "RESTRICT"),
        "lead_id": ("lead.id", "RESTRICT"),
        "opportunity_id": ("opportunity.id", "RESTRICT"),
        "campaign_id": ("campaign.id", "RESTRICT"),
        "document_id": ("document.id", "RESTRICT"),
        "mail_id": ("mail.id", "RESTRICT"),
    }

    kind: str
    direction: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    account_id: int | None = Field(default=None, sa_type=BigId)
    contact_id: int | None = Field(default=None, sa_type=BigId, index=True)
    employee_id: int | None = Field(default=None, sa_type=BigId)
    lead_id: int | None = Field(default=None, sa_type=BigId)
    opportunity_id: int | None = Field(default=None, sa_type=BigId)
    campaign_id: int | None = Field(default=None, sa_type=BigId, index=True)
    document_id: int | None = Field(default=None, sa_type=BigId)
    mail_id: int | None = Field(default=None, sa_type=BigId, index=True)
    subject: str
    text: str | None = None
    duration: int | None = None
    cost: Decimal | None = Field(default=None, sa_type=Money)
