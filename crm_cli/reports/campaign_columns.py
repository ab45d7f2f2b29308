"""The columns of the returns of campaigns."""

from __future__ import annotations

from crm_cli.views.types import CURRENCY, DATE, INTEGER, MONEY, QUANTITY, RATE, ColumnType, Scaled
from crm_cli.views.view import Column, Labels, View

RATIO = QUANTITY
DAYS = Scaled(1)

REVENUE_LABELS: dict[str, Labels] = {
    "accepted": ("Accepted", "Acceptat", "Zaakceptowano"),
    "contracts": ("Contracts signed", "Contracte semnate", "Podpisane umowy"),
    "invoiced": ("Invoiced", "Facturat", "Zafakturowano"),
    "indicator": ("Return indicator", "Indicator de rentabilitate", "Wskaźnik zwrotu"),
    "received": ("Received", "Încasat", "Otrzymano"),
    "profit": ("Profit", "Profit", "Zysk"),
    "roi": ("ROI", "ROI", "ROI"),
}
PERIOD = ("in the period", "în perioadă", "w okresie")


def column(name: str, kind: ColumnType, *labels: str, listed: bool = False) -> Column:
    """A computed column."""
    english, romanian, polish = labels
    return Column(name=name, sql="", type=kind, labels=(english, romanian, polish), listed=listed)


def _money(name: str, *labels: str, listed: bool = False) -> Column:
    return column(name, MONEY, *labels, listed=listed)


CAMPAIGN = (
    column("id", INTEGER, "Id", "Id", "Id", listed=True),
    column("campaign", ColumnType(), "Campaign", "Campanie", "Kampania", listed=True),
    column("currency", CURRENCY, "Currency", "Monedă", "Waluta", listed=True),
)
COSTS = (
    _money("cost", "Realised cost", "Costuri realizate", "Koszt zrealizowany"),
    _money("interaction_cost", "Interaction cost", "Costul interacțiunilor", "Koszt interakcji"),
    _money("total_cost", "Total cost", "Cost total", "Koszt łączny", listed=True),
)


def _revenue(prefix: str = "", *, listed: bool) -> tuple[Column, ...]:
    """The revenue figures, of the whole campaign or of a period."""
    found = []
    for name, labels in REVENUE_LABELS.items():
        named = labels
        if prefix:
            named = tuple(f"{a} {b}" for a, b in zip(labels, PERIOD, strict=True))  # type: ignore[assignment]  # three, like the labels
        kind = RATIO if name == "roi" else MONEY
        found.append(column(prefix + name, kind, *named, listed=listed))
    return tuple(found)


OPPORTUNITIES = (
    column("opportunities", INTEGER, "Opportunities", "Oportunități", "Szanse sprzedaży"),
    column("open", INTEGER, "Open", "Deschise", "Otwarte"),
    column("won", INTEGER, "Won", "Câștigate", "Wygrane"),
    column("lost", INTEGER, "Lost", "Pierdute", "Utracone"),
    _money("open_value", "Value of open ones", "Valoarea celor deschise", "Wartość otwartych"),
    _money("won_value", "Value of won ones", "Valoarea celor câștigate", "Wartość wygranych"),
    _money("lost_value", "Value of lost ones", "Valoarea celor pierdute", "Wartość utraconych"),
    column("win_rate", RATIO, "Win rate", "Rata de câștig", "Współczynnik wygranych"),
    column("days_to_win", DAYS, "Mean days to win", "Media zilelor", "Średnia liczba dni"),
)
RESPONSES = (
    column("members", INTEGER, "Members", "Membri", "Członkowie"),
    column("responded", INTEGER, "Responded", "Au răspuns", "Odpowiedzieli"),
    _money("cost_per_response", "Cost per response", "Cost pe răspuns", "Koszt odpowiedzi"),
    _money("cost_per_sale", "Cost per won sale", "Cost pe vânzare", "Koszt sprzedaży"),
)
ESTIMATES = (
    _money("estimated_cost", "Estimated cost", "Costuri estimate", "Szacowany koszt"),
    _money("estimated_revenue", "Estimated revenue", "Venituri estimate", "Szacowany przychód"),
)
CONTRACT_RETURN = column(
    "contract_return", RATIO, "Contracts / cost", "Contracte / cost", "Umowy / koszt"
)
BOUNDS = (
    column("from", DATE, "From", "De la", "Od", listed=True),
    column("to", DATE, "To", "Până la", "Do", listed=True),
)


def _report(noun: str, *columns: Column) -> View:
    return View(
        noun=noun, entity="schema.campaign:CampaignReturn", source="", alias="", columns=columns
    )


RETURNS = _report(
    "return",
    *CAMPAIGN,
    *COSTS,
    *_revenue(listed=True),
    CONTRACT_RETURN,
    *OPPORTUNITIES,
    *RESPONSES,
    *ESTIMATES,
)
PERIOD_RETURNS = _report(
    "return",
    *CAMPAIGN,
    *BOUNDS,
    *COSTS,
    *_revenue("period_", listed=True),
    *_revenue(listed=False),
    CONTRACT_RETURN,
    *OPPORTUNITIES,
    *RESPONSES,
    *ESTIMATES,
)
MONTHLY_RETURNS = _report(
    "return",
    *CAMPAIGN,
    column("month", ColumnType(), "Month", "Luna", "Miesiąc", listed=True),
    *COSTS,
    *_revenue(listed=True),
)
EXPLANATION = _report(
    "explanation",
    *CAMPAIGN[:2],
    column("figure", ColumnType(), "Figure", "Indicator", "Wskaźnik", listed=True),
    column("document_id", INTEGER, "Document (id)", "Document (id)", "Dokument (id)"),
    column("kind", ColumnType(), "Kind", "Tip", "Rodzaj"),
    column("document", ColumnType(), "Document", "Document", "Dokument", listed=True),
    column("date", DATE, "Date", "Data", "Data", listed=True),
    column("account", ColumnType(), "Account", "Partener", "Kontrahent", listed=True),
    column("lines", ColumnType(), "Lines", "Linii", "Pozycje"),
    _money("gross", "Gross", "Total", "Brutto"),
    _money("vat", "VAT taken off", "TVA scăzut", "Odjęty VAT", listed=True),
    _money("net", "Net", "Fără TVA", "Netto", listed=True),
    column("net_currency", CURRENCY, "Net currency", "Moneda netă", "Waluta netto", listed=True),
    column("document_rate", RATE, "Document rate", "Cursul documentului", "Kurs dokumentu"),
    column("rate", RATE, "Campaign rate", "Cursul campaniei", "Kurs kampanii", listed=True),
    column("share", QUANTITY, "Share %", "Cota %", "Udział %", listed=True),
    column("month", ColumnType(), "Month", "Luna", "Miesiąc"),
    _money("amount", "Amount", "Valoare", "Wartość", listed=True),
    column("currency", CURRENCY, "Currency", "Monedă", "Waluta", listed=True),
    column("reason", ColumnType(), "Reason", "Motiv", "Powód", listed=True),
)
SUGGESTIONS = _report(
    "suggestion",
    *CAMPAIGN[:2],
    column("document_id", INTEGER, "Invoice (id)", "Factura (id)", "Faktura (id)", listed=True),
    column("document", ColumnType(), "Invoice", "Factura", "Faktura", listed=True),
    column("date", DATE, "Date", "Data", "Data", listed=True),
    column("contract", ColumnType(), "Contract", "Contract", "Umowa", listed=True),
    _money("net", "Net", "Fără TVA", "Netto", listed=True),
    column("net_currency", CURRENCY, "Net currency", "Moneda netă", "Waluta netto", listed=True),
    column("month", ColumnType(), "Month", "Luna", "Miesiąc", listed=True),
    column("first_month", ColumnType(), "First month", "Prima lună", "Pierwszy miesiąc"),
    column("last_month", ColumnType(), "Last month", "Ultima lună", "Ostatni miesiąc"),
)
