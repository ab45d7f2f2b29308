"""The rules of interactions: every communication with a partner has one form (R172)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from crm_cli.errors import Conflict, InvalidData
from schema.contact import Contact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from schema.base import Record
    from schema.interaction import Interaction


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check what can be checked without the database; it is a note unless it says otherwise."""
    if not now.get("kind") and not values.get("kind"):
        values["kind"] = "note"
    if (values.get("duration") or 0) < 0 or (values.get("cost") or 0) < 0:
        raise InvalidData("Duration and cost cannot be negative.")
    return values


def settle(session: Session, record: Record) -> None:
    """Fill in now and me, and the account of the contact; refuse a contact of another account."""
    interaction = cast("Interaction", record)
    origin = session.info["origin"]
    interaction.at = interaction.at or origin.now
    check_moment(interaction.at, origin.now)
    interaction.employee_id = interaction.employee_id or session.info["person_id"]
    contact = None
    if interaction.contact_id is not None:
        contact = session.get_one(Contact, interaction.contact_id)
    interaction.account_id = party(interaction.account_id, contact)


def check_moment(at: datetime, now: datetime) -> None:
    """Raise InvalidData for a moment that has not come."""
    if at > now:
        raise InvalidData(
            "An interaction lies in the past.", hint="`crm task add` is for what is to come."
        )


def party(account_id: int | None, contact: Contact | Row[Any, Any, Any] | None) -> int | None:
    """The account: the one given, else the contact's; raises where they contradict each other."""
    if contact is None:
        if account_id is None:
            raise InvalidData("An interaction needs an account or a contact.", hint="--account REF")
        return account_id
    if account_id is not None and contact.account_id not in {None, account_id}:
        raise Conflict(
            f"{contact.name} is a contact of another account.",
            hint=f"crm contact show {contact.id}",
        )
    return account_id or contact.account_id
