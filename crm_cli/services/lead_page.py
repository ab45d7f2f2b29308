"""The page of a lead: all that belongs to it, in one read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.views.leads import LEAD, RESPONSIBILITY

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.views.table import Table

PARTS = (
    # Part of the page, its noun, and the condition that ties it to the lead or to its account.
    ("contacts", "contact", "c.account_id = ?", "account_id"),
    ("sites", "site", "s.account_id = ?", "account_id"),
    ("evaluations", "evaluation", "v.lead_id = ?", "id"),
    ("documents", "document", "d.lead_id = ? AND d.kind <> 'invoice'", "id"),
    ("invoices", "document", "d.lead_id = ? AND d.kind = 'invoice'", "id"),
)


def read(app: App, reference: str) -> Table:
    """A lead with its responsibilities, people, sites, sheets, documents and invoices (R43)."""
    table = app.read(LEAD, reference)
    lead = table.values()
    parts = {"responsibilities": app.part(RESPONSIBILITY, "y.lead_id = ?", lead["id"])}
    for name, noun, condition, key in PARTS:
        parts[name] = app.part(views.of(noun), condition, lead[key])
    table.parts = {name: part for name, part in parts.items() if part.rows}
    return table
