"""The nouns that can be imported, and by what their rows are recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.errors import UsageError
from crm_cli.imports.plan import Identity, Part, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.views.view import Column, View

EXTERNAL = Identity(("external_id",), unique=True)
ACCOUNT_ALIVE = "account.archived_at IS NULL AND account.merged_into_id IS NULL"

IDENTITIES = {
    "account": (
        EXTERNAL,
        Identity(("country", "tax_digits"), unique=True),
        Identity(("code",), unique=True),
        Identity(("email",)),
        Identity(("name_folded", "city_folded")),
        Identity(("name_folded",)),
    ),
    "contact": (
        EXTERNAL,
        Identity(("account_id", "email")),
        Identity(("account_id", "name_folded")),
        Identity(("email",)),
    ),
    "employee": (
        EXTERNAL,
        Identity(("login",), unique=True),
        Identity(("email",)),
        Identity(("name_folded",)),
    ),
    "site": (EXTERNAL, Identity(("account_id", "name_folded"))),
}
"""Noun -> its identities, those that settle it first."""


def plan_of(noun: str, *, existing_customer: str = "skip") -> Plan:
    """How the rows of a noun are made into records."""
    if noun == "lead":
        from crm_cli.imports.leads import lead_plan

        return lead_plan(existing_customer=existing_customer)
    if noun not in IDENTITIES:
        raise UsageError(f"A {noun} cannot be imported yet.")
    view = views.of(noun)
    return Plan(noun=noun, own=noun, parts=(part_of(view),), shown=view.columns)


def part_of(view: View, columns: Iterable[Column] | None = None) -> Part:
    """The part that is a whole noun, or some of its columns."""
    return Part(
        name=view.noun,
        entity_path=view.entity,
        service=view.service,
        columns=view.editable if columns is None else tuple(columns),
        identities=IDENTITIES[view.noun],
        alive=ACCOUNT_ALIVE if view.noun == "account" else f"{view.noun}.archived_at IS NULL",
    )
