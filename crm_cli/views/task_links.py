"""What a task can be about: the columns that refer to other nouns."""

from __future__ import annotations

from crm_cli.views.view import Column, with_id

ABOUT = (
    *with_id(
        Column(
            name="account",
            sql="a.name",
            folded="a.name_folded",
            noun="account",
            key="t.account_id",
            labels=("Account", "Partener", "Kontrahent"),
            field="account_id",
            listed=True,
        )
    ),
    *with_id(
        Column(
            name="contact",
            sql="c.name",
            noun="contact",
            key="t.contact_id",
            labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
            field="contact_id",
        )
    ),
    *with_id(
        Column(
            name="lead",
            sql="la.name",
            noun="lead",
            key="t.lead_id",
            labels=("Lead", "Lead", "Lead"),
            field="lead_id",
        )
    ),
    *with_id(
        Column(
            name="opportunity",
            sql="o.name",
            noun="opportunity",
            key="t.opportunity_id",
            labels=("Opportunity", "Oportunitate", "Szansa sprzedaży"),
            field="opportunity_id",
        )
    ),
    *with_id(
        Column(
            name="document",
            sql="d.label",
            noun="document",
            key="t.document_id",
            labels=("Document", "Document", "Dokument"),
            field="document_id",
        )
    ),
    *with_id(
        Column(
            name="operation",
            sql="op.code",
            noun="operation",
            key="t.operation_id",
            labels=("Operation", "Operațiune", "Operacja"),
            loaded="operation_id",
        )
    ),
    *with_id(
        Column(
            name="campaign",
            sql="cp.name",
            noun="campaign",
            key="t.campaign_id",
            labels=("Campaign", "Campanie", "Kampania"),
            field="campaign_id",
        )
    ),
)
