"""How an interaction looks from outside."""

from __future__ import annotations

from crm_cli.views.types import DURATION, INTEGER, LONG_TEXT, MOMENT, MONEY, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from schema.interaction_kinds import DIRECTIONS, KINDS

SOURCE = (
    "interaction i"
    " LEFT JOIN account a ON a.id = i.account_id"
    " LEFT JOIN contact c ON c.id = i.contact_id"
    " LEFT JOIN employee e ON e.id = i.employee_id"
    " LEFT JOIN lead l ON l.id = i.lead_id"
    " LEFT JOIN account la ON la.id = l.account_id"
    " LEFT JOIN opportunity o ON o.id = i.opportunity_id"
    " LEFT JOIN campaign cp ON cp.id = i.campaign_id"
    " LEFT JOIN document d ON d.id = i.document_id"
    " LEFT JOIN mail m ON m.id = i.mail_id"
)

WHAT = (
    id_column("i"),
    Column(
        name="at",
        sql="i.at",
        type=MOMENT,
        labels=("At", "La", "Kiedy"),
        field="at",
        listed=True,
        help="When it was; now unless given.",
    ),
    Column(
        name="kind",
        sql="i.kind",
        type=Choice(*KINDS),
        labels=("Kind", "Tip", "Rodzaj"),
        field="kind",
        listed=True,
        help="A note unless given.",
    ),
    Column(
        name="direction",
        sql="i.direction",
        type=Choice(*DIRECTIONS),
        labels=("Direction", "Sens", "Kierunek"),
        field="direction",
        listed=True,
    ),
    Column(
        name="subject",
        sql="i.subject",
        labels=("Subject", "Subiect", "Temat"),
        field="subject",
        required=True,
        listed=True,
    ),
    Column(
        name="text",
        sql="coalesce(i.text, m.body)",
        type=LONG_TEXT,
        labels=("Text", "Text", "Treść"),
        field="text",
    ),
)

WITH_WHOM = (
    *with_id(
        Column(
            name="account",
            sql="a.name",
            folded="a.name_folded",
            noun="account",
            key="i.account_id",
            labels=("Account", "Partener", "Kontrahent"),
            field="account_id",
            listed=True,
        )
    ),
    *with_id(
        Column(
            name="contact",
            sql="c.name",
            folded="c.name_folded",
            noun="contact",
            key="i.contact_id",
            labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
            field="contact_id",
            listed=True,
        )
    ),
    *with_id(
        Column(
            name="employee",
            sql="e.name",
            folded="e.name_folded",
            noun="employee",
            key="i.employee_id",
            labels=("Employee", "Angajat", "Pracownik"),
            field="employee_id",
            listed=True,
            help="Who of us; I unless given.",
        )
    ),
)

ABOUT = (
    *with_id(
        Column(
            name="lead",
            sql="la.name",
            noun="lead",
            key="i.lead_id",
            labels=("Lead", "Lead", "Lead"),
            field="lead_id",
        )
    ),
    *with_id(
        Column(
            name="opportunity",
            sql="o.name",
            noun="opportunity",
            key="i.opportunity_id",
            labels=("Opportunity", "Oportunitate", "Szansa sprzedaży"),
            field="opportunity_id",
        )
    ),
    *with_id(
        Column(
            name="campaign",
            sql="cp.name",
            noun="campaign",
            key="i.campaign_id",
            labels=("Campaign", "Campanie", "Kampania"),
            field="campaign_id",
        )
    ),
    *with_id(
        Column(
            name="document",
            sql="d.label",
            noun="document",
            key="i.document_id",
            labels=("Document", "Document", "Dokument"),
            field="document_id",
        )
    ),
    *with_id(
        Column(
            name="mail",
            sql="m.subject",
            folded="m.subject_folded",
            noun="mail",
            key="i.mail_id",
            labels=("Mail", "E-mail", "E-mail"),
        )
    ),
)

INTERACTION = View(
    noun="interaction",
    entity="schema.interaction:Interaction",
    alias="i",
    source=SOURCE,
    title="subject",
    service="interactions",
    order="-at",
    keys=(Key(prefix="ext", sql="i.external_id", normal=str),),
    columns=(
        *WHAT,
        *WITH_WHOM,
        *ABOUT,
        Column(
            name="duration",
            sql="i.duration",
            type=DURATION,
            labels=("Duration", "Durată", "Czas trwania"),
            field="duration",
            help="How long it took: 15m, 1h30m.",
        ),
        Column(
            name="cost",
            sql="i.cost",
            type=MONEY,
            labels=("Cost", "Cost", "Koszt"),
            field="cost",
        ),
        Column(
            name="attachments",
            sql="(SELECT count(*) FROM attachment x WHERE x.mail_id = i.mail_id)",
            type=INTEGER,
            labels=("Attachments", "Atașamente", "Załączniki"),
        ),
        *record_columns("i"),
    ),
)
