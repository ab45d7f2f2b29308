"""What the documents of campaigns add up to: SQL shared by the job and by `campaign returns`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.campaign_states import COUNTING, ENTERED

if TYPE_CHECKING:
    from schema.dialect import Dialect

REVENUE = ("accepted", "contracts", "invoiced", "indicator", "received")
FIGURES = ("cost", *REVENUE)
"""The stored figures; a document is in none, one or two of them."""

WHEN = {
    "cost": "l.role = 'cost'",
    "accepted": "d.kind = 'order'",
    "contracts": "d.kind = 'contract'",
    "invoiced": "d.kind = 'invoice'",
    "indicator": "d.kind = 'invoice' AND l.is_indicator",
    "received": "d.kind = 'receipt'",
}
"""Figure -> which documents are in it; `l` is the link and `d` the document."""


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


COUNTS = " OR ".join(
    [
        f"d.status IN ({_listed(ENTERED)})",
        *(
            f"(d.kind = '{kind}' AND d.status IN ({_listed(states)}))"
            for kind, states in COUNTING.items()
        ),
    ]
)
"""Whether a document is in a state in which it counts; one reversed counts with its reverse."""

MARKED = "SELECT campaign_id FROM campaign_mark"


def by_month(dialect: Dialect, condition: str) -> str:
    """Campaign, month and figures, from the documents of campaigns that meet a condition."""
    return _summed(dialect.month_of("l.counted_on"), condition)


def by_day(condition: str) -> str:
    """Campaign, day and figures, from the documents of campaigns that meet a condition."""
    return _summed("l.counted_on", condition)


def _summed(slot: str, condition: str) -> str:
    sums = ", ".join(
        f"SUM(CASE WHEN {WHEN[figure]} THEN l.amount ELSE 0 END) AS {figure}" for figure in FIGURES
    )
    return (
        f"SELECT l.campaign_id, {slot} AS slot, {sums}"  # noqa: S608 - declared SQL only
        " FROM campaign_link l JOIN document d ON d.id = l.document_id"
        f" WHERE ({COUNTS}) AND {condition} GROUP BY l.campaign_id, {slot}"
    )


def current(dialect: Dialect, condition: str) -> str:
    """The same as `by_month`, stored where nothing changed since and computed where it did."""
    figures = ", ".join(FIGURES)
    return (
        f"SELECT l.campaign_id, l.month AS slot, {figures} FROM campaign_return l"  # noqa: S608
        f" WHERE l.campaign_id NOT IN ({MARKED}) AND {condition} UNION ALL "
        + by_month(dialect, f"l.campaign_id IN ({MARKED}) AND {condition}")
    )


def interactions(slot: str, condition: str) -> str:
    """Campaign, time and cost of interactions: their own, else the campaign's unit cost (R108)."""
    return (
        f"SELECT i.campaign_id, {slot} AS slot,"  # noqa: S608 - declared SQL only
        " COALESCE(i.cost, l.interaction_cost, 0) AS interaction_cost"
        " FROM interaction i JOIN (SELECT id AS campaign_id, interaction_cost FROM campaign) l"
        " ON l.campaign_id = i.campaign_id"
        f" WHERE i.archived_at IS NULL AND {condition}"
    )
