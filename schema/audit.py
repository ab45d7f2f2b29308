"""The audit trail: one row per change, sealed per transaction into a hash chain."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from schema.base import AUTOINCREMENT, BigId, References, Row, UtcDateTime


class AuditTransaction(Row, table=True):
    """One committed transaction of one command; `position` numbers the chain without gaps."""

    __tablename__ = "audit_tx"
    __table_args__ = (UniqueConstraint("position"), AUTOINCREMENT)

    position: int | None = Field(default=None, sa_type=BigId)
    command_id: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    clock: datetime | None = Field(default=None, sa_type=UtcDateTime)
    actor: str
    os_user: str
    command: str
    job: str | None = None
    import_id: int | None = Field(default=None, sa_type=BigId)
    changes: int = 0
    previous_hash: str = ""
    hash: str = ""


class AuditChange(Row, table=True):
    """One insert, update or delete; `old` and `new` are JSON of the columns that changed."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("tx_id", "seq"), AUTOINCREMENT)
    references: ClassVar[References] = {"tx_id": ("audit_tx.id", "RESTRICT")}

    tx_id: int = Field(sa_type=BigId)
    seq: int
    entity: str
    entity_id: int = Field(sa_type=BigId)
    version: int | None = None
    old: str | None = None
    new: str | None = None
    salt: str
    digest: str


class AuditHead(Row, table=True):
    """The end of the chain: one row, locked last by whoever seals a transaction."""

    __tablename__ = "audit_head"

    position: int = Field(default=0, sa_type=BigId)
    hash: str = ""
