"""A company or sole trader we deal with."""

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from schema.base import BigId, Money, Record, References, Words, record_table, unique_alive


class Account(Record, table=True):
    """A partner; the tax id is unique among the living by its digits within a country."""

    __table_args__ = record_table(
        "account",
        unique_alive("account", "country", "tax_digits", also="merged_into_id IS NULL"),
        unique_alive("account", "code", also="merged_into_id IS NULL"),
        Index("ix_account_county_city", "county", "city_folded"),
        CheckConstraint("merged_into_id <> id", name="merged"),
    )
    references: ClassVar[References] = {
        "owner_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
        "sales_rep_id": ("employee.id", "RESTRICT"),
        "service_rep_id": ("employee.id", "RESTRICT"),
        "merged_into_id": ("account.id", "RESTRICT"),
    }
    folded: ClassVar = {"name_folded": "name", "city_folded": "city"}

    name: str
    name_folded: str = Field(default="", index=True)
    code: str | None = None
    relations: tuple[str, ...] = Field(
        default=(), sa_type=Words, sa_column_kwargs={"nullable": True}
    )
    tax_id: str | None = None
    tax_digits: str | None = None
    tax_id_invalid: bool = False
    registration_no: str | None = None
    email: str | None = Field(default=None, index=True)
    phone: str | None = Field(default=None, index=True)
    other_phones: str | None = None
    website: str | None = None
    address: str | None = None
    postal_code: str | None = None
    city: str | None = None
    city_folded: str | None = None
    county: str | None = None
    country: str = "RO"
    language: str | None = None
    turnover: Decimal | None = Field(default=None, sa_type=Money)
    employees: int | None = Field(default=None, sa_type=BigId)
    industry: str | None = None
    interests: str | None = None
    note: str | None = None
    owner_id: int | None = Field(default=None, sa_type=BigId, index=True)
    team_id: int | None = Field(default=None, sa_type=BigId)
    sales_rep_id: int | None = Field(default=None, sa_type=BigId)
    service_rep_id: int | None = Field(default=None, sa_type=BigId)
    merged_into_id: int | None = Field(default=None, sa_type=BigId)
