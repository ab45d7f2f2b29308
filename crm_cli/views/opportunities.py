"""How an opportunity looks from outside, and the history of its stages."""

from __future__ import annotations

from crm_cli.values.text import fold_name
from crm_cli.views.types import CURRENCY, DATE, INTEGER, LONG_TEXT, MOMENT, MONEY, PERCENT, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from schema.opportunity_states import OUTCOMES, POTENTIALS, PURPOSES, SALE_TYPES

WEIGHTED = """(CASE WHEN o.estimated_revenue IS NOT NULL AND o.revenue_probability IS NOT NULL
  THEN (o.estimated_revenue * o.revenue_probability + 50) / 100
  ELSE (o.amount * o.probability + 50) / 100 END)"""

OPPORTUNITY = View(
    noun="opportunity",
    entity="schema.opportunity:Opportunity",
    alias="o",
    source=(
        "opportunity o"
        " JOIN account a ON a.id = o.account_id"
        " JOIN stage s ON s.id = o.stage_id"
        " JOIN cycle y ON y.id = o.cycle_id"
        " LEFT JOIN contact k ON k.id = o.contact_id"
        " LEFT JOIN employee owner ON owner.id = o.owner_id"
        " LEFT JOIN team t ON t.id = o.team_id"
        " LEFT JOIN campaign c ON c.id = o.campaign_id"
        " LEFT JOIN product p ON p.id = o.product_id"
        " LEFT JOIN series b ON b.id = o.series_id"
    ),
    search=("o.name_folded", "a.name_folded"),
    service="opportunities",
    keys=(
        Key(prefix="ext", sql="o.external_id", normal=str),
        Key(prefix="name", sql="o.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("o"),
        Column(
            name="name",
            sql="o.name",
            folded="o.name_folded",
            labels=("Name", "Denumire", "Nazwa"),
            field="name",
            required=True,
            listed=True,
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="o.account_id",
                labels=("Account", "Cont", "Kontrahent"),
                aliases=("Partener", "Client", "Klient"),
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
                key="o.contact_id",
                labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
                field="contact_id",
            )
        ),
        *with_id(
            Column(
                name="stage",
                sql="s.code",
                noun="stage",
                key="o.stage_id",
                labels=("Stage", "Stadiu", "Etap"),
                loaded="stage_id",
                listed=True,
            )
        ),
        Column(
            name="status",
            sql="o.status",
            type=Choice(*OUTCOMES),
            labels=("Status", "Stare", "Status"),
            loaded="status",
            listed=True,
        ),
        Column(
            name="potential",
            sql="s.potential",
            type=Choice(*POTENTIALS),
            labels=("Potential", "Potențial", "Potencjał"),
        ),
        *with_id(
            Column(
                name="cycle",
                sql="y.code",
                noun="cycle",
                key="o.cycle_id",
                labels=("Sales cycle", "Ciclu de vânzare", "Cykl sprzedaży"),
                field="cycle_id",
                help="The default cycle unless given; fixed afterwards.",
            )
        ),
        *with_id(
            Column(
                name="series",
                sql="b.code",
                noun="series",
                key="o.series_id",
                labels=("Series", "Serie", "Seria"),
                loaded="series_id",
            )
        ),
        Column(
            name="number",
            sql="o.number",
            type=INTEGER,
            labels=("Number", "Număr", "Numer"),
            loaded="number",
        ),
        Column(
            name="opened",
            sql="o.opened_on",
            type=DATE,
            labels=("Opened", "Data", "Data"),
            field="opened_on",
            help="Today unless given.",
        ),
        Column(
            name="amount",
            sql="o.amount",
            type=MONEY,
            labels=("Amount", "Suma", "Kwota"),
            aliases=("Value", "Valoare", "Wartość"),
            field="amount",
            listed=True,
        ),
        Column(
            name="currency",
            sql="o.currency",
            type=CURRENCY,
            labels=("Currency", "Monedă", "Waluta"),
            field="currency",
            listed=True,
            help="The company's unless given.",
        ),
        Column(
            name="probability",
            sql="o.probability",
            type=PERCENT,
            labels=("Sale probability %", "Probabilitate de vânzare %", "Prawdopodobieństwo %"),
            field="probability",
            help="The stage's unless given.",
        ),
        Column(
            name="estimated_revenue",
            sql="o.estimated_revenue",
            type=MONEY,
            labels=("Estimated revenue", "Venit estimat", "Szacowany przychód"),
            field="estimated_revenue",
        ),
        Column(
            name="revenue_probability",
            sql="o.revenue_probability",
            type=PERCENT,
            labels=(
                "Revenue probability %",
                "Probabilitate realizare venit %",
                "Prawdopodobieństwo przychodu %",
            ),
            field="revenue_probability",
        ),
        Column(
            name="weighted",
            sql=WEIGHTED,
            type=MONEY,
            labels=("Weighted amount", "Suma ponderată", "Kwota ważona"),
        ),
        *with_id(
            Column(
                name="owner",
                sql="owner.name",
                noun="employee",
                key="o.owner_id",
                labels=("Owner", "Responsabil", "Odpowiedzialny"),
                aliases=("Agent",),
                field="owner_id",
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="team",
                sql="t.code",
                noun="team",
                key="o.team_id",
                labels=("Team", "Echipă", "Zespół"),
                field="team_id",
            )
        ),
        Column(
            name="type",
            sql="o.type",
            type=Choice(*SALE_TYPES),
            labels=("Sale type", "Tip vânzare", "Typ sprzedaży"),
            field="type",
        ),
        Column(
            name="purpose",
            sql="o.purpose",
            type=Choice(*PURPOSES),
            labels=("Purpose", "Scop", "Cel"),
            field="purpose",
        ),
        Column(
            name="due",
            sql="o.due_on",
            type=DATE,
            labels=("Due", "Data scadență", "Termin"),
            field="due_on",
            help="When you mean to contact the client for the next stage.",
        ),
        Column(
            name="close",
            sql="o.close_on",
            type=DATE,
            labels=("Close", "Data încheiere", "Data zamknięcia"),
            aliases=("Probable signing date", "Data probabilă semnare"),
            field="close_on",
        ),
        Column(
            name="closed_at",
            sql="o.closed_at",
            type=MOMENT,
            labels=("Closed at", "Închisă la", "Zamknięto"),
            loaded="closed_at",
        ),
        *with_id(
            Column(
                name="campaign",
                sql="c.name",
                folded="c.name_folded",
                noun="campaign",
                key="o.campaign_id",
                labels=("Campaign", "Campanie", "Kampania"),
                field="campaign_id",
            )
        ),
        Column(
            name="lead_id",
            sql="(SELECT max(l.id) FROM lead l WHERE l.opportunity_id = o.id)",
            type=INTEGER,
            labels=("Lead", "Lead", "Lead"),
        ),
        *with_id(
            Column(
                name="product",
                sql="p.code",
                noun="product",
                key="o.product_id",
                labels=("Product", "Produs", "Produkt"),
                aliases=("Service", "Articol", "Serviciu", "Towar", "Usługa"),
                field="product_id",
                help="What it is mainly about; a quote has the whole list.",
            )
        ),
        Column(
            name="competition",
            sql="o.competition",
            labels=("Competition", "Concurență", "Konkurencja"),
            field="competition",
        ),
        Column(
            name="note",
            sql="o.note",
            type=LONG_TEXT,
            labels=("Details", "Detalii", "Szczegóły"),
            field="note",
        ),
        *record_columns("o"),
    ),
)
