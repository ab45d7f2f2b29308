"""Subscription invoices that could be linked to a campaign, and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.reports.campaign_columns import SUGGESTIONS
from crm_cli.values.days import add_months
from crm_cli.views.table import Table
from crm_cli.views.types import DATE, MONEY

if TYPE_CHECKING:
    from crm_cli.reader import Reader

LIVE = "d.kind = 'invoice' AND d.status = 'posted' AND d.reverses_id IS NULL"
CANDIDATES = f"""
SELECT c.id, c.name, c.months, d.id, d.label, d.dated_on, k.label, d.net, d.currency,
  (SELECT min(d.dated_on) FROM document_source f JOIN document d ON d.id = f.document_id
   WHERE f.source_id = k.id AND {LIVE})
FROM campaign_link l
JOIN campaign c ON c.id = l.campaign_id
JOIN document k ON k.id = l.document_id AND k.kind = 'contract' AND k.is_subscription = true
JOIN document_source w ON w.source_id = k.id
JOIN document d ON d.id = w.document_id AND {LIVE}
WHERE {{condition}} AND NOT EXISTS (
  SELECT 1 FROM campaign_link x
  WHERE x.campaign_id = c.id AND x.document_id = d.id AND x.is_indicator = true)
ORDER BY c.id, d.dated_on, d.id"""  # noqa: S608 - declared SQL only


def suggest(reader: Reader, *, campaign_id: int | None = None) -> Table:
    """Invoices of linked subscriptions in months that may count for the return indicator."""
    condition = "1 = 1" if campaign_id is None else "l.campaign_id = ?"
    bound = () if campaign_id is None else (campaign_id,)
    rows = reader.all(CANDIDATES.format(condition=condition), bound)
    found = (_suggestion(*row) for row in rows)
    names = [column.name for column in SUGGESTIONS.columns]
    return Table(
        SUGGESTIONS.columns,
        [
            [values[name] for name in names]
            for values in found
            if values["month"] <= values["last_month"]
        ],
    )


def _suggestion(*row: Any) -> dict[str, Any]:
    number, campaign, months, document_id, label, day, contract, net, currency, first = row
    begins = DATE.load(first)
    date = DATE.load(day)
    if begins is None or date is None:
        raise ValueError("an invoice without a date")
    return {
        "id": number,
        "campaign": campaign,
        "document_id": document_id,
        "document": label,
        "date": date,
        "contract": contract,
        "net": MONEY.load(net),
        "net_currency": currency,
        "month": f"{date:%Y-%m}",
        "first_month": f"{begins:%Y-%m}",
        "last_month": f"{add_months(begins.replace(day=1), months - 1):%Y-%m}",
    }
