"""Every document behind the figures of campaigns, with what was done to its amount and why."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crm_cli.reports.campaign_columns import EXPLANATION
from crm_cli.reports.campaign_sums import company_day
from crm_cli.views.campaign_figures import COUNTS, WHEN
from crm_cli.views.table import Table
from crm_cli.views.types import DATE, MONEY, QUANTITY, RATE

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.months import Period

Values = dict[str, Any]
DOCUMENTS = """
SELECT l.campaign_id, c.name, l.document_id, d.kind, d.label, d.status, d.dated_on, a.name,
  d.gross, d.vat, d.net, d.currency, d.rate, l.rate, l.share, l.month, l.counted_on, l.amount,
  c.currency, l.origin, d.is_subscription, source.kind, source.label, payment.amount, {figure}
FROM campaign_link l
JOIN campaign c ON c.id = l.campaign_id
JOIN document d ON d.id = l.document_id
JOIN account a ON a.id = d.account_id
LEFT JOIN document_source payment ON payment.id = (
  SELECT min(w.id) FROM document_source w JOIN campaign_link x ON x.document_id = w.source_id
  WHERE w.document_id = l.document_id AND x.campaign_id = l.campaign_id
    AND (d.reverses_id IS NULL OR d.kind = 'receipt' OR w.source_id = d.reverses_id))
LEFT JOIN document source ON source.id = payment.source_id
WHERE {condition}
ORDER BY l.campaign_id, l.role, l.counted_on, l.document_id"""
FIELDS = (
    *("id", "campaign", "document_id", "kind", "document", "status", "date", "account"),
    *("gross", "vat", "net", "net_currency", "document_rate", "rate", "share", "month"),
    *("counted_on", "amount", "currency", "origin", "subscription"),
    *("source_kind", "source", "paid", "figure"),
)
TYPES = {
    **dict.fromkeys(("gross", "vat", "net", "amount", "paid"), MONEY),
    **dict.fromkeys(("document_rate", "rate"), RATE),
    **dict.fromkeys(("date", "counted_on"), DATE),
    "share": QUANTITY,
}
LINES = """
SELECT n.document_id, n.position, n.text, n.net FROM document_line n
WHERE n.is_chapter = {false} AND n.document_id IN (
  SELECT l.document_id FROM campaign_link l WHERE {condition})
ORDER BY n.document_id, n.position"""
INTERACTIONS = """
SELECT i.campaign_id, c.name, i.kind, i.subject, {day}, a.name,
  COALESCE(i.cost, c.interaction_cost, 0), c.currency, i.cost IS NULL
FROM interaction i JOIN campaign c ON c.id = i.campaign_id JOIN account a ON a.id = i.account_id
WHERE i.archived_at IS NULL AND {condition} ORDER BY i.campaign_id, i.at, i.id"""


def explain(
    reader: Reader, *, campaign_id: int | None = None, period: Period | None = None
) -> Table:
    """A row for each document in each figure, those that do not count yet too."""
    condition = "1 = 1" if campaign_id is None else "l.campaign_id = ?"
    bound = () if campaign_id is None else (campaign_id,)
    lines = _lines(reader, condition, bound)
    sql = DOCUMENTS.format(figure=_figure(), condition=condition)
    rows = []
    for row in reader.all(sql, bound):
        values = dict(zip(FIELDS, row, strict=True))
        values |= {name: kind.load(values[name]) for name, kind in TYPES.items()}
        values["lines"] = "; ".join(lines[values["document_id"]])
        if _within(values, period):
            rows += _of_document(values)
    rows += _interactions(reader, condition.replace("l.", "i."), bound)
    names = [column.name for column in EXPLANATION.columns]
    return Table(EXPLANATION.columns, [[row.get(name) for name in names] for row in rows])


def _figure() -> str:
    """The figures a document is in, as one word; the indicator is added to invoiced."""
    cases = "".join(
        f" WHEN {WHEN[figure]} THEN '{figure}'"
        for figure in ("cost", "indicator", "accepted", "contracts", "invoiced", "received")
    )
    return f"CASE WHEN NOT ({COUNTS}) THEN '' {cases} ELSE '' END"


def _lines(reader: Reader, condition: str, bound: tuple[Any, ...]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for number, position, text, net in reader.all(
        LINES.format(condition=condition, false="false"), bound
    ):
        found[number].append(f"{position} {text} {MONEY.load(net)}")
    return found


def _within(values: Values, period: Period | None) -> bool:
    """Whether a row belongs to a period; costs always do (R112)."""
    if period is None or values["figure"] == "cost":
        return True
    day = values["counted_on"]
    return (period.start is None or day >= period.start) and (
        period.end is None or day <= period.end
    )


def _of_document(values: Values) -> list[Values]:
    """One row, or two for an invoice that is also in the return indicator."""
    if values["figure"] == "received":
        # A receipt has no VAT of its own: what is taken off is the VAT of the invoice it pays.
        values |= {"gross": values["paid"], "vat": None, "net": None}
    values["month"] = values["month"] or f"{values['counted_on']:%Y-%m}"
    figures = {"indicator": ("invoiced", "indicator"), "": (None,)}
    return [
        {**values, "figure": figure, "reason": _reason(values, figure)}
        for figure in figures.get(values["figure"], (values["figure"],))
    ]


def _reason(values: Values, figure: str | None) -> str:
    if figure is None:
        return f"does not count while it is {values['status']}"
    if figure == "indicator":
        return f"subscription invoice linked to {values['month']}"
    source = f"{(values['source_kind'] or '').replace('_', ' ')} {values['source'] or ''}".strip()
    if values["origin"] == "source":
        verb = VERBS.get((values["kind"], values["source_kind"]), "reverses")
        return f"{verb} {source}, which counts"
    if values["origin"] == "campaign":
        return "carries the campaign"
    return f"linked by hand as {'cost' if figure == 'cost' else 'revenue'}"


VERBS = {
    ("invoice", "order"): "issued from",
    ("invoice", "contract"): "issued from",
    ("receipt", "invoice"): "pays",
}


def _interactions(reader: Reader, condition: str, bound: tuple[Any, ...]) -> list[Values]:
    sql = INTERACTIONS.format(day=company_day(reader, "i.at"), condition=condition)
    condition_met = []
    for number, campaign, kind, subject, day, account, cost, currency, by_unit in reader.all(
        sql.replace("AND 1 = 1", "AND i.campaign_id IS NOT NULL"), bound
    ):
        condition_met.append(
            {
                "id": number,
                "campaign": campaign,
                "figure": "interaction_cost",
                "kind": kind,
                "document": subject,
                "date": DATE.load(day),
                "account": account,
                "amount": MONEY.load(cost),
                "currency": currency,
                "reason": "unit cost of the campaign" if by_unit else "cost of the interaction",
            }
        )
    return condition_met
