"""What the nouns look like from outside: one tuple of columns serves list, export and import."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_cli.views.view import View

MODULES = {
    "account": "accounts",
    "audit": "audits",
    "employee": "employees",
    "team": "teams",
}
"""Noun -> module of this package; the module names its view like the noun, in capitals."""


def view(noun: str) -> View:
    """Load the view of a noun."""
    found: View = getattr(import_module(f"crm_cli.views.{MODULES[noun]}"), noun.upper())
    return found
