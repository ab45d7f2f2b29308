"""Letting what is computed from records be computed again after many of them changed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crm_cli.services import leaves
from crm_cli.services.campaigns import marks
from crm_cli.services.reminders import changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlmodel import Session

REMINDING = {"employee", "setting"}
"""Entities on which the moments of all reminders depend."""


@contextmanager
def followed(session: Session, entities: Collection[str]) -> Iterator[None]:
    """Renew what depends on records of these entities, which change inside."""
    before = changes.rules(session) if REMINDING.intersection(entities) else None
    yield
    session.info.pop("constants", None)
    if before is not None:
        changes.reschedule(session, before)
    if "leave" in entities:
        leaves.refuse_overlaps(session)
    if any(name.startswith(("campaign", "document")) for name in entities):
        marks.mark_all(session)
