"""Campaigns of a file with their members: one row for each member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Identity, Part, Plan, Unfit
from crm_cli.services.campaigns import linking
from crm_cli.services.campaigns.rules import complete, first_status
from crm_cli.services.rates import base_currency
from crm_cli.views.campaigns import CAMPAIGN
from crm_cli.views.nesting import MEMBERS, nested
from schema.campaign import Campaign, CampaignLink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Steps, Values


def campaign_plan() -> Plan:
    """How rows become a campaign and the accounts it is aimed at."""
    work = _Work()
    return Plan(
        noun="campaign",
        own="campaign",
        shown=nested(CAMPAIGN).columns,
        grouped=True,
        parts=(
            part_of(CAMPAIGN),
            Part(
                name="member",
                entity_path="schema.campaign:CampaignMember",
                columns=MEMBERS,
                identities=(Identity(("campaign_id", "account_id"), unique=True),),
                links={"campaign_id": "campaign"},
                optional=True,
            ),
        ),
        settling=lambda session: work.begin(session).settle,
        finishing=work.finish,
    )


class _Work:
    """Fits campaigns to the company, and their documents to campaigns that changed."""

    def __init__(self) -> None:
        self._lengthened: list[int] = []

    def begin(self, session: Session) -> _Work:
        """Read what all campaigns share."""
        self._session = session
        self._home: str = session.info["place"].country
        self._defaults = {
            "currency": base_currency(session),
            "status_id": first_status(session),
        }
        return self

    def settle(self, steps: Steps) -> None:
        """Fill in currency and status; check what depends on the campaign there is."""
        step = steps["campaign"][0]
        now, values = step.now or {}, step.given.checked
        complete(now, dict(values), self._home)
        for name, default in self._defaults.items():
            if not now or name in values:
                values[name] = values.get(name) or default
        if now:
            self._check(now, values)
        _check_members(steps, {**now, **values})

    def finish(self, session: Session) -> None:
        """Value the documents of campaigns anew that are valid for longer or shorter."""
        for number in self._lengthened:
            linking.revalue(session, session.get_one(Campaign, number))
        session.flush()

    def _check(self, now: Mapping[str, Any], values: Values) -> None:
        if values.get("months", now["months"]) != now["months"]:
            self._lengthened.append(now["id"])
        if values.get("currency", now["currency"]) != now["currency"]:
            links = select(CampaignLink.id).where(col(CampaignLink.campaign_id) == now["id"])
            if self._session.exec(links.limit(1)).first() is not None:
                raise Conflict(
                    "The campaign {name} has documents; its currency is fixed.",
                    hint="crm campaign links {id}",
                    name=now["name"],
                    id=now["id"],
                )


def _check_members(steps: Steps, campaign: Mapping[str, Any]) -> None:
    for step in steps["member"]:
        day = step.given.checked.get("responded_on")
        if day and day < campaign["start_on"]:
            start = campaign["start_on"]
            why = "An answer on {day} comes before the campaign began, on {start}."
            raise Unfit(step.given.row, InvalidData(why, day=day, start=start))
        if step.now is None and not step.given.checked.get("account_id"):
            why = "A member of a campaign is an account."
            raise Unfit(step.given.row, InvalidData(why))
