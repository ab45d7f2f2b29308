"""Runs the migrations on the connection it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine

from schema.migrate import differs
from schema.models import complete_metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are in the database."""
    if kind != "type":
        return False
    plain = {
        "UtcDateTime": "moment()",
        "Scaled": "sa.BigInteger()",
        "Words": "text()",
        "AutoString": "text()",
        "Text": "text()",
    }.get(type(item).__name__)
    if plain:
        return plain
    if type(item).__name__ == "BigInteger":
        return "big()"
    return False


def run(connection: Connection) -> None:
    """Upgrade or compare on one connection; the caller commits."""
    context.configure(
        connection=connection,
        target_metadata=complete_metadata(),
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=differs,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with create_engine("sqlite://").connect() as empty:
        run(empty)
