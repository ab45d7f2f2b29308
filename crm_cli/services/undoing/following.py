"""Letting what is computed from records be computed again after many of them changed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crm_cli.services import leaves
from crm_cli.services.campaigns import marks
from crm_cli.services.reminders import changes
from crm_cli.services.undoing.trail import in_portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlmodel import Session

REMINDING = {"employee", "holiday", "leave", "setting"}
"""Entities on which the moments of all reminders depend."""


@contextmanager
def followed(session: Session, touched: Mapping[str, Collection[int]]) -> Iterator[None]:
    """Renew what depends on these records of entities, which change inside."""
    before = changes.rules(session) if REMINDING.intersection(touched) else None
    yield
    session.info.pop("constants", None)
    if before is not None:
        changes.reschedule(session, before)
    for portion in in_portions(touched.get("task", ())):
        changes.resume(session, portion)
    if "leave" in touched:
        leaves.refuse_overlaps(session)
    if any(name.startswith(("campaign", "document")) for name in touched):
        marks.mark_all(session)
