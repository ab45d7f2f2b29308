"""When an employee is away, and who stands in for him."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from schema.base import BigId, Record, References, record_table


class Leave(Record, table=True):
    """Whole days of absence, the first and the last one included."""

    __table_args__ = record_table(
        "leave",
        Index("ix_leave_employee_id_ends_on", "employee_id", "ends_on"),
        Index("ix_leave_ends_on", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("deputy_id <> employee_id", name="deputy"),
    )
    references: ClassVar[References] = {
        "employee_id": ("employee.id", "RESTRICT"),
        "deputy_id": ("employee.id", "RESTRICT"),
    }

    employee_id: int = Field(sa_type=BigId)
    starts_on: date
    ends_on: date
    deputy_id: int | None = Field(default=None, sa_type=BigId)
    note: str | None = None
