"""The accounts a campaign is aimed at, their answers, and the opportunities made for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData, NotFound
from crm_cli.services import opportunities
from crm_cli.services.documents import numbering
from schema.account import Account
from schema.campaign import Campaign, CampaignMember

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel import Session

    from schema.catalogue import Series
    from schema.opportunity import Opportunity


def add(session: Session, campaign_id: int, account_ids: Sequence[int]) -> list[int]:
    """Aim a campaign at accounts; gives their memberships, those there were already too."""
    session.get_one(Campaign, campaign_id, with_for_update=True)
    there = {member.account_id: member for member in of(session, campaign_id)}
    new = [
        CampaignMember(campaign_id=campaign_id, account_id=number)
        for number in account_ids
        if number not in there
    ]
    session.add_all(new)
    session.flush()
    there |= {member.account_id: member for member in new}
    return [there[number].key for number in account_ids]


def of(session: Session, campaign_id: int) -> Sequence[CampaignMember]:
    """The members of a campaign."""
    return session.exec(
        select(CampaignMember)
        .where(col(CampaignMember.campaign_id) == campaign_id)
        .order_by(col(CampaignMember.id))
    ).all()


def chosen(
    session: Session, campaign_id: int, account_ids: Sequence[int], *, strict: bool = True
) -> list[int]:
    """The memberships of accounts; strict raises NotFound for one that is no member."""
    there = {member.account_id: member.key for member in of(session, campaign_id)}
    strangers = [number for number in account_ids if number not in there]
    if strict and strangers:
        account = session.get_one(Account, strangers[0])
        raise NotFound(
            f"{account.name} is no member of the campaign {campaign_id}.",
            hint=f"crm campaign member add {campaign_id} {account.id}",
        )
    return [there[number] for number in account_ids if number in there]


def remove(session: Session, member_ids: Sequence[int]) -> None:
    """Take members out of their campaign; opportunities made for them stay."""
    for number in member_ids:
        session.delete(session.get_one(CampaignMember, number))
    session.flush()


def respond(session: Session, campaign_id: int, account_id: int, day: date) -> int:
    """Note that a member answered; a later answer does not move the first one (R109)."""
    (number,) = chosen(session, campaign_id, [account_id])
    member = session.get_one(CampaignMember, number, with_for_update=True)
    start = session.get_one(Campaign, campaign_id).start_on
    if day < start:
        raise InvalidData(f"An answer on {day} comes before the campaign began, on {start}.")
    member.responded_on = min(member.responded_on or day, day)
    session.flush()
    return number


def generate(
    session: Session, campaign_id: int, *, series_id: int | None, owner_id: int | None
) -> list[int]:
    """Open an opportunity for each member that has none yet (R105)."""
    campaign = session.get_one(Campaign, campaign_id, with_for_update=True)
    series = numbering.chosen(session, series_id, "opportunity") if series_id else None
    waiting = session.exec(
        select(CampaignMember, Account)
        .join(Account, col(Account.id) == col(CampaignMember.account_id))
        .where(col(CampaignMember.campaign_id) == campaign_id)
        .where(col(CampaignMember.opportunity_id).is_(None))
        .order_by(col(CampaignMember.id))
    ).all()
    made = []
    for member, account in waiting:
        opened = _open(session, campaign, account, series, owner_id)
        member.opportunity_id = opened.key
        made.append(opened.key)
    session.flush()
    return made


def _open(
    session: Session,
    campaign: Campaign,
    account: Account,
    series: Series | None,
    owner_id: int | None,
) -> Opportunity:
    values: dict[str, Any] = {
        "name": f"{campaign.name}: {account.name}",
        "account_id": account.key,
        "campaign_id": campaign.key,
        "currency": campaign.currency,
    }
    if owner := owner_id or account.owner_id or campaign.owner_id:
        values["owner_id"] = owner
    if series is not None:
        values |= {"series_id": series.key, "number": _number(session, series)}
    return opportunities.add(session, values)


def _number(session: Session, series: Series) -> int:
    day = session.info["place"].today
    number = numbering.next_number(session, series, day)
    if number is None:
        raise Conflict(
            f"The series {series.code} has a number of a day after {day}.",
            hint="crm series list --where 'kind = opportunity'",
        )
    return number
