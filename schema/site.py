"""An office or work point of an account."""

from typing import ClassVar

from sqlmodel import Field

from schema.base import BigId, Record, References, record_table


class Site(Record, table=True):
    """A place of an account; its e-mail address is the key for imported mail (R7, R140)."""

    __table_args__ = record_table("site")
    references: ClassVar[References] = {"account_id": ("account.id", "RESTRICT")}
    folded: ClassVar = {"name_folded": "name", "city_folded": "city"}

    account_id: int = Field(sa_type=BigId, index=True)
    name: str
    name_folded: str = Field(default="", index=True)
    email: str | None = Field(default=None, index=True)
    phone: str | None = None
    address: str | None = None
    postal_code: str | None = None
    city: str | None = None
    city_folded: str | None = None
    county: str | None = None
    country: str = "RO"
    note: str | None = None
