"""What the nouns look like from outside: one tuple of columns serves list, export and import."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_cli.views.view import View

MODULES = {
    "account": "accounts",
    "attachment": "attachments",
    "audit": "audits",
    "campaign": "campaigns",
    "campaign_link": "campaign_links",
    "campaign_member": "campaign_members",
    "contact": "contacts",
    "contract": "documents",
    "cycle": "catalogues",
    "document": "documents",
    "employee": "employees",
    "evaluation": "evaluations",
    "holiday": "holidays",
    "interaction": "interactions",
    "lead": "leads",
    "leave": "leaves",
    "invoice": "documents",
    "import": "imports",
    "job_run": "job_runs",
    "mail": "mails",
    "mail-account": "mail_accounts",
    "message": "messages",
    "operation": "operations",
    "opportunity": "opportunities",
    "order": "documents",
    "outbox": "outbox",
    "passage": "passages",
    "product": "products",
    "proforma": "documents",
    "quote": "documents",
    "rate": "rates",
    "reason": "catalogues",
    "receipt": "documents",
    "recipe": "products",
    "series": "catalogues",
    "site": "sites",
    "stage": "catalogues",
    "status": "catalogues",
    "task": "tasks",
    "tax": "catalogues",
    "team": "catalogues",
}
"""Noun -> module of this package; the module names its view like the noun, in capitals."""


def of(noun: str) -> View:
    """Load the view of a noun."""
    module = import_module(f"crm_cli.views.{MODULES[noun]}")
    found: View = getattr(module, noun.replace("-", "_").upper())
    return found
