"""The rules of campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import inspect
from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services.campaigns import linking
from crm_cli.services.rates import base_currency
from crm_cli.values.sentences import Label
from crm_cli.views.campaigns import CAMPAIGN
from schema.campaign import Campaign, CampaignLink, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from schema.base import Record

AMOUNTS = ("estimated_cost", "estimated_revenue", "interaction_cost")


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the period, the validity and the amounts."""
    both = {**now, **values}
    start, end = both.get("start_on"), both.get("end_on")
    if start and end and end < start:
        raise InvalidData("The end {end} lies before the start {start}.", start=start, end=end)
    months = values.get("months")
    if months is not None and not 1 <= months <= 1200:
        raise InvalidData("A campaign is valid for 1 to 1200 months, not {months}.", months=months)
    for name in AMOUNTS:
        if (values.get(name) or 0) < 0:
            label, amount = Label(CAMPAIGN.by_name[name].labels), values[name]
            raise InvalidData("The {label} is not negative: {amount}.", label=label, amount=amount)
    return values


def settle(session: Session, record: Record) -> None:
    """Fill in currency and status; keep the links in step with currency and validity."""
    campaign = cast("Campaign", record)
    campaign.currency = campaign.currency or base_currency(session)
    campaign.status_id = campaign.status_id or first_status(session)
    if campaign.id is None:
        return
    if _changed(campaign, "currency") and _is_linked(session, campaign.id):
        raise Conflict(
            f"The campaign {campaign.name} has documents; its currency is fixed.",
            hint=f"crm campaign links {campaign.id}",
        )
    if _changed(campaign, "months"):
        linking.revalue(session, campaign)


def first_status(session: Session) -> int | None:
    """The status a campaign begins with."""
    return session.exec(
        select(Status.id)
        .where(col(Status.archived_at).is_(None))
        .order_by(col(Status.position), col(Status.id))
    ).first()


def _is_linked(session: Session, campaign_id: int) -> bool:
    links = select(CampaignLink.id).where(col(CampaignLink.campaign_id) == campaign_id)
    return session.exec(links.limit(1)).first() is not None


def _changed(campaign: Campaign, name: str) -> bool:
    return bool(inspect(campaign).attrs[name].history.has_changes())
