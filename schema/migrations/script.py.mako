"""${message}."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def text() -> sa.types.TypeEngine[str]:
    """Text that both databases sort and compare by code point."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def moment() -> sa.types.TypeEngine[Any]:
    """A moment in UTC: sortable text on SQLite."""
    return sa.DateTime(timezone=True).with_variant(sa.String(20), "sqlite")


def big() -> sa.types.TypeEngine[int]:
    """An id; SQLite numbers rows by itself only for the word INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Build this revision."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Go back to the one before."""
    ${downgrades if downgrades else "pass"}
