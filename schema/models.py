"""Every entity, with its foreign keys: for Alembic, tests, and what must know all references."""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import ForeignKeyConstraint, MetaData
from sqlmodel import SQLModel

import schema
from schema.base import Row, table_of

NOT_ENTITIES = {"migrate", "migrations", "models"}

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
        for index in table.indexes:
            if "where" in index.info:
                index.dialect_options["postgresql"]["where"] = index.info["where"]
        if table.foreign_key_constraints:
            continue
        for column, (target, on_delete) in entity.references.items():
            table.append_constraint(ForeignKeyConstraint([column], [target], ondelete=on_delete))
    return SQLModel.metadata
