"""A person of our own company; with a login also a user of the program."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlmodel import Field

from schema.base import (
    BigId,
    Money,
    Quantity,
    Record,
    References,
    UtcDateTime,
    record_table,
    unique_alive,
)


class Employee(Record, table=True):
    """Someone who works here; times of day are in his own zone.

    `digest_since` is when he last chose another digest than he had.
    """

    __table_args__ = record_table("employee", unique_alive("employee", "login"))
    references: ClassVar[References] = {
        "manager_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
    }
    folded: ClassVar = {"name_folded": "name"}

    name: str
    name_folded: str = Field(default="", index=True)
    login: str | None = None
    email: str | None = Field(default=None, index=True)
    phone: str | None = None
    job_title: str | None = None
    category: str | None = Field(default=None, index=True)
    hours_per_day: Decimal = Field(default=Decimal(8), sa_type=Quantity)
    work_start: str | None = None
    work_end: str | None = None
    work_days: str | None = None
    timezone: str | None = None
    country: str | None = None
    language: str | None = None
    digest: str | None = None
    digest_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hourly_cost: Decimal | None = Field(default=None, sa_type=Money)
    manager_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
