"""The record of each import: the file, what it did, so that it can be listed and undone."""

from datetime import datetime

from sqlmodel import Field

from schema.base import AUTOINCREMENT, Row, UtcDateTime


class ImportRun(Row, table=True):
    """One import that was committed; its rows are in the audit under its id."""

    __tablename__ = "import_run"
    __table_args__ = (AUTOINCREMENT,)

    noun: str
    file: str
    sha256: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: str | None = None
