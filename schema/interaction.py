"""Any communication with an account, in one structure; mail messages with their sources."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from schema.base import (
    AUTOINCREMENT,
    BigId,
    Money,
    Record,
    References,
    Row,
    UtcDateTime,
    record_table,
)


class Interaction(Record, table=True):
    """A note, call, e-mail, visit or document with an account (R172)."""

    __table_args__ = record_table(
        "interaction", Index("ix_interaction_account_id_at", "account_id", "at")
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
    account_id: int = Field(sa_type=BigId)
    contact_id: int | None = Field(default=None, sa_type=BigId)
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


class Mail(Record, table=True):
    """An imported message; `fingerprint` is what makes two copies one."""

    __table_args__ = record_table("mail", UniqueConstraint("fingerprint"))
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "site_id": ("site.id", "RESTRICT"),
        "task_id": ("task.id", "RESTRICT"),
    }

    fingerprint: str
    message_id: str | None = Field(default=None, index=True)
    thread: str | None = Field(default=None, index=True)
    direction: str = "in"
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    raw_date: str | None = None
    sender_name: str | None = None
    sender_email: str | None = Field(default=None, index=True)
    recipients: str | None = None
    subject: str = ""
    body: str = ""
    is_automatic: bool = False
    account_id: int | None = Field(default=None, sa_type=BigId, index=True)
    contact_id: int | None = Field(default=None, sa_type=BigId)
    site_id: int | None = Field(default=None, sa_type=BigId)
    matched_by: str | None = None
    task_id: int | None = Field(default=None, sa_type=BigId)


class MailSource(Row, table=True):
    """Where a copy of a message was found: nothing that was imported is lost."""

    __tablename__ = "mail_source"
    __table_args__ = (UniqueConstraint("mail_id", "file", "start"), AUTOINCREMENT)
    references: ClassVar[References] = {"mail_id": ("mail.id", "CASCADE")}

    mail_id: int = Field(sa_type=BigId)
    file: str
    start: int = Field(sa_type=BigId)
    dialect: str
    encoding: str
    raw: str
    imported_at: datetime = Field(sa_type=UtcDateTime)


class Attachment(Row, table=True):
    """A file in the content-addressed folder, or the name of one that was not found."""

    __table_args__ = (AUTOINCREMENT,)
    references: ClassVar[References] = {
        "mail_id": ("mail.id", "RESTRICT"),
        "task_id": ("task.id", "RESTRICT"),
    }

    sha256: str | None = Field(default=None, index=True)
    name: str
    media_type: str | None = None
    size: int | None = Field(default=None, sa_type=BigId)
    mail_id: int | None = Field(default=None, sa_type=BigId, index=True)
    task_id: int | None = Field(default=None, sa_type=BigId, index=True)
