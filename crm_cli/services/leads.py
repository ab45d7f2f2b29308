"""Leads: adding, activating, contacting, refusing and taking them up again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import records, responsibilities
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.contacts import CONTACT
from crm_cli.views.leads import LEAD
from schema.account import Account
from schema.lead import Lead
from schema.lead_states import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlmodel import Session


@dataclass(frozen=True, kw_only=True)
class NewLead:
    """What `lead add` takes: values of the account, of the person and of the lead itself."""

    account: dict[str, Any]
    contact: dict[str, Any] = field(default_factory=dict)
    lead: dict[str, Any] = field(default_factory=dict)
    competitor_ids: Sequence[int] = ()


def add(session: Session, new: NewLead) -> Lead:
    """Add a lead to the account with the same tax id or e-mail, else to a new account (R20)."""
    account = _find_account(session, new.account)
    if account is None:
        values = {**new.account, "relations": ("lead",)}
        account = session.get_one(Account, records.add(session, ACCOUNT, values))
    else:
        _refuse_second(session, account)
        relate(account, "lead")
        filled = {
            name: value for name, value in new.account.items() if _is_news(account, name, value)
        }
        if filled:
            records.edit(session, ACCOUNT, [account.key], filled)
    contact_id = _contact(session, account, new.contact)
    lead = Lead(account_id=account.key, contact_id=contact_id, **new.lead)
    session.add(lead)
    for competitor_id in new.competitor_ids:
        _compete(session, account, competitor_id)
    records.flush(session, LEAD)
    return lead


def edit(
    session: Session, ids: Sequence[int], values: Mapping[str, Any], account: Mapping[str, Any]
) -> None:
    """Change leads, and what they show of their accounts."""
    if values:
        owners = {number: get(session, number).owner_id for number in ids}
        records.edit(session, LEAD, ids, values)
        for number, owner_id in owners.items():
            lead = get(session, number)
            if lead.owner_id not in {None, owner_id}:
                responsibilities.hand_over(session, lead)
    if account:
        accounts = [get(session, number).account_id for number in ids]
        records.edit(session, ACCOUNT, accounts, account)
    if not values and not account:
        records.edit(session, LEAD, ids, {})


def get(session: Session, number: int) -> Lead:
    """A lead, locked until the end of the transaction."""
    return session.get_one(Lead, records.get(session, LEAD, number).key)


def activate(session: Session, number: int, start: responsibilities.Start) -> Lead:
    """Begin the pursuit: opens the first responsibility, as a task of the owner (R31, R32, R34)."""
    lead = get(session, number)
    enter(lead, "activate")
    lead.owner_id, lead.priority = start.owner_id, start.priority or lead.priority
    lead.first_contact_at = start.first_contact_at
    lead.activated_at = session.info["origin"].now
    session.flush()
    responsibilities.begin(session, lead, start)
    return lead


def contacted(session: Session, number: int, at: datetime, summary: str | None) -> Lead:
    """Record one more moment at which the lead was contacted (R36)."""
    lead = get(session, number)
    if lead.status != "active":
        raise Conflict(f"Lead {number} is {lead.status}.", hint=f"crm lead activate {number}")
    if at > session.info["origin"].now:
        raise InvalidData(
            "A contact lies in the past.", hint="`crm task add` is for what is to come."
        )
    from schema.interaction import Interaction
    from schema.lead_contact_date import LeadContactDate

    session.add(LeadContactDate(lead_id=number, contacted_at=at, summary=summary))
    session.add(
        Interaction(
            kind="call",
            direction="out",
            at=at,
            account_id=lead.account_id,
            contact_id=lead.contact_id,
            employee_id=session.info["person_id"],
            lead_id=number,
            campaign_id=lead.campaign_id,
            subject=summary or "Contacted",
        )
    )
    if summary:
        responsibilities.of(session, lead).summary = summary
    session.flush()
    return lead


def refuse(session: Session, number: int, reason_id: int) -> Lead:
    """Give a lead up, for a reason of the catalogue; its account stays a prospect (R41)."""
    lead = get(session, number)
    was_active = lead.status == "active"
    enter(lead, "refuse")
    lead.reason_id, lead.closed_at = reason_id, session.info["origin"].now
    if was_active:
        responsibilities.close(session, lead, "refused", None)
    relate(session.get_one(Account, lead.account_id), "prospect", instead_of="lead")
    session.flush()
    return lead


def reopen(session: Session, number: int) -> Lead:
    """Take a refused lead up again where it was left."""
    lead = get(session, number)
    enter(lead, "reopen")
    account = session.get_one(Account, lead.account_id)
    _refuse_second(session, account, but=lead.key)
    if lead.activated_at is None:
        lead.status = "inactive"
    lead.reason_id = lead.closed_at = None
    relate(account, "lead", instead_of="prospect")
    records.flush(session, LEAD)
    if lead.status == "active":
        responsibilities.resume(session, lead)
    return lead


def enter(lead: Lead, step: str) -> None:
    """Take a step; raises Conflict with the way there from the state it is in."""
    origins, target = TRANSITIONS[step]
    if lead.status not in origins:
        hints = {
            "inactive": f"crm lead activate {lead.id} --owner EMPLOYEE --first-contact WHEN",
            "active": f"crm lead advance {lead.id}",
            "refused": f"crm lead reopen {lead.id}",
        }
        raise Conflict(f"Lead {lead.id} is {lead.status}.", hint=hints.get(lead.status))
    lead.status = target


def relate(account: Account, relation: str, *, instead_of: str | None = None) -> None:
    """Add a relation to an account; a customer stays one whatever becomes of a lead."""
    kept = {word for word in account.relations if word != instead_of}
    account.relations = tuple(sorted({*kept, relation}))


def _find_account(session: Session, values: Mapping[str, Any]) -> Account | None:
    """The living account with this tax id in its country, else with this e-mail."""
    from crm_cli.services.accounts import complete

    known = complete({}, {name: value for name, value in values.items() if value}, _home(session))
    alive = (col(Account.archived_at).is_(None), col(Account.merged_into_id).is_(None))
    if known.get("tax_digits"):
        same = select(Account).where(
            Account.tax_digits == known["tax_digits"], Account.country == known["country"], *alive
        )
        if found := session.exec(same).first():
            return found
    if known.get("email"):
        return session.exec(select(Account).where(Account.email == known["email"], *alive)).first()
    return None


def _home(session: Session) -> str:
    home: str = session.info["place"].country
    return home


def _refuse_second(session: Session, account: Account, *, but: int = 0) -> None:
    status = col(Lead.status).in_(("inactive", "active"))
    opened = session.exec(
        select(Lead.id).where(
            Lead.account_id == account.id,
            Lead.id != but,
            status,
            col(Lead.archived_at).is_(None),
        )
    ).first()
    if opened is not None:
        raise Conflict(
            f"{account.name} has an open lead already, number {opened}.",
            hint=f"crm lead show {opened}",
        )


def _is_news(account: Account, name: str, value: Any) -> bool:
    """Only gaps are filled: what we know of an account is not overwritten by a lead."""
    return value is not None and getattr(account, name) in {None, ""} and name != "country"


def _contact(session: Session, account: Account, values: dict[str, Any]) -> int | None:
    """The person of the lead: one of the account's with the same name or e-mail, else new."""
    if not values.get("name"):
        return None
    from crm_cli.values.text import fold_name
    from schema.contact import Contact

    known = session.exec(
        select(Contact.id).where(
            Contact.account_id == account.id, Contact.name_folded == fold_name(values["name"])
        )
    ).first()
    return known or records.add(session, CONTACT, {**values, "account_id": account.key})


def _compete(session: Session, account: Account, competitor_id: int) -> None:
    if competitor_id == account.id:
        raise InvalidData(f"{account.name} cannot be its own competitor.")
    from schema.competitor import Competitor

    known = session.exec(
        select(Competitor.id).where(
            Competitor.account_id == account.id, Competitor.competitor_id == competitor_id
        )
    ).first()
    if known is None:
        session.add(Competitor(account_id=account.key, competitor_id=competitor_id))
