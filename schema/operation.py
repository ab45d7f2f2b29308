"""An operation: an ordered bundle of tasks that are made together, with their terms (R133)."""

from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, Record, References, record_table, unique_alive
from schema.catalogue import CatalogueRecord


class Operation(CatalogueRecord, table=True):
    """What is done in the same steps again and again, such as taking a new client on."""

    __table_args__ = record_table("operation", unique_alive("operation", "code"))

    note: str | None = None


class OperationStep(Record, table=True):
    """A task of the bundle; its term is so many days after the operation's first day.

    `due_time` is HH:MM in the assignee's zone. Who has no assignee and no team is given to whom the
    operation is assigned.
    """

    __tablename__ = "operation_step"
    __table_args__ = (CheckConstraint("days_after >= 0", name="days_after"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "operation_id": ("operation.id", "CASCADE"),
        "assignee_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
    }

    operation_id: int = Field(sa_type=BigId, index=True)
    position: int
    subject: str
    description: str | None = None
    days_after: int = 0
    working_days: bool = False
    due_time: str | None = None
    assignee_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
    duration: int | None = None
    priority: str = "normal"
