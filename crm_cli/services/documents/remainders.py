"""How much of a document's lines is left for what is made from it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from crm_cli.errors import Conflict, NotFound
from crm_cli.services.documents import line_items
from crm_cli.services.documents.lifecycle import made_from, title
from crm_cli.services.documents.line_items import NewLine
from schema.document import Document, DocumentLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlmodel import Session

WEEK = timedelta(days=7)
Left = dict[int, Decimal]
"""Line id -> quantity."""


def left(session: Session, source: Document, kind: str, day: date) -> Left:
    """What documents of a kind have not taken yet; of a subscription, in the month of a day."""
    taken = _taken(session, source, kind, day)
    found = {
        line.key: line.quantity - taken.get(line.key, Decimal(0))
        for line in line_items.of(session, source.key)
        if not line.is_chapter
    }
    return {number: quantity for number, quantity in found.items() if quantity > 0}


def choose(
    session: Session,
    source: Document,
    kind: str,
    remaining: Left,
    quantities: Mapping[int, Decimal],
) -> list[NewLine]:
    """Lines of a source, under their chapters; all that is left, or the quantities asked for."""
    if not remaining:
        takers = (
            ", ".join(
                f"{title(made)} ({made.status})"
                for made in made_from(session, source)
                if made.kind == kind
            )
            or "nothing on it has a quantity"
        )
        raise Conflict(
            f"Nothing of {title(source)} is left: {takers}.", hint=f"crm document show {source.id}"
        )
    lines = line_items.of(session, source.key)
    wanted = _asked(source, lines, remaining, quantities) if quantities else remaining
    chosen, chapter = list[NewLine](), None
    for line in lines:
        if line.is_chapter:
            chapter = line
        elif line.key in wanted:
            if chapter is not None:
                chosen.append(line_items.copy(chapter, Decimal(0)))
                chapter = None
            chosen.append(line_items.copy(line, wanted[line.key]))
    return chosen


def accepted_quote(session: Session, opportunity_id: int) -> Document | None:
    """The latest quote of an opportunity that the client accepted."""
    return session.exec(
        select(Document)
        .where(col(Document.opportunity_id) == opportunity_id, col(Document.kind) == "quote")
        .where(col(Document.status) == "accepted")
        .order_by(col(Document.id).desc())
        .limit(1)
    ).first()


def _taken(session: Session, source: Document, kind: str, day: date) -> Left:
    """Quantities in documents of a kind; those that were reversed cancel each other out."""
    query = (
        select(col(DocumentLine.source_line_id), func.sum(col(DocumentLine.quantity)))
        .join(Document, col(Document.id) == col(DocumentLine.document_id))
        .where(col(Document.kind) == kind, col(Document.status) != "cancelled")
        .where(col(Document.archived_at).is_(None))
        .where(
            col(DocumentLine.source_line_id).in_(
                select(DocumentLine.id).where(col(DocumentLine.document_id) == source.key)
            )
        )
        .group_by(col(DocumentLine.source_line_id))
    )
    if source.is_subscription:
        first = day.replace(day=1)
        following = (first.replace(day=28) + WEEK).replace(day=1)
        query = query.where(col(Document.dated_on) >= first, col(Document.dated_on) < following)
    return {line_id: taken for line_id, taken in session.exec(query) if line_id is not None}


def _asked(
    source: Document,
    lines: Sequence[DocumentLine],
    remaining: Left,
    quantities: Mapping[int, Decimal],
) -> Left:
    by_position = {line.position: line for line in lines if not line.is_chapter}
    asked = {}
    for position, quantity in quantities.items():
        line = by_position.get(position)
        if line is None:
            raise NotFound(
                f"{title(source)} has no line {position}.", hint=f"crm document show {source.id}"
            )
        most = remaining.get(line.key, Decimal(0))
        if not 0 < quantity <= most:
            raise Conflict(
                f"Of line {position} of {title(source)} {most.normalize():f} is left,"
                f" not {quantity.normalize():f}.",
                hint=f"crm document show {source.id}",
            )
        asked[line.key] = quantity
    return asked
