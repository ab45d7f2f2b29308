"""Marking the campaigns whose figures depend on a document that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from schema.base import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

# A receipt leads to its invoice, a counter-document to what it reverses, both on to the order.
MARK = text("""
WITH RECURSIVE chain (id) AS (
  SELECT CAST(:document AS BIGINT)
  UNION
  SELECT s.source_id FROM chain JOIN document_source s ON s.document_id = chain.id
)
INSERT INTO campaign_mark (campaign_id, marked_at)
SELECT campaign_id, :now FROM (
  SELECT campaign_id FROM campaign_link WHERE document_id IN (SELECT id FROM chain)
  UNION
  SELECT campaign_id FROM document
  WHERE id IN (SELECT id FROM chain) AND campaign_id IS NOT NULL
) touched
WHERE true
ON CONFLICT (campaign_id) DO UPDATE SET marked_at = excluded.marked_at""").bindparams(
    bindparam("now", type_=UtcDateTime)
)


def mark(session: Session, document_id: int, now: datetime) -> None:
    """Mark the campaigns of a document and of all it was made from or pays."""
    session.flush()
    session.connection().execute(MARK, {"document": document_id, "now": now})
