"""Quotes on their way to the client: sent by mail or by hand, revised and sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.services import records
from crm_cli.services.documents import line_items
from crm_cli.services.documents.lifecycle import check_step, enter, get
from crm_cli.services.documents.sending import mark_sent
from crm_cli.views.documents import DOCUMENT
from schema.document import Document, DocumentLine

if TYPE_CHECKING:
    from sqlmodel import Session


def send_by_hand(session: Session, number: int) -> Document:
    """Mark a quote as handed over."""
    quote = get(session, number)
    check_step(quote, "send")
    mark_sent(session, quote)
    return quote


def revise(session: Session, number: int) -> Document:
    """Draft the next revision of a sent quote; it keeps the number."""
    quote = get(session, number)
    goal = check_step(quote, "revise")
    revision = get(session, records.add(session, DOCUMENT, _next(session, quote)))
    for line in line_items.of(session, quote.key):
        copied = line.model_dump(exclude=line_items.OWN)
        session.add(DocumentLine(**copied, document_id=revision.key))
    session.flush()
    line_items.recount(session, revision)
    enter(session, quote, goal)
    return revision


def _next(session: Session, quote: Document) -> dict[str, object]:
    values = quote.model_dump(exclude=ISSUED_WITH)
    return {
        **values,
        "status": "draft",
        "revision": quote.revision + 1,
        "revises_id": quote.key,
        "dated_on": max(quote.dated_on, session.info["place"].today),
    }


ISSUED_WITH = line_items.OWN | {"label", "issued_at", "sent_at", "closed_at"}
"""What a revision does not take over."""
