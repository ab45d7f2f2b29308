"""Mail that is to leave, written in the transaction of what it tells about."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, References, Row, UtcDateTime, partial_index

WAITING = "status IN ('queued', 'claimed', 'dot')"


class Outbox(Row, table=True):
    """One mail; `message_id` is made from the row, so a second copy can be recognised.

    `recipients` are all it goes to, by role in `addressed_to` (None: all of them), `cc` and `bcc`.
    A mail for those who are left of another keeps who stands in that one. `domain` is that of the
    first recipient, by which the pace is limited; without a mail account the default one sends it.
    """

    __table_args__ = (
        UniqueConstraint("message_id"),
        partial_index("ix_outbox_due_at", "due_at", where=WAITING),
        partial_index("ix_outbox_status", "status", where="status IN ('failed', 'held')"),
        partial_index("ix_outbox_tried_at", "tried_at", where="tried_at IS NOT NULL"),
        CheckConstraint(
            "status IN ('queued', 'claimed', 'dot', 'sent', 'held', 'failed', 'cancelled')",
            name="status",
        ),
        AUTOINCREMENT,
    )
    references: ClassVar[References] = {
        "task_id": ("task.id", "RESTRICT"),
        "document_id": ("document.id", "RESTRICT"),
        "account_id": ("account.id", "RESTRICT"),
        "employee_id": ("employee.id", "RESTRICT"),
        "mail_account_id": ("mail_account.id", "RESTRICT"),
        "author_id": ("employee.id", "RESTRICT"),
    }

    message_id: str
    kind: str
    status: str = "queued"
    uncertain: str = "hold"
    """What to do when nobody knows whether it went: resend or hold."""
    mail_account_id: int | None = Field(default=None, sa_type=BigId)
    recipients: str
    addressed_to: str | None = None
    cc: str | None = None
    bcc: str | None = None
    domain: str = ""
    reply_to: str | None = None
    subject: str
    text: str
    html: str | None = None
    headers: str = "{}"
    task_id: int | None = Field(default=None, sa_type=BigId)
    document_id: int | None = Field(default=None, sa_type=BigId)
    account_id: int | None = Field(default=None, sa_type=BigId)
    employee_id: int | None = Field(default=None, sa_type=BigId)
    author_id: int | None = Field(default=None, sa_type=BigId)
    """Who caused it, and is told when it cannot be delivered."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    first_tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_by: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    doubted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it may have left without an answer."""
    answer: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OutboxFile(Row, table=True):
    """A file that leaves with a mail; its content lies in the attachment folder."""

    __tablename__ = "outbox_file"
    __table_args__ = (AUTOINCREMENT,)
    references: ClassVar[References] = {"outbox_id": ("outbox.id", "CASCADE")}

    outbox_id: int = Field(sa_type=BigId, index=True)
    name: str
    media_type: str
    sha256: str


class OutboxAttempt(Row, table=True):
    """What became of a mail when it was offered; alike ones in a row are one row."""

    __tablename__ = "outbox_attempt"
    __table_args__ = (Index("ix_outbox_attempt_at", "at"), AUTOINCREMENT)
    references: ClassVar[References] = {"outbox_id": ("outbox.id", "CASCADE")}

    outbox_id: int = Field(sa_type=BigId, index=True)
    since: datetime = Field(sa_type=UtcDateTime)
    """When the first of them was."""
    at: datetime = Field(sa_type=UtcDateTime)
    times: int = 1
    account: str | None = None
    """The mail account as it was called, or the setting that stood in for one."""
    status: str
    """That of the mail afterwards."""
    answer: str | None = None
