"""`crm document`, and `crm quote|order|contract|proforma|invoice|receipt` with the kind given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands import document_steps, document_writing
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.documents import (
    CONTRACT,
    DOCUMENT,
    INVOICE,
    ORDER,
    PROFORMA,
    QUOTE,
    RECEIPT,
)
from crm_cli.views.nesting import nested
from schema.document_states import SOURCES, STEPS, TRANSITIONS

if TYPE_CHECKING:
    from crm_cli.views.view import View


def document_group(view: View, text: str) -> click.Group:
    """The verbs of documents, of all kinds or of the one the noun stands for."""
    kind = None if view.noun == "document" else view.noun
    group = click.Group(view.noun, help=text)
    standard_verbs(group, view, "list")
    spreadsheet_verbs(group, nested(view))
    document_writing.add_verbs(group, view, kind, makes=kind is None or kind in SOURCES)
    steps = STEPS if kind is None else (*TRANSITIONS[kind], "send")
    document_steps.add_steps(group, view, tuple(dict.fromkeys(steps)))
    return group


document = document_group(DOCUMENT, "Quotes, orders, contracts, invoices, receipts and the rest.")
quote = document_group(QUOTE, "Quotes: approved, finalized, sent, revised, accepted or refused.")
order = document_group(ORDER, "Orders of clients.")
contract = document_group(CONTRACT, "Contracts, for once or by subscription.")
proforma = document_group(PROFORMA, "Proforma invoices.")
invoice = document_group(INVOICE, "Invoices to clients.")
receipt = document_group(RECEIPT, "Money received on invoices.")
