"""The parts of a row, and by what each is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.imports.plan import Identity, Part

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


def part_of(view: View, columns: Iterable[Column] | None = None) -> Part:
    """The part that is a whole noun, or some of its columns."""
    return Part(
        name=view.noun,
        entity_path=view.entity,
        service=view.service,
        columns=view.loadable if columns is None else tuple(columns),
        identities=IDENTITIES[view.noun],
        alive=ACCOUNT_ALIVE if view.noun == "account" else f"{view.noun}.archived_at IS NULL",
    )
