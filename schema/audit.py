"""The audit trail: one row per change, sealed per transaction into a hash chain.

Plain tables: nothing but set-based statements works on them, and every writing command loads them.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint
from sqlmodel import SQLModel

from schema.base import BigId, UtcDateTime

TRANSACTION = Table(
    "audit_tx",
    SQLModel.metadata,
    Column("id", BigId, primary_key=True),
    # Numbers the chain without gaps; given when the transaction is sealed.
    Column("position", BigId),
    Column("command_id", Text, nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("clock", UtcDateTime),
    Column("actor", Text, nullable=False),
    Column("os_user", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("job", Text),
    Column("import_id", BigId),
    Column("changes", Integer, nullable=False, default=0),
    Column("previous_hash", Text, nullable=False, default=""),
    Column("hash", Text, nullable=False, default=""),
    UniqueConstraint("position"),
    sqlite_autoincrement=True,
)
"""One committed transaction of one command."""

CHANGE = Table(
    "audit",
    SQLModel.metadata,
    Column("id", BigId, primary_key=True),
    Column("tx_id", BigId, ForeignKey("audit_tx.id", ondelete="RESTRICT"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", BigId, nullable=False),
    Column("version", Integer),
    Column("old", Text),
    Column("new", Text),
    Column("salt", Text, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("tx_id", "seq"),
    Index("ix_audit_entity_entity_id", "entity", "entity_id"),
    sqlite_autoincrement=True,
)
"""One insert, update or delete; `old` and `new` are JSON of the columns that changed."""

HEAD = Table(
    "audit_head",
    SQLModel.metadata,
    Column("id", BigId, primary_key=True),
    Column("position", BigId, nullable=False, default=0),
    Column("hash", Text, nullable=False, default=""),
)
"""The end of the chain: one row, locked last by whoever seals a transaction."""
