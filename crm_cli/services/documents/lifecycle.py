"""Documents: what they are called, and the steps that take them to their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services import records
from crm_cli.services.campaigns.following import follow, inherit
from crm_cli.services.campaigns.marks import mark
from crm_cli.services.documents import line_items, numbering
from crm_cli.views.documents import DOCUMENT
from schema.document import Document, DocumentSource
from schema.document_states import CLOSED, ISSUED, READY, SOLD, TRANSITIONS, way

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlmodel import Session


def get(session: Session, number: int) -> Document:
    """A document, locked against others until the end of the transaction."""
    found = records.get(session, DOCUMENT, number)
    assert isinstance(found, Document)  # noqa: S101 - the entity of the view
    return found


def title(document: Document) -> str:
    """How a sentence names a document: `Invoice FA0007`, or by id while it has no number."""
    kind = document.kind.replace("_", " ").capitalize()
    return f"{kind} {document.label or document.id}"


def sources(session: Session, document: Document) -> Sequence[DocumentSource]:
    """What the document was made from, or pays."""
    return session.exec(
        select(DocumentSource).where(col(DocumentSource.document_id) == document.key)
    ).all()


def changed(session: Session, document: Document) -> None:
    """Tell campaigns that a document was issued, reversed, paid or linked."""
    follow(session, document)
    mark(session, document.key, session.info["origin"].now)


def advance(session: Session, number: int, step: str) -> Document:
    """Take a step of a document's process; the one that issues it gives it its number."""
    document = get(session, number)
    goal = check_step(document, step)
    if step == "cancel":
        _check_unused(session, document)
    if goal in ISSUED and document.issued_at is None:
        issue(session, document)
    enter(session, document, goal)
    return document


def _check_unused(session: Session, document: Document) -> None:
    """An order is not cancelled under its invoices; a contract may end after some."""
    if document.kind == "order" and (taken := made_from(session, document)):
        undo = "storno" if taken[0].status == "posted" else "remove"
        raise Conflict(
            f"{title(document)} is invoiced by {title(taken[0])}.",
            hint=f"crm document {undo} {taken[0].id}",
        )


def made_from(session: Session, source: Document) -> Sequence[Document]:
    """The documents made from one, without those that were cancelled or reversed."""
    return session.exec(
        select(Document)
        .join(DocumentSource, col(DocumentSource.document_id) == col(Document.id))
        .where(col(DocumentSource.source_id) == source.key)
        .where(col(Document.status).not_in(("cancelled", "reversed")))
        .where(col(Document.reverses_id).is_(None), col(Document.archived_at).is_(None))
        .order_by(col(Document.id))
    ).all()


def enter(session: Session, document: Document, state: str) -> None:
    """Set the state a step leads to, and tell what depends on it."""
    document.status = state
    if state in CLOSED:
        document.closed_at = session.info["origin"].now
    session.flush()
    changed(session, document)


def issue(session: Session, document: Document) -> None:
    """Number a document for good; raises Conflict when there is nothing on it."""
    if document.kind != "contract" and not line_items.of(session, document.key):
        raise Conflict(
            f"{title(document)} has no lines.",
            hint=f"crm document edit {document.id} --line 'PRODUCT;QTY'",
        )
    if document.gross < 0 and document.reverses_id is None and document.kind in SOLD:
        raise Conflict(
            f"{title(document)} comes to {document.gross} {document.currency}:"
            " only a counter-document is negative.",
            hint=f"crm document storno {document.kind.upper()}",
        )
    numbering.give(session, document)
    document.issued_at = session.info["origin"].now
    session.flush()
    inherit(session, document)


def check_step(document: Document, step: str) -> str:
    """The state a step leads to; raises Conflict naming the steps that come before it."""
    steps = TRANSITIONS[document.kind]
    if step not in steps:
        raise Conflict(
            f"'{step}' is no step of {document.kind} documents; they have {', '.join(steps)}.",
            hint=f"crm document show {document.id}",
        )
    origins, goal = steps[step]
    if document.status not in origins:
        raise Conflict(
            f"{title(document)} is {document.status}; to {step} it, it must be"
            f" {' or '.join(sorted(origins))}.",
            hint=next(filter(None, (lead_to(document, state) for state in sorted(origins))), None),
        )
    return goal


def lead_to(document: Document, state: str) -> str | None:
    """The commands that bring a document into a state, None where nothing does."""
    steps = way(document.kind, document.status, state)
    return ", then ".join(f"crm document {step} {document.id}" for step in steps) or None


def require_draft(document: Document) -> None:
    """Raise Conflict for a document that can no longer be changed."""
    if document.status != "draft":
        undo = next(s for s in ("storno", "revise", "cancel") if s in TRANSITIONS[document.kind])
        raise Conflict(
            f"{title(document)} is {document.status} and can no longer be changed.",
            hint=f"crm document {undo} {document.id}",
        )


def link(
    session: Session, made: Document, source: Document, amount: Decimal | None = None
) -> Document:
    """Remember what a document was made from; `amount` is what it pays of it."""
    session.add(DocumentSource(document_id=made.key, source_id=source.key, amount=amount))
    session.flush()
    changed(session, made)
    return made


def require_ready(source: Document) -> None:
    """Raise Conflict for a document nothing can be made from yet, or any more."""
    state = READY[source.kind]
    if source.status != state:
        raise Conflict(
            f"{title(source)} is {source.status}; it must be {state} first.",
            hint=lead_to(source, state),
        )
    if source.reverses_id is not None:
        raise Conflict(f"{title(source)} only reverses another document.")
