"""Storno: a counter-document with negative quantities and a number of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services import records
from crm_cli.services.documents import line_items
from crm_cli.services.documents.lifecycle import (
    check_step,
    enter,
    get,
    issue,
    made_from,
    sources,
    title,
)
from crm_cli.views.documents import DOCUMENT
from schema.document import Document, DocumentLine, DocumentSource, DocumentTax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

KEPT = (
    "kind",
    "account_id",
    "contact_id",
    "owner_id",
    "team_id",
    "lead_id",
    "opportunity_id",
    "campaign_id",
    "evaluation_id",
    "series_id",
    "currency",
    "rate",
    "rate_on",
)


def storno(session: Session, number: int, values: Mapping[str, Any]) -> Document:
    """Reverse a posted document; the counter-document is posted at once and given back."""
    document = get(session, number)
    goal = check_step(document, "storno")
    _check(session, document)
    counter = _counter(session, document, values)
    _mirror(session, document, counter)
    issue(session, counter)
    enter(session, document, goal)
    enter(session, counter, "posted")
    return counter


def _check(session: Session, document: Document) -> None:
    if document.reverses_id is not None:
        raise Conflict(
            f"{title(document)} reverses another document and cannot be reversed itself.",
            hint=f"crm document add {document.kind}",
        )
    receipt = next(iter(made_from(session, document)), None)
    if receipt is not None:
        undo = "storno" if receipt.status == "posted" else "remove"
        raise Conflict(
            f"{title(document)} is paid by {title(receipt)}; that must be taken back first.",
            hint=f"crm document {undo} {receipt.id}",
        )


def _counter(session: Session, document: Document, values: Mapping[str, Any]) -> Document:
    given = {
        **{name: getattr(document, name) for name in KEPT},
        "dated_on": session.info["place"].today,
        "reverses_id": document.key,
        "net": -document.net,
        "vat": -document.vat,
        "gross": -document.gross,
        **values,
    }
    return get(session, records.add(session, DOCUMENT, given))


def _mirror(session: Session, document: Document, counter: Document) -> None:
    """Lines, VAT and links with the signs turned; VAT at the rates the document was issued with."""
    for line in line_items.of(session, document.key):
        mirrored = line.model_dump(exclude=line_items.OWN)
        mirrored |= {"quantity": -line.quantity, "net": -line.net}
        session.add(DocumentLine(**mirrored, document_id=counter.key))
    taxes = select(DocumentTax).where(col(DocumentTax.document_id) == document.key)
    for tax in session.exec(taxes).all():
        session.add(
            DocumentTax(
                document_id=counter.key,
                tax_id=tax.tax_id,
                rate=tax.rate,
                net=-tax.net,
                vat=-tax.vat,
            )
        )
    for source in sources(session, document):
        amount = None if source.amount is None else -source.amount
        session.add(
            DocumentSource(document_id=counter.key, source_id=source.source_id, amount=amount)
        )
    session.add(DocumentSource(document_id=counter.key, source_id=document.key))
    session.flush()
