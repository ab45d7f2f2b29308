"""A constant of the company, kept in the database."""

from typing import ClassVar

from sqlmodel import Field

from schema.base import Record, record_table


class Setting(Record, table=True):
    """One constant that was set; those that were not have the program's default."""

    __table_args__ = record_table("setting")
    audited: ClassVar[bool] = True

    name: str = Field(unique=True)
    value: str
