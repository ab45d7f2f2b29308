"""Bringing a database to the program's revision; Alembic is loaded here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, String, create_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator, TypeEngine

from schema.connection import DatabaseUrl, connect_writer, write_lock


class BrokenReferences(Exception):
    """A migration would leave rows that point nowhere; nothing was changed."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    made.attributes["connection"] = connection
    return made


@contextmanager
def migration_connection(url: DatabaseUrl) -> Iterator[Connection]:
    """A connection in one transaction, foreign keys off: batch mode rebuilds tables."""
    if url.dialect == "postgresql":
        address = url.text.replace("postgresql://", "postgresql+psycopg://", 1)
        with create_engine(address, poolclass=NullPool).begin() as connection:
            yield connection
        return
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: connect_writer(url), poolclass=NullPool
    )
    with write_lock(url), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
            _check_references(connection)
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


def _check_references(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BrokenReferences


def upgrade(url: DatabaseUrl, revision: str = "head") -> None:
    """Run the missing migrations in one transaction."""
    with migration_connection(url) as connection:
        command.upgrade(config(connection), revision)


def differs(
    context: MigrationContext,
    inspected: object,
    declared: object,
    inspected_type: object,
    declared_type: TypeEngine[Any],
) -> bool | None:
    """Compare column types by what they are made of; text is text of any length."""
    made_of = declared_type
    if isinstance(declared_type, TypeDecorator):
        made_of = declared_type.load_dialect_impl(context.dialect)
    return False if isinstance(made_of, String) and isinstance(inspected_type, String) else None


def regenerate_initial() -> None:
    """Write revision 0001 anew from the entities; only while nothing has been released."""
    versions = Path(__file__).with_name("migrations") / "versions"
    for old in versions.glob("0001_*.py"):
        old.unlink()
    command.revision(config(), "Initial tables", autogenerate=True, rev_id="0001")
    made = versions / "0001_initial_tables.py"
    text = made.read_text()
    made.write_text(text.replace(GENERATED_END, f"{AUDIT_HEAD}\n    {GENERATED_END}", 1))


GENERATED_END = "# ### end Alembic commands ###"
AUDIT_HEAD = """op.execute("INSERT INTO audit_head (id, position, hash) VALUES (1, 0, '')")"""

if __name__ == "__main__":
    regenerate_initial()
