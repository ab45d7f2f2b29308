"""Migrations: one head, the same tables as the entities, there and back, on both databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from crm_cli.reader import Reader
from schema import migrate
from schema.connection import DatabaseUrl, connect_reader
from schema.models import SELDOM_REMOVED, complete_metadata
from schema.version import REVISION
from tests import postgres
from tests.execute import execute

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

TABLES = sorted(complete_metadata().tables)
REFERRED = {
    key.column.table.name
    for table in complete_metadata().sorted_tables
    for key in table.foreign_keys
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseUrl:
    """An empty database of each kind."""
    if request.param == "sqlite":
        (tmp_path / "empty.db").touch()
        return DatabaseUrl.parse(f"sqlite:///{tmp_path / 'empty.db'}")
    worker = request.getfixturevalue("worker_id")
    return DatabaseUrl.parse(postgres.create_database(f"crm_migrations_{worker}"))


def read(url: DatabaseUrl, sql: str) -> list[Any]:
    """The first column of a result."""
    with closing(Reader(connect_reader(url), url.dialect)) as reader:
        return [row[0] for row in reader.all(sql)]


def tables(url: DatabaseUrl) -> list[str]:
    """The tables there are."""
    if url.dialect == "sqlite":
        name, source = "name", "sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%'"
        return sorted(read(url, f"SELECT {name} FROM {source} ESCAPE '!'"))
    return sorted(read(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))


def counts(url: str) -> dict[str, int]:
    """The number of rows of each table."""
    return {table: execute(url, f'SELECT count(*) FROM "{table}"')[0][0] for table in TABLES}


def plan_of_removal(url: str, table: str) -> list[str]:
    """How SQLite looks for what refers to a record that is to be removed."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        plan = connection.execute(f'EXPLAIN QUERY PLAN DELETE FROM "{table}" WHERE id = 1')
        return [step for *_, step in plan]


def fill(crm: Crm) -> None:
    """Some work in the database, the tables of each area touched."""
    crm.id("product", "add", "--code", "CANTAR", "--name", "Cântar", "--price", "100")
    lead = crm.id("lead", "add", "--name", "Moldo Trans SRL", "--email", "a@moldo.example")
    words = ("--owner", "me", "--first-contact", "tomorrow@10:00")
    crm.ok("lead", "activate", lead, *words)
    crm.ok("opportunity", "add", "--account", "Moldo Trans SRL", "--name", "Cântare")
    crm.ok("document", "add", "quote", "--account", "Moldo Trans SRL", "--line", "CANTAR;2")
    crm.ok("task", "add", "Sună", "--due", "tomorrow", "--account", "Moldo Trans SRL")


def downgrade(url: DatabaseUrl) -> None:
    """Undo all migrations."""
    with migrate.migration_connection(url) as connection:
        command.downgrade(migrate.config(connection), "base")


def differences(url: DatabaseUrl) -> list[Any]:
    """What the entities have and the database has not, or the other way round."""
    with migrate.migration_connection(url) as connection:
        options = {"compare_type": migrate.differs}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, complete_metadata()))


def test_there_is_one_head_and_it_is_the_program_s() -> None:
    heads = ScriptDirectory.from_config(migrate.config()).get_heads()

    assert heads == [REVISION]


def test_upgrade_of_nothing_makes_what_the_entities_declare(empty: DatabaseUrl) -> None:
    migrate.upgrade(empty)

    assert tables(empty) == sorted([*TABLES, "alembic_version"])
    assert differences(empty) == []


@pytest.mark.parametrize("table", sorted(REFERRED - SELDOM_REMOVED))
def test_removing_a_record_reads_no_whole_table(sqlite_crm: Crm, table: str) -> None:
    steps = plan_of_removal(sqlite_crm.url, table)

    assert len(steps) > 1
    assert [step for step in steps if step.startswith("SCAN")] == []


def test_upgrade_goes_back_and_forth(empty: DatabaseUrl) -> None:
    migrate.upgrade(empty)
    downgrade(empty)

    assert tables(empty) == ["alembic_version"]

    migrate.upgrade(empty)

    assert differences(empty) == []


def test_upgrade_of_a_filled_database_keeps_every_row(crm: Crm) -> None:
    fill(crm)
    before = counts(crm.url)

    migrate.upgrade(DatabaseUrl.parse(crm.url))

    assert counts(crm.url) == before
    assert crm("db", "check").exit_code == 0


def lose_a_team(url: DatabaseUrl) -> None:
    """A migration that leaves an employee in a team that is gone."""
    with migrate.migration_connection(url) as connection:
        connection.exec_driver_sql("UPDATE employee SET name = 'Lost', team_id = 99")


def test_migration_that_breaks_references_changes_nothing(sqlite_crm: Crm) -> None:
    with pytest.raises(migrate.BrokenReferences):
        lose_a_team(DatabaseUrl.parse(sqlite_crm.url))

    assert execute(sqlite_crm.url, "SELECT name, team_id FROM employee") == [("Ana Pop", None)]


def test_db_upgrade_of_a_present_database_says_so(crm: Crm) -> None:
    result = crm("db", "upgrade")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"The database is at revision {REVISION} already.\n"


def test_db_upgrade_of_a_newer_database_is_refused(crm: Crm) -> None:
    execute(crm.url, "UPDATE alembic_version SET version_num = '9999'")

    result = crm("db", "upgrade")

    assert result.exit_code == 7
    assert result.stderr == (
        f"crm: The database is at revision 9999, newer than this program's {REVISION}.\n"
        "hint: Upgrade crm.\n"
    )


def test_db_upgrade_without_a_database_is_refused(sqlite_crm: Crm, tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"

    result = sqlite_crm("--database", f"sqlite:///{missing}", "db", "upgrade")

    assert result.exit_code == 7
    assert result.stderr == (
        f"crm: There is no database at {missing}.\nhint: `crm init` makes it.\n"
    )


def test_command_on_an_older_database_names_the_upgrade(crm: Crm) -> None:
    execute(crm.url, "UPDATE alembic_version SET version_num = '0000'")

    result = crm("account", "list")

    assert result.exit_code == 7
    assert "`crm db upgrade` brings it up to date." in result.stderr
