"""Marking the campaigns whose figures depend on what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from schema.base import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import TextClause
    from sqlmodel import Session


def _marking(campaigns: str) -> TextClause:
    """The statement that marks the campaigns of a query."""
    return text(f"""
INSERT INTO campaign_mark (campaign_id, marked_at, is_taken)
SELECT campaign_id, :now, false FROM ({campaigns}) touched
WHERE true
ON CONFLICT (campaign_id) DO UPDATE SET marked_at = excluded.marked_at""").bindparams(  # noqa: S608
        bindparam("now", type_=UtcDateTime)
    )


# A receipt leads to its invoice, a counter-document to what it reverses, both on to the order.
MARK_OF_DOCUMENT = _marking("""
  SELECT campaign_id FROM campaign_link WHERE document_id IN (
    WITH RECURSIVE chain (id) AS (
      SELECT CAST(:document AS BIGINT)
      UNION
      SELECT s.source_id FROM chain JOIN document_source s ON s.document_id = chain.id
    )
    SELECT id FROM chain)
  GROUP BY campaign_id""")
MARK_ONE = _marking("SELECT CAST(:campaign AS BIGINT) AS campaign_id")
MARK_ALL = _marking("SELECT id AS campaign_id FROM campaign")


def mark(session: Session, document_id: int, now: datetime) -> None:
    """Mark the campaigns a document counts for, or one it was made from or pays."""
    session.flush()
    session.connection().execute(MARK_OF_DOCUMENT, {"document": document_id, "now": now})


def mark_campaign(session: Session, campaign_id: int) -> None:
    """Mark one campaign."""
    now = session.info["origin"].now
    session.connection().execute(MARK_ONE, {"campaign": campaign_id, "now": now})


def mark_all(session: Session) -> None:
    """Mark every campaign, so that all are computed again."""
    session.connection().execute(MARK_ALL, {"now": session.info["origin"].now})
