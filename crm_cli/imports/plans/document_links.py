"""What the documents of a file were made from, pay, revise and reverse: tied once all stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData, NotFound
from crm_cli.imports.plans.plan import Unfit
from crm_cli.services.documents import lifecycle
from crm_cli.values.invalid import quote
from crm_cli.values.numbers import parse_amount
from crm_cli.values.sentences import Words
from schema.document import Document, DocumentLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Step, Steps

TOLD = ("sources", "revises", "reverses")
"""What a file says of the other documents of a document, written KIND:NUMBER."""


class Named(NamedTuple):
    """A document as others name it: `order:CM0007`, `invoice:FA0003=100.00`."""

    row: int
    kind: str
    label: str
    amount: Decimal | None = None


class Links:
    """Gathers what documents say of each other, and ties them when all are written."""

    def __init__(self) -> None:
        self._documents: list[tuple[Step, dict[str, list[Named]]]] = []
        self._lines: list[tuple[Step, Named, int]] = []

    def take(self, steps: Steps) -> None:
        """Take the links out of the values of an entry; raises Unfit for what is none."""
        own = steps["document"][0]
        told = {name: _read(own, own.given.checked.pop(name, None)) for name in TOLD}
        if any(told.values()):
            self._documents.append((own, told))
        for line in steps["line"]:
            if text := line.given.checked.pop("source_line", None):
                document, _, place = text.strip().rpartition(":")
                if not place.isdigit():
                    raise _unreadable(line, text)
                self._lines.append((line, _named(line, document), int(place)))

    def tie(self, session: Session) -> None:
        """Tie the new documents; raises NotFound where one is named that is not there."""
        find = _finder(session)
        for step, told in self._documents:
            if step.id is not None:
                _tie(session, lifecycle.get(session, step.id), told, find)
        for step, source, place in self._lines:
            if step.id is not None:
                line = session.get_one(DocumentLine, step.id)
                line.source_line_id = _line_at(session, find(source), place)
        session.flush()


def _tie(
    session: Session,
    document: Document,
    told: dict[str, list[Named]],
    find: Callable[[Named], Document],
) -> None:
    for source in told["sources"]:
        lifecycle.link(session, document, find(source), source.amount)
    for name in ("revises", "reverses"):
        for other in told[name]:
            setattr(document, f"{name}_id", find(other).key)


def _read(step: Step, text: str | None) -> list[Named]:
    return [_named(step, part) for part in (text or "").split(";") if part.strip()]


def _named(step: Step, text: str) -> Named:
    kind, colon, rest = text.strip().partition(":")
    label, _, amount = rest.partition("=")
    if not colon or not label:
        raise _unreadable(step, text)
    return Named(step.given.row, kind, label, parse_amount(amount)[0] if amount else None)


def _unreadable(step: Step, text: str) -> Unfit:
    error = InvalidData(
        "{value} names no document.", "For example order:CM0007.", value=quote(text)
    )
    return Unfit(step.given.row, error)


def _finder(session: Session) -> Callable[[Named], Document]:
    @cache
    def numbers(kind: str, label: str) -> list[int | None]:
        alive = select(Document.id).where(col(Document.archived_at).is_(None))
        return list(session.exec(alive.where(Document.kind == kind, Document.label == label)))

    def find(named: Named) -> Document:
        found = numbers(named.kind, named.label)
        if len(found) == 1 and found[0] is not None:
            return session.get_one(Document, found[0])
        if found:
            message = "Row {row}: several documents are {noun} {number}."
            raise Conflict(message, row=named.row, noun=Words(named.kind), number=named.label)
        raise NotFound(
            "Row {row}: there is no {noun} {number}.",
            hint="Import it first, or in the same file.",
            row=named.row,
            noun=Words(named.kind),
            number=named.label,
        )

    return find


def _line_at(session: Session, document: Document, place: int) -> int | None:
    of_it = select(DocumentLine.id).where(DocumentLine.document_id == document.key)
    return session.exec(of_it.where(DocumentLine.position == place)).first()
