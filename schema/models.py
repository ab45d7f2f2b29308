"""Every entity, with its foreign keys; for Alembic and tests only."""

from sqlalchemy import ForeignKeyConstraint, MetaData
from sqlmodel import SQLModel

from schema import (
    account,
    audit,
    campaign,
    catalogue,
    contact,
    document,
    employee,
    evaluation,
    exchange_rate,
    import_run,
    interaction,
    job_run,
    lead,
    mail,
    message,
    opportunity,
    outbox,
    product,
    reminder,
    setting,
    site,
    task,
    team,
)
from schema.base import Row, table_of

MODULES = (
    account,
    audit,
    campaign,
    catalogue,
    contact,
    document,
    employee,
    evaluation,
    exchange_rate,
    import_run,
    interaction,
    job_run,
    lead,
    mail,
    message,
    opportunity,
    outbox,
    product,
    reminder,
    setting,
    site,
    task,
    team,
)


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
