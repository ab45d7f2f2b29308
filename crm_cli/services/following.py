"""Letting what is computed from records be computed again after many of them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.services import campaign_marks, leaves, reminders

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlmodel import Session

REMINDING = {"employee", "setting"}
"""Entities on which the moments of all reminders depend."""


def follow(session: Session, entities: Collection[str]) -> None:
    """Renew what depends on records of these entities."""
    if REMINDING.intersection(entities):
        reminders.reschedule(session)
    if "leave" in entities:
        leaves.refuse_overlaps(session)
    if any(name.startswith(("campaign", "document")) for name in entities):
        campaign_marks.mark_all(session)
