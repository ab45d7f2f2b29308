"""Storing the figures of campaigns whose documents changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from crm_cli.services.campaigns.marks import mark_all
from crm_cli.views.campaign_figures import FIGURES, by_month
from schema.base import UtcDateTime
from schema.dialect import DIALECTS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

# Marks are taken first and dropped last: one set meanwhile by another command stays for later.
TAKE = text("UPDATE campaign_mark SET is_taken = true")
TAKE_SOME = text("""
UPDATE campaign_mark SET is_taken = true WHERE campaign_id IN (
  SELECT campaign_id FROM campaign_mark ORDER BY marked_at, campaign_id LIMIT :limit)""")
TAKEN = "SELECT campaign_id FROM campaign_mark WHERE is_taken"
FORGET = text(f"DELETE FROM campaign_return WHERE campaign_id IN ({TAKEN})")  # noqa: S608
DROP = text("DELETE FROM campaign_mark WHERE is_taken")


def store(session: Session, now: datetime, *, full: bool = False, limit: int | None = None) -> int:
    """Compute and store the figures of the marked campaigns, or of all; says of how many."""
    if full:
        mark_all(session)
    connection = session.connection()
    if limit is None:
        taken = connection.execute(TAKE)
    else:
        taken = connection.execute(TAKE_SOME, {"limit": limit})
    connection.execute(FORGET)
    figures = ", ".join(FIGURES)
    rows = by_month(DIALECTS[connection.dialect.name], f"l.campaign_id IN ({TAKEN})")
    connection.execute(
        text(f"""
INSERT INTO campaign_return (campaign_id, month, {figures}, computed_at)
SELECT campaign_id, slot, {figures}, :now FROM ({rows}) figures""").bindparams(  # noqa: S608
            bindparam("now", type_=UtcDateTime)
        ),
        {"now": now},
    )
    connection.execute(DROP)
    return taken.rowcount
