"""Advancing a lead: its responsibility, its account, and by setting its opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from crm_cli.errors import InvalidData
from crm_cli.services import constants, leads, responsibilities
from schema.account import Account

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.services.responsibilities import Outcome
    from schema.lead import Lead
    from schema.opportunity import Opportunity

STAGES = {"quoting": "quoting", "contracting": "negotiation"}
"""Responsibility that opens -> stage its opportunity is moved to."""


def advance(session: Session, number: int, outcome: Outcome) -> Lead:
    """Close the open responsibility; after the last one the lead is won (R37, R43)."""
    lead = leads.get(session, number)
    following = responsibilities.advance(session, lead, outcome)
    if following is None:
        _win(session, lead)
    elif constants.typed(session, "lead.opportunity")["lead.opportunity"]:
        _follow(session, lead, following)
    session.flush()
    return lead


def refuse(session: Session, number: int, reason_id: int | None) -> Lead:
    """End a responsibility with a refusal (R41)."""
    if reason_id is None:
        raise InvalidData("A refused lead needs a reason.", hint="crm reason list")
    lead = leads.refuse(session, number, reason_id)
    if _open_opportunity(session, lead) and lead.opportunity_id:
        from crm_cli.services import opportunities

        step = opportunities.Step(reason_ids=(reason_id,))
        opportunities.lose(session, lead.opportunity_id, step)
    return lead


def _win(session: Session, lead: Lead) -> None:
    leads.enter(lead, "win")
    lead.closed_at = session.info["origin"].now
    leads.relate(session.get_one(Account, lead.account_id), "customer", instead_of="lead")
    session.flush()
    opportunity = _open_opportunity(session, lead)
    if opportunity is not None:
        _move(session, opportunity, "won")


def _follow(session: Session, lead: Lead, following: str) -> None:
    """By setting, the opportunity of a lead moves with it from quoting on."""
    if following not in STAGES:
        return
    opportunity = _open_opportunity(session, lead)
    if opportunity is None:
        from crm_cli.services import opportunities

        account = session.get_one(Account, lead.account_id)
        opportunity = opportunities.add(
            session,
            {
                "name": account.name,
                "account_id": account.key,
                "contact_id": lead.contact_id,
                "owner_id": lead.owner_id,
                "campaign_id": lead.campaign_id,
            },
            lead_id=lead.key,
        )
    _move(session, opportunity, STAGES[following])


def _open_opportunity(session: Session, lead: Lead) -> Opportunity | None:
    if lead.opportunity_id is None:
        return None
    from schema.opportunity import Opportunity

    found = session.get(Opportunity, lead.opportunity_id)
    return found if found is not None and found.status == "open" else None


def _move(session: Session, opportunity: Opportunity, code: str) -> None:
    """Move where the opportunity's own cycle has such a stage."""
    from crm_cli.services import opportunities
    from schema.catalogue import Stage

    stage = session.exec(
        select(Stage).where(Stage.cycle_id == opportunity.cycle_id, Stage.code == code)
    ).first()
    if stage is not None and stage.id != opportunity.stage_id:
        step = opportunities.Step(stage_id=stage.key, without_document=True)
        opportunities.advance(session, opportunity.key, step)
