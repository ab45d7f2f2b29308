"""What a document is worth for a campaign: without VAT, in the campaign's currency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from crm_cli.services.documents.totals import EXACT, checked
from crm_cli.services.rates import rate_on
from crm_cli.values.numbers import half_up
from schema.document import Document

if TYPE_CHECKING:
    from sqlmodel import Session

    from schema.campaign import Campaign

HUNDRED = WHOLE = Decimal(100)
"""The share of a document that belongs to one campaign alone."""


@dataclass(frozen=True)
class Worth:
    """An amount in the campaign's currency, that currency's rate, and the day it counts on."""

    rate: Decimal
    amount: Decimal
    counted_on: date


def of_document(
    session: Session,
    campaign: Campaign,
    document: Document,
    *,
    share: Decimal,
    month: str | None = None,
) -> Worth:
    """The share of a document; a subscription contract counts for all its months (R104)."""
    net = document.net * contract_months(document, campaign.months)
    worth = of_net(session, campaign, document, net=net, share=share)
    if month is None or month == f"{document.dated_on:%Y-%m}":
        return worth
    return replace(worth, counted_on=date.fromisoformat(f"{month}-01"))


def of_net(
    session: Session, campaign: Campaign, document: Document, *, net: Decimal, share: Decimal
) -> Worth:
    """A share of a net: to the base currency at the document's rate, from there at its date's."""
    rate = campaign_rate(session, campaign, document)
    exact = EXACT.divide(
        EXACT.multiply(EXACT.multiply(net, document.rate), share), EXACT.multiply(rate, HUNDRED)
    )
    return Worth(rate, checked(half_up(exact, 2)), document.dated_on)


def campaign_rate(session: Session, campaign: Campaign, document: Document) -> Decimal:
    """What one unit of the campaign's currency is worth in the base currency for a document.

    A document in that same currency keeps its own rate, so that nothing is converted; one that
    reverses another keeps the other's date, so that the two cancel each other out.
    """
    if document.currency == campaign.currency:
        return document.rate
    reversed_id = document.reverses_id
    day = session.get_one(Document, reversed_id).dated_on if reversed_id else document.dated_on
    return rate_on(session, campaign.currency, day)[0]


def contract_months(document: Document, open_months: int) -> int:
    """How many times the lines of a document are due: once, or in each month of a subscription."""
    if document.kind != "contract" or not document.is_subscription:
        return 1
    if document.ends_on is None:
        return open_months
    return months_begun(document.starts_on or document.dated_on, document.ends_on)


def months_begun(start: date, end: date) -> int:
    """The months a period takes, the last one counted whole."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months + (1 if end.day >= start.day else 0)
