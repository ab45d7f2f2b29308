"""A sales or service team."""

from schema.base import record_table, unique_alive
from schema.catalogue import CatalogueRecord


class Team(CatalogueRecord, table=True):
    """Employees that take tasks together."""

    __table_args__ = record_table("team", unique_alive("team", "code"))
