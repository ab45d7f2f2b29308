"""The days on which a company is free by its own choice, or works though others are free."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from schema.base import Record, record_table, unique_alive


class Holiday(Record, table=True):
    """A day, or from that day on the same one of every year; `country` is one's code or `all`."""

    __table_args__ = record_table("holiday", unique_alive("holiday", "country", "day"))
    folded: ClassVar = {"name_folded": "name"}

    day: date
    name: str
    name_folded: str = ""
    is_yearly: bool = False
    is_worked: bool = False
    country: str = Field(default="all")
