"""The fields by which a person says that rows are to be recognised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.errors import UsageError
from crm_cli.imports.columns.mapping import fields_of, unknown_field
from crm_cli.imports.plans.plan import Identity, companion_of
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.imports.columns.mapping import Target
    from crm_cli.imports.plans.plan import Part, Plan

ID = Column(
    name="id", sql="", type=INTEGER, labels=("Id", "Id", "Id"), field="id", help="The record."
)


def key_columns(plan: Plan, fields: Sequence[str]) -> tuple[Target, ...]:
    """The columns of a key; they belong to one part."""
    known = fields_of(plan)
    own = next(part for part in plan.parts if part.name == plan.own)
    found = []
    for name in fields:
        if name != "id" and name not in known:
            raise unknown_field(plan, name)
        found.append((own, ID) if name == "id" else known[name])
    if len({part.name for part, _ in found}) > 1:
        raise UsageError(f"--key {','.join(fields)} names fields of different records.")
    return tuple(found)


def with_key(plan: Plan, fields: Sequence[str]) -> Plan:
    """The plan with this key as the only way to recognise a record."""
    columns = key_columns(plan, fields)
    part = columns[0][0]
    attributes = tuple(name for _, column in columns for name in _compared(part, column))
    keyed = replace(
        part,
        identities=(Identity(tuple(dict.fromkeys(attributes)), unique=True),),
        columns=(*part.columns, ID) if "id" in fields else part.columns,
    )
    parts = tuple(keyed if one.name == part.name else one for one in plan.parts)
    return replace(plan, parts=parts)


def _compared(part: Part, column: Column) -> tuple[str, ...]:
    """The attributes by which a column is compared; tax ids belong to a country."""
    name = companion_of(column) if column.folded and not column.noun else ""
    if name == "tax_digits":
        return "country", name
    return (name if name in part.entity.model_fields else column.attribute or column.name,)
