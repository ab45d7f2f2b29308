"""The rules of interactions: every communication with a partner has one form (R172)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from crm_cli.errors import Conflict, InvalidData
from schema.contact import Contact

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    if interaction.at > origin.now:
        raise InvalidData(
            "An interaction lies in the past.", hint="`crm task add` is for what is to come."
        )
    interaction.employee_id = interaction.employee_id or session.info["person_id"]
    if interaction.contact_id is not None:
        _settle_contact(session, interaction, interaction.contact_id)
    if interaction.account_id is None and interaction.contact_id is None:
        raise InvalidData("An interaction needs an account or a contact.", hint="--account REF")


def _settle_contact(session: Session, interaction: Interaction, contact_id: int) -> None:
    contact = session.get_one(Contact, contact_id)
    if interaction.account_id is None:
        interaction.account_id = contact.account_id
    elif contact.account_id not in {None, interaction.account_id}:
        raise Conflict(
            f"{contact.name} is a contact of another account.",
            hint=f"crm contact show {contact_id}",
        )
