"""The inbox of an employee: messages that need no mail server (R137)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, References, Row, UtcDateTime


class Message(Row, table=True):
    """A message to one employee, from another one or from a job, which has no `sender_id`."""

    __table_args__ = (
        Index("ix_message_employee_id_read_at", "employee_id", "read_at"),
        AUTOINCREMENT,
    )
    references: ClassVar[References] = {
        "employee_id": ("employee.id", "RESTRICT"),
        "sender_id": ("employee.id", "SET NULL"),
        "task_id": ("task.id", "RESTRICT"),
    }

    employee_id: int = Field(sa_type=BigId)
    sender: str
    sender_id: int | None = Field(default=None, sa_type=BigId, index=True)
    text: str
    task_id: int | None = Field(default=None, sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
