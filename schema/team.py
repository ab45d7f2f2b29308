"""A sales or service team."""

from schema.base import Record, record_table, unique_alive


class Team(Record, table=True):
    """Employees that take tasks together."""

    __table_args__ = record_table("team", unique_alive("team", "code"))

    code: str
    name_en: str
    name_ro: str | None = None
    name_pl: str | None = None
