"""A person we deal with, of an account or alone."""

from typing import ClassVar

from sqlmodel import Field

from schema.base import BigId, Record, References, record_table


class Contact(Record, table=True):
    """A person; the function and area say what he decides (R182)."""

    __table_args__ = record_table("contact")
    references: ClassVar[References] = {
        "account_id": ("account.id", "RESTRICT"),
        "owner_id": ("employee.id", "RESTRICT"),
    }
    folded: ClassVar = {"name_folded": "name"}

    name: str
    name_folded: str = Field(default="", index=True)
    account_id: int | None = Field(default=None, sa_type=BigId, index=True)
    job_title: str | None = None
    level: str | None = None
    area: str | None = None
    email: str | None = Field(default=None, index=True)
    other_emails: str | None = None
    phone: str | None = Field(default=None, index=True)
    other_phones: str | None = None
    gender: str | None = None
    salutation: str | None = None
    language: str | None = None
    note: str | None = None
    owner_id: int | None = Field(default=None, sa_type=BigId)
