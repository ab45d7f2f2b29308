"""Every entity, with its foreign keys: for Alembic, tests, and what must know all references."""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import ForeignKeyConstraint, Index, MetaData, Table, UniqueConstraint
from sqlmodel import SQLModel

import schema
from schema.base import Row, partial_index, table_of

NOT_ENTITIES = {"migrate", "migrations", "models"}
SELDOM_REMOVED = {"cycle", "employee", "reason", "series", "stage", "status", "tax", "team"}
"""Tables of few rows: looking through all that refers to one of them is bearable."""

for found in iter_modules(schema.__path__):
    if found.name not in NOT_ENTITIES:
        import_module(f"schema.{found.name}")


def entities(base: type[Row] = Row) -> list[type[Row]]:
    """All table classes."""
    found = []
    for entity in base.__subclasses__():
        if hasattr(entity, "__table__"):
            found.append(entity)
        found.extend(entities(entity))
    return found


def complete_metadata() -> MetaData:
    """The metadata with what entities only declare: references, PostgreSQL's partial indexes."""
    for entity in entities():
        table = table_of(entity)
        if not table.foreign_key_constraints:
            _refer(entity, table)
        for index in table.indexes:
            if "where" in index.info:
                index.dialect_options["postgresql"]["where"] = index.info["where"]
    return SQLModel.metadata


def _refer(entity: type[Row], table: Table) -> None:
    for column, (target, on_delete) in entity.references.items():
        table.append_constraint(ForeignKeyConstraint([column], [target], ondelete=on_delete))
        if target.partition(".")[0] not in SELDOM_REMOVED and not _is_indexed(table, column):
            table.append_constraint(_index_of(table, column))


def _index_of(table: Table, column: str) -> Index:
    """An index of what refers; of a column that is never empty it is whole.

    SQLite takes "IS NOT NULL" of such a column as said already, and then passes over the index.
    """
    name = f"ix_{table.name}_{column}"
    if table.c[column].nullable:
        return partial_index(name, column, where=f"{column} IS NOT NULL")
    return Index(name, column)


def _is_indexed(table: Table, column: str) -> bool:
    """Whether the database finds what refers to a row without reading the whole table."""
    unique = (rule for rule in table.constraints if isinstance(rule, UniqueConstraint))
    whole = (index for index in table.indexes if "where" not in index.info)
    firsts = {next(iter(found.columns)).name for rules in (unique, whole) for found in rules}
    return column in firsts
