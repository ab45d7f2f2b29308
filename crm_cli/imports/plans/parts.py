"""The parts of a row, and by what each is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.imports.plans.fitting import FITTINGS
from crm_cli.imports.plans.plan import Identity, Part, take_as_given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.views.view import Column, View

EXTERNAL = Identity(("external_id",), unique=True)
ALIVE = "archived_at IS NULL"
ACCOUNT_ALIVE = f"{ALIVE} AND merged_into_id IS NULL"

SAME_TASK = ("subject_folded", "due_on")
TASK_FACTS = (
    "due_at",
    "assignee_id",
    "team_id",
    "account_id",
    "contact_id",
    "lead_id",
    "opportunity_id",
    "document_id",
    "campaign_id",
)
"""Tasks of the same words and day are one where none of these differs."""

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
        Identity(("name_folded", "phone")),
        Identity(("name_folded", "phone", "account_id"), refuting=True),
    ),
    "employee": (
        EXTERNAL,
        Identity(("login",), unique=True),
        Identity(("email",)),
        Identity(("name_folded",)),
    ),
    "site": (EXTERNAL, Identity(("account_id", "name_folded"))),
    "campaign": (EXTERNAL, Identity(("name_folded",))),
    "evaluation": (EXTERNAL, Identity(("lead_id",))),
    "holiday": (EXTERNAL, Identity(("country", "day"), unique=True)),
    "interaction": (
        EXTERNAL,
        Identity(("at", "subject", "account_id")),
        Identity(("at", "subject", "contact_id")),
    ),
    "leave": (EXTERNAL, Identity(("employee_id", "starts_on"))),
    "opportunity": (
        EXTERNAL,
        Identity(("series_id", "number"), unique=True),
        Identity(("account_id", "name_folded", "opened_on")),
        Identity(("account_id", "name_folded")),
    ),
    "product": (EXTERNAL, Identity(("code",), unique=True), Identity(("name_folded",))),
    "rate": (EXTERNAL, Identity(("currency", "valid_on"), unique=True)),
    "recipe": (EXTERNAL, Identity(("product_id", "component_id"), unique=True)),
    "stage": (EXTERNAL, Identity(("cycle_id", "code"), unique=True)),
    "task": (
        EXTERNAL,
        *(Identity((*SAME_TASK, fact), refuting=True) for fact in TASK_FACTS),
        Identity(SAME_TASK),
    ),
    **dict.fromkeys(
        ("cycle", "operation", "reason", "series", "status", "tax", "team"),
        (EXTERNAL, Identity(("code",), unique=True)),
    ),
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
        alive=ACCOUNT_ALIVE if view.noun == "account" else ALIVE,
        fitting=FITTINGS.get(view.noun, take_as_given),
    )
