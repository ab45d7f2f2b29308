"""Imported mail: messages, their people, where copies were found, files, remembered addresses."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from schema.base import (
    AUTOINCREMENT,
    HASHED,
    BigId,
    Record,
    References,
    Row,
    UtcDateTime,
    partial_index,
    record_table,
    unique_alive,
)
from schema.interaction_kinds import WAITING


class Mail(Record, table=True):
    """An imported message.

    `fingerprint` is its Message-ID where a copy had one, `content_key` is the same in every
    dialect, `answers` is the fingerprint of the mail it answers, filed or not. The correspondent
    is the other side: the sender, or whom we wrote to. Other accounts it concerns have it in their
    history only.
    """

    __table_args__ = record_table(
        "mail",
        UniqueConstraint("fingerprint"),
        partial_index("ix_mail_waiting", "account_id", "contact_id", where=WAITING),
        CheckConstraint("direction IN ('in', 'out', 'internal')", name="direction"),
    )
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "site_id": ("site.id", "RESTRICT"),
        "task_id": ("task.id", "RESTRICT"),
    }
    folded: ClassVar = {"subject_folded": "subject"}

    fingerprint: str
    content_key: str = Field(index=True)
    message_id: str | None = None
    thread: str | None = Field(default=None, index=True)
    answers: str | None = Field(default=None, index=True)
    direction: str = "in"
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    raw_date: str | None = None
    sender_name: str | None = None
    sender_email: str | None = None
    recipients: str | None = None
    copies: str | None = None
    correspondent: str | None = Field(default=None, index=True)
    subject: str = ""
    subject_folded: str = ""
    body: str = Field(default="", sa_column_kwargs=HASHED)
    is_automatic: bool = False
    account_id: int | None = Field(default=None, sa_type=BigId, index=True)
    contact_id: int | None = Field(default=None, sa_type=BigId, index=True)
    site_id: int | None = Field(default=None, sa_type=BigId)
    matched_by: str | None = None
    task_id: int | None = Field(default=None, sa_type=BigId, index=True)


class MailPerson(Row, table=True):
    """Somebody in the head of a mail, or in that of the mail it forwards.

    `known_as` is the address in small letters, or the words of a name without one.
    """

    __tablename__ = "mail_person"
    __table_args__ = (AUTOINCREMENT,)
    references: ClassVar[References] = {"mail_id": ("mail.id", "CASCADE")}

    mail_id: int = Field(sa_type=BigId, index=True)
    role: str
    name: str
    email: str | None = None
    known_as: str = Field(index=True)


class MailSource(Row, table=True):
    """Where a copy of a message was found, and the copy as it stood there."""

    __tablename__ = "mail_source"
    __table_args__ = (UniqueConstraint("mail_id", "file", "start"), AUTOINCREMENT)
    references: ClassVar[References] = {"mail_id": ("mail.id", "CASCADE")}

    mail_id: int = Field(sa_type=BigId)
    file: str
    start: int = Field(sa_type=BigId)
    dialect: str
    encoding: str
    raw: bytes = Field(sa_type=LargeBinary)
    imported_at: datetime = Field(sa_type=UtcDateTime)


class MailAddress(Record, table=True):
    """An address that someone assigned to an account: its mail is matched without asking again."""

    __tablename__ = "mail_address"
    __table_args__ = record_table("mail_address", unique_alive("mail_address", "address"))
    references: ClassVar[References] = {"account_id": ("account.id", "RESTRICT")}

    address: str
    account_id: int = Field(sa_type=BigId, index=True)


class Attachment(Row, table=True):
    """A file in the content-addressed folder, or the name of one that was not found.

    It goes with its mail, but for what hangs on a task that stays.
    """

    __table_args__ = (AUTOINCREMENT,)
    references: ClassVar[References] = {
        "mail_id": ("mail.id", "SET NULL"),
        "task_id": ("task.id", "SET NULL"),
    }

    sha256: str | None = Field(default=None, index=True)
    name: str
    media_type: str | None = None
    size: int | None = Field(default=None, sa_type=BigId)
    mail_id: int | None = Field(default=None, sa_type=BigId, index=True)
    task_id: int | None = Field(default=None, sa_type=BigId, index=True)
