"""The nouns that can be imported."""

from __future__ import annotations

from crm_cli import views
from crm_cli.errors import UsageError
from crm_cli.imports.leads import lead_plan
from crm_cli.imports.parts import IDENTITIES, part_of
from crm_cli.imports.plan import Plan


def plan_of(noun: str, *, existing_customer: str = "skip") -> Plan:
    """How the rows of a noun are made into records."""
    if noun == "lead":
        return lead_plan(existing_customer=existing_customer)
    if noun not in IDENTITIES:
        raise UsageError(f"A {noun} cannot be imported yet.")
    view = views.of(noun)
    return Plan(noun=noun, own=noun, parts=(part_of(view),), shown=view.columns)
