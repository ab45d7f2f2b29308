"""How a campaign looks from outside."""

from __future__ import annotations

from crm_cli.values.text import fold_name
from crm_cli.views.types import CURRENCY, DATE, INTEGER, LONG_TEXT, MONEY
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

CAMPAIGN = View(
    noun="campaign",
    entity="schema.campaign:Campaign",
    alias="c",
    source=(
        "campaign c"
        " LEFT JOIN status s ON s.id = c.status_id"
        " LEFT JOIN employee owner ON owner.id = c.owner_id"
        " LEFT JOIN team t ON t.id = c.team_id"
    ),
    search=("c.name_folded",),
    service="campaigns.rules",
    keys=(
        Key(prefix="ext", sql="c.external_id", normal=str),
        Key(prefix="name", sql="c.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("c"),
        Column(
            name="name",
            sql="c.name",
            folded="c.name_folded",
            labels=("Name", "Denumire", "Nazwa"),
            aliases=("Campaign", "Campanie", "Kampania"),
            field="name",
            required=True,
            listed=True,
        ),
        *with_id(
            Column(
                name="status",
                sql="s.code",
                noun="status",
                key="c.status_id",
                labels=("Status", "Stare", "Status"),
                field="status_id",
                listed=True,
                help="The first of the statuses unless given.",
            )
        ),
        Column(
            name="objectives",
            sql="c.objectives",
            type=LONG_TEXT,
            labels=("Objectives", "Obiective", "Cele"),
            field="objectives",
        ),
        Column(
            name="start",
            sql="c.start_on",
            type=DATE,
            labels=("Start", "Data început", "Początek"),
            field="start_on",
            required=True,
            listed=True,
        ),
        Column(
            name="end",
            sql="c.end_on",
            type=DATE,
            labels=("End", "Data sfârșit", "Koniec"),
            field="end_on",
            required=True,
            listed=True,
        ),
        Column(
            name="months",
            sql="c.months",
            type=INTEGER,
            labels=("Months of validity", "Luni de valabilitate", "Miesiące ważności"),
            field="months",
            help="How many months of a subscription count, from its first invoice; 12 by default.",
        ),
        Column(
            name="currency",
            sql="c.currency",
            type=CURRENCY,
            labels=("Currency", "Monedă", "Waluta"),
            field="currency",
            listed=True,
            help="The company's unless given; fixed by the first document.",
        ),
        *with_id(
            Column(
                name="owner",
                sql="owner.name",
                noun="employee",
                key="c.owner_id",
                labels=("Owner", "Responsabil", "Odpowiedzialny"),
                field="owner_id",
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="team",
                sql="t.code",
                noun="team",
                key="c.team_id",
                labels=("Team", "Echipă", "Zespół"),
                field="team_id",
            )
        ),
        Column(
            name="estimated_cost",
            sql="c.estimated_cost",
            type=MONEY,
            labels=("Estimated cost", "Costuri estimate", "Szacowany koszt"),
            field="estimated_cost",
            listed=True,
        ),
        Column(
            name="estimated_revenue",
            sql="c.estimated_revenue",
            type=MONEY,
            labels=("Estimated revenue", "Venituri estimate", "Szacowany przychód"),
            field="estimated_revenue",
            listed=True,
        ),
        Column(
            name="interaction_cost",
            sql="c.interaction_cost",
            type=MONEY,
            labels=("Cost of an interaction", "Cost pe interacțiune", "Koszt interakcji"),
            field="interaction_cost",
            help="Unit cost of the campaign's interactions that have none of their own.",
        ),
        Column(
            name="segment",
            sql="c.segment",
            labels=("Segment", "Segment vizat", "Segment docelowy"),
            field="segment",
            help="Whom the campaign is aimed at.",
        ),
        Column(
            name="note",
            sql="c.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("c"),
    ),
)
