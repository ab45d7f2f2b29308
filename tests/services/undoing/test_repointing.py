"""Nothing that refers to an account is forgotten when accounts are merged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Index, Integer, LargeBinary, Table, UniqueConstraint

from crm_cli.services.undoing.repointing import references
from schema.account import Account
from schema.base import UtcDateTime
from schema.models import complete_metadata
from tests.execute import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Crm

METADATA = complete_metadata()
REFERRING = sorted(
    (table.name, column.name)
    for table in METADATA.tables.values()
    for column in table.columns
    if any(key.column.table.name == "account" for key in column.foreign_keys)
)
KEPT, GONE = 1, 2


def filled(table: Table, column: str, number: int) -> dict[str, Any]:
    """Values for everything the table demands, and a reference to the account that goes."""
    values: dict[str, Any] = {
        one.name: _something(one.type, number)
        for one in table.columns
        if not one.nullable and one.name != "id"
    }
    return {**values, column: GONE}


def _something(kind: Any, number: int) -> Any:
    if isinstance(kind, UtcDateTime):
        return "2026-01-01T00:00:00Z"
    if isinstance(kind, LargeBinary):
        return b""
    plain = getattr(kind, "impl", kind)
    return number if isinstance(plain, Integer) else "2026-01-01"


def test_every_reference_is_known() -> None:
    known = references(Account)

    assert (
        sorted(
            (str(entity.__tablename__), column)
            for entity, names in known.items()
            for column in names
        )
        == REFERRING
    )


def _unique_rules(table: Table) -> Iterator[UniqueConstraint | Index]:
    yield from (rule for rule in table.constraints if isinstance(rule, UniqueConstraint))
    yield from (index for index in table.indexes if index.unique)


def test_unique_rules_are_those_merging_knows() -> None:
    rules = {
        rule.name
        for name, column in REFERRING
        for rule in _unique_rules(METADATA.tables[name])
        if column in rule.columns
    }

    assert rules == {
        "uq_campaign_member_campaign_id_account_id",
        "uq_competitor_account_id_competitor_id",
        "uq_lead_account_id",
    }


@pytest.mark.proves("R18")
@pytest.mark.parametrize(("name", "column"), REFERRING)
def test_merge_moves_every_reference(sqlite_crm: Crm, name: str, column: str) -> None:
    for account in ("Kept", "Gone", "Earlier"):
        sqlite_crm.id("account", "add", "--name", account)
    table = METADATA.tables[name]
    values = filled(table, column, number=3)
    if name == "account":
        execute(sqlite_crm.url, "UPDATE account SET merged_into_id = 2 WHERE id = 3")
    else:
        _insert(sqlite_crm, table, values)

    sqlite_crm.ok("account", "merge", KEPT, GONE)

    left = f"SELECT id FROM {name} WHERE {column} = ?"
    assert execute(sqlite_crm.url, left, GONE) == []
    assert len(execute(sqlite_crm.url, left, KEPT)) == (2 if name == "account" else 1)
    assert sqlite_crm("audit", "verify").exit_code == 0


def _insert(crm: Crm, table: Table, values: dict[str, Any]) -> None:
    """A row whose words need not make sense: only its references matter."""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    with closing(sqlite3.connect(crm.url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
        connection.execute(statement, list(values.values()))
        connection.commit()
