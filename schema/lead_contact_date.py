"""When a lead was contacted."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, Record, References, UtcDateTime


class LeadContactDate(Record, table=True):
    """A moment at which the lead was contacted (R36)."""

    __tablename__ = "lead_contact_date"
    __table_args__ = (AUTOINCREMENT,)
    references: ClassVar[References] = {"lead_id": ("lead.id", "CASCADE")}

    lead_id: int = Field(sa_type=BigId, index=True)
    contacted_at: datetime = Field(sa_type=UtcDateTime)
    summary: str | None = None
