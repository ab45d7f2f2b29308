"""How a document looks from outside: one view of all kinds, and one of each that has a noun."""

from __future__ import annotations

from dataclasses import replace

from crm_cli.views.document_money import MONEY_COLUMNS
from crm_cli.views.types import BOOLEAN, DATE, INTEGER, LONG_TEXT, MOMENT, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from schema.document_states import KINDS, STATES

DOCUMENT = View(
    noun="document",
    entity="schema.document:Document",
    alias="d",
    source=(
        "document d"
        " LEFT JOIN account a ON a.id = d.account_id"
        " LEFT JOIN contact k ON k.id = d.contact_id"
        " LEFT JOIN employee owner ON owner.id = d.owner_id"
        " LEFT JOIN team t ON t.id = d.team_id"
        " LEFT JOIN series s ON s.id = d.series_id"
        " LEFT JOIN opportunity o ON o.id = d.opportunity_id"
        " LEFT JOIN campaign c ON c.id = d.campaign_id"
        " LEFT JOIN lead l ON l.id = d.lead_id"
        " LEFT JOIN account la ON la.id = l.account_id"
    ),
    search=("lower(d.label)", "a.name_folded"),
    title="label",
    keys=(
        Key(prefix="no", sql="d.label", normal=str, plain=lambda _: True),
        Key(prefix="ext", sql="d.external_id", normal=str),
    ),
    columns=(
        id_column("d"),
        Column(
            name="kind",
            sql="d.kind",
            type=Choice(*KINDS),
            labels=("Kind", "Tip", "Rodzaj"),
            loaded="kind",
            listed=True,
        ),
        Column(
            name="label",
            sql="d.label",
            labels=("Number", "Număr", "Numer"),
            aliases=("No.", "Nr.", "Nr. document"),
            loaded="label",
            listed=True,
        ),
        Column(
            name="revision",
            sql="d.revision",
            type=INTEGER,
            labels=("Revision", "Revizie", "Rewizja"),
            loaded="revision",
        ),
        Column(
            name="status",
            sql="d.status",
            type=Choice(*STATES),
            labels=("Status", "Stare", "Status"),
            loaded="status",
            listed=True,
        ),
        Column(
            name="date",
            sql="d.dated_on",
            type=DATE,
            labels=("Date", "Data", "Data"),
            aliases=("Data doc.",),
            field="dated_on",
            listed=True,
            help="Date of the document; today unless given.",
        ),
        Column(
            name="due",
            sql="d.due_on",
            type=DATE,
            labels=("Due", "Scadență", "Termin płatności"),
            field="due_on",
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="d.account_id",
                labels=("Account", "Partener", "Kontrahent"),
                field="account_id",
                required=True,
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="contact",
                sql="k.name",
                folded="k.name_folded",
                noun="contact",
                key="d.contact_id",
                labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
                field="contact_id",
            )
        ),
        *MONEY_COLUMNS,
        *with_id(
            Column(
                name="series",
                sql="s.code",
                noun="series",
                key="d.series_id",
                labels=("Series", "Serie", "Seria"),
                field="series_id",
            )
        ),
        Column(
            name="number",
            sql="d.number",
            type=INTEGER,
            labels=("Number in series", "Număr în serie", "Numer w serii"),
            loaded="number",
        ),
        Column(
            name="external_number",
            sql="d.external_number",
            labels=("External number", "Număr extern", "Numer zewnętrzny"),
            field="external_number",
            help="Number given elsewhere; then none is taken from a series.",
        ),
        *with_id(
            Column(
                name="opportunity",
                sql="o.name",
                folded="o.name_folded",
                noun="opportunity",
                key="d.opportunity_id",
                labels=("Opportunity", "Oportunitate", "Szansa sprzedaży"),
                field="opportunity_id",
            )
        ),
        *with_id(
            Column(
                name="lead",
                sql="la.name",
                folded="la.name_folded",
                noun="lead",
                key="d.lead_id",
                labels=("Lead", "Lead", "Lead"),
                field="lead_id",
            )
        ),
        *with_id(
            Column(
                name="campaign",
                sql="c.name",
                folded="c.name_folded",
                noun="campaign",
                key="d.campaign_id",
                labels=("Campaign", "Campanie", "Kampania"),
                field="campaign_id",
            )
        ),
        Column(
            name="evaluation_id",
            sql="d.evaluation_id",
            type=INTEGER,
            labels=("Evaluation (id)", "Fișă de evaluare (id)", "Arkusz oceny (id)"),
        ),
        Column(
            name="revises_id",
            sql="d.revises_id",
            type=INTEGER,
            labels=("Revises (id)", "Revizuiește (id)", "Rewizja (id)"),
        ),
        Column(
            name="reverses_id",
            sql="d.reverses_id",
            type=INTEGER,
            labels=("Reverses (id)", "Stornează (id)", "Koryguje (id)"),
        ),
        Column(
            name="start",
            sql="d.starts_on",
            type=DATE,
            labels=("Start", "Început", "Początek"),
            field="starts_on",
            help="First day of a contract.",
        ),
        Column(
            name="end",
            sql="d.ends_on",
            type=DATE,
            labels=("End", "Sfârșit", "Koniec"),
            field="ends_on",
            help="Last day of a contract.",
        ),
        Column(
            name="subscription",
            sql="d.is_subscription",
            type=BOOLEAN,
            labels=("Subscription", "Abonament", "Abonament"),
            field="is_subscription",
            help="The lines of the contract are due every month.",
        ),
        Column(
            name="signatory",
            sql="d.signatory",
            labels=("Signatory", "Semnatar", "Podpisujący"),
            field="signatory",
            help="Who signs for the client.",
        ),
        *with_id(
            Column(
                name="owner",
                sql="owner.name",
                folded="owner.name_folded",
                noun="employee",
                key="d.owner_id",
                labels=("Owner", "Responsabil", "Opiekun"),
                field="owner_id",
            )
        ),
        *with_id(
            Column(
                name="team",
                sql="t.code",
                noun="team",
                key="d.team_id",
                labels=("Team", "Echipă", "Zespół"),
                field="team_id",
            )
        ),
        Column(
            name="issued_at",
            sql="d.issued_at",
            type=MOMENT,
            labels=("Issued at", "Emis la", "Wystawiono"),
            loaded="issued_at",
        ),
        Column(
            name="sent_at",
            sql="d.sent_at",
            type=MOMENT,
            labels=("Sent at", "Trimis la", "Wysłano"),
            loaded="sent_at",
        ),
        Column(
            name="closed_at",
            sql="d.closed_at",
            type=MOMENT,
            labels=("Closed at", "Închis la", "Zamknięto"),
            loaded="closed_at",
        ),
        Column(
            name="note",
            sql="d.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("d"),
    ),
)


def of_kind(kind: str) -> View:
    """The documents of one kind, as a noun of their own: no reference reaches the others."""
    rows = f"(SELECT * FROM document WHERE kind = '{kind}') d"  # noqa: S608 - a declared kind
    return replace(DOCUMENT, noun=kind, source=DOCUMENT.source.replace("document d", rows, 1))


QUOTE = of_kind("quote")
ORDER = of_kind("order")
CONTRACT = of_kind("contract")
PROFORMA = of_kind("proforma")
INVOICE = of_kind("invoice")
RECEIPT = of_kind("receipt")
