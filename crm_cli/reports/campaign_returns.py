"""What campaigns cost and what they return: whole, in a period, by month."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.reports.campaign_columns import MONTHLY_RETURNS, PERIOD_RETURNS, RETURNS
from crm_cli.reports.campaign_opportunities import Pursuits
from crm_cli.reports.campaign_sums import NO_SUMS, read_sums
from crm_cli.values.numbers import half_up
from crm_cli.views.campaign_figures import FIGURES, REVENUE
from crm_cli.views.table import Table
from crm_cli.views.types import MONEY

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.months import Period
    from crm_cli.views.types import Place
    from crm_cli.views.view import View

Values = dict[str, Any]
EXACT = Context(prec=60)
COUNTED = (*FIGURES, "interaction_cost")
CAMPAIGNS = """
SELECT c.id, c.name, c.currency, c.estimated_cost, c.estimated_revenue,
  (SELECT COUNT(*) FROM campaign_member m WHERE m.campaign_id = c.id),
  (SELECT COUNT(m.responded_on) FROM campaign_member m WHERE m.campaign_id = c.id)
FROM campaign c WHERE {condition} ORDER BY c.id"""
ESTIMATED = ("estimated_cost", "estimated_revenue")
CAMPAIGN_FIELDS = ("id", "campaign", "currency", *ESTIMATED, "members", "responded")


def returns(
    reader: Reader, place: Place, *, campaign_id: int | None = None, period: Period | None = None
) -> tuple[Table, list[str]]:
    """A row for each campaign, or for one, and warnings; a period stands beside the whole."""
    view = PERIOD_RETURNS if period else RETURNS
    sums = {row["campaign_id"]: row for row in read_sums(reader, campaign_id, period)}
    pursuits = Pursuits(reader, place, campaign_id)
    rows = []
    for campaign in _campaigns(reader, campaign_id):
        values = campaign | sums.get(campaign["id"], NO_SUMS)
        values |= pursuits.of(campaign["id"], campaign["currency"])
        _conclude(values)
        _divide(values)
        if period:
            _conclude(values, "period_")
            values |= {"from": period.start, "to": period.end}
        rows.append(values)
    return _table(view, rows, single=campaign_id is not None), pursuits.warnings


def monthly(
    reader: Reader, *, campaign_id: int | None = None, period: Period | None = None
) -> Table:
    """A row for each campaign and month; outside a period only the costs are left."""
    campaigns = {campaign["id"]: campaign for campaign in _campaigns(reader, campaign_id)}
    rows = []
    for sums in read_sums(reader, campaign_id, period, monthly=True):
        if period:
            sums |= {name: sums[f"period_{name}"] for name in REVENUE}
        if sums["campaign_id"] in campaigns and any(sums[name] for name in COUNTED):
            _conclude(sums)
            rows.append({**campaigns[sums["campaign_id"]], **sums})
    return _table(MONTHLY_RETURNS, rows)


def _campaigns(reader: Reader, campaign_id: int | None) -> list[Values]:
    condition = "c.archived_at IS NULL" if campaign_id is None else "c.id = ?"
    parameters = () if campaign_id is None else (campaign_id,)
    found = []
    for row in reader.all(CAMPAIGNS.format(condition=condition), parameters):
        values = dict(zip(CAMPAIGN_FIELDS, row, strict=True))
        found.append(values | {name: MONEY.load(values[name]) for name in ESTIMATED})
    return found


def _conclude(values: Values, scope: str = "") -> None:
    """Total cost, profit and return on investment: of all revenue, or of that of a period."""
    values["total_cost"] = values["cost"] + values["interaction_cost"]
    values[f"{scope}profit"] = values[f"{scope}invoiced"] - values["total_cost"]
    values[f"{scope}roi"] = _ratio(values[f"{scope}profit"], values["total_cost"])


def _divide(values: Values) -> None:
    """What stands against the total cost, and what it comes to for each answer and sale."""
    cost = values["total_cost"]
    values["contract_return"] = _ratio(values["contracts"], cost)
    values["cost_per_response"] = _ratio(cost, values["responded"], 2)
    values["cost_per_sale"] = _ratio(cost, values["won"], 2)


def _ratio(part: Decimal, whole: Decimal | int, places: int = 4) -> Decimal | None:
    return half_up(EXACT.divide(part, Decimal(whole)), places) if whole else None


def _table(view: View, rows: list[Values], *, single: bool = False) -> Table:
    names = [column.name for column in view.columns]
    return Table(view.columns, [[values[name] for name in names] for values in rows], single)
