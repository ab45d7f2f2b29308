"""The ledger of reminders: one row for each that was decided, whatever was decided."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, References, Row, UtcDateTime


class Reminder(Row, table=True):
    """`ledger_key`: kind, subject, term number, recipient, channel, offset; never two of one.

    `kind` is task, memento, escalation or digest. `term` is what the subject's term said, `due_at`
    when the reminder was to go; `deputy_id` is who got it because the recipient was away.
    """

    __table_args__ = (
        UniqueConstraint("ledger_key"),
        Index("ix_reminder_kind_subject_id", "kind", "subject_id"),
        CheckConstraint("state IN ('sent', 'covered', 'skipped', 'unreachable')", name="state"),
        AUTOINCREMENT,
    )
    references: ClassVar[References] = {
        "recipient_id": ("employee.id", "RESTRICT"),
        "deputy_id": ("employee.id", "RESTRICT"),
        "outbox_id": ("outbox.id", "RESTRICT"),
        "message_id": ("message.id", "RESTRICT"),
    }

    ledger_key: str
    kind: str
    subject_id: int = Field(sa_type=BigId)
    term_number: int
    term: str
    recipient_id: int = Field(sa_type=BigId)
    deputy_id: int | None = Field(default=None, sa_type=BigId)
    channel: str
    days_before: int
    state: str
    is_late: bool = False
    due_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime = Field(sa_type=UtcDateTime)
    outbox_id: int | None = Field(default=None, sa_type=BigId)
    message_id: int | None = Field(default=None, sa_type=BigId)
