"""How the documents of campaigns look from outside: the cost and the revenue grid (R96, R97)."""

from __future__ import annotations

from crm_cli.views.types import BOOLEAN, CURRENCY, DATE, INTEGER, MONEY, QUANTITY, RATE, Choice
from crm_cli.views.view import Column, View, id_column, record_columns, with_id
from schema.campaign_states import ORIGINS, ROLES
from schema.document_states import KINDS, STATES

CAMPAIGN_LINK = View(
    noun="campaign_link",
    entity="schema.campaign:CampaignLink",
    alias="l",
    source=(
        "campaign_link l"
        " JOIN campaign c ON c.id = l.campaign_id"
        " JOIN document d ON d.id = l.document_id"
        " JOIN account a ON a.id = d.account_id"
    ),
    search=("a.name_folded",),
    title="document",
    order="campaign,as,counted_on",
    columns=(
        id_column("l"),
        *with_id(
            Column(
                name="campaign",
                sql="c.name",
                folded="c.name_folded",
                noun="campaign",
                key="l.campaign_id",
                labels=("Campaign", "Campanie", "Kampania"),
                listed=True,
            )
        ),
        Column(
            name="as",
            sql="l.role",
            type=Choice(*ROLES),
            labels=("Counts as", "Se adaugă la", "Liczy się jako"),
            listed=True,
        ),
        Column(
            name="kind",
            sql="d.kind",
            type=Choice(*KINDS),
            labels=("Document", "Doc.", "Dokument"),
            listed=True,
        ),
        *with_id(
            Column(
                name="document",
                sql="d.label",
                noun="document",
                key="l.document_id",
                labels=("Number", "Nr. doc.", "Numer dok."),
                listed=True,
            )
        ),
        Column(
            name="status",
            sql="d.status",
            type=Choice(*STATES),
            labels=("Status", "Stare", "Status"),
        ),
        Column(
            name="date",
            sql="d.dated_on",
            type=DATE,
            labels=("Date", "Data doc.", "Data dok."),
            listed=True,
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="d.account_id",
                labels=("Account", "Partener", "Kontrahent"),
                listed=True,
            )
        ),
        Column(
            name="net",
            sql="d.net",
            type=MONEY,
            labels=("Document net", "Valoare fără TVA", "Netto dokumentu"),
        ),
        Column(
            name="document_currency",
            sql="d.currency",
            type=CURRENCY,
            labels=("Document currency", "Moneda documentului", "Waluta dokumentu"),
        ),
        Column(
            name="document_rate",
            sql="d.rate",
            type=RATE,
            labels=("Document rate", "Cursul documentului", "Kurs dokumentu"),
        ),
        Column(
            name="rate",
            sql="l.rate",
            type=RATE,
            labels=("Campaign rate", "Cursul campaniei", "Kurs kampanii"),
        ),
        Column(
            name="share",
            sql="l.share",
            type=QUANTITY,
            labels=("Share %", "Cota %", "Udział %"),
            listed=True,
        ),
        Column(
            name="amount",
            sql="l.amount",
            type=MONEY,
            labels=("Amount", "Valoare", "Wartość"),
            listed=True,
        ),
        Column(
            name="currency",
            sql="c.currency",
            type=CURRENCY,
            labels=("Currency", "Monedă", "Waluta"),
            listed=True,
        ),
        Column(
            name="month",
            sql="l.month",
            labels=("Month", "Luna", "Miesiąc"),
            listed=True,
        ),
        Column(
            name="counted_on",
            sql="l.counted_on",
            type=DATE,
            labels=("Counted on", "Contează la", "Liczy się dnia"),
        ),
        Column(
            name="is_indicator",
            sql="l.is_indicator",
            type=BOOLEAN,
            labels=("Return indicator", "Indicator de rentabilitate", "Wskaźnik zwrotu"),
        ),
        Column(
            name="origin",
            sql="l.origin",
            type=Choice(*ORIGINS),
            labels=("Origin", "Proveniență", "Pochodzenie"),
            listed=True,
            help="By hand, from the campaign the document carries, or from its source.",
        ),
        Column(
            name="is_inherited",
            sql="(l.origin <> 'hand')",
            type=BOOLEAN,
            labels=("Inherited", "Moștenit", "Odziedziczone"),
        ),
        Column(
            name="document_vat",
            sql="d.vat",
            type=MONEY,
            labels=("VAT taken off", "TVA scăzut", "Odjęty VAT"),
        ),
        Column(
            name="number",
            sql="d.number",
            type=INTEGER,
            labels=("Number in series", "Număr în serie", "Numer w serii"),
        ),
        *record_columns("l"),
    ),
)
