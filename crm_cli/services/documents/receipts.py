"""Receipts: money received on invoices, never more than what is open."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlmodel import col, func, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services.documents import drafts
from crm_cli.services.documents.lifecycle import get, link, require_ready, title
from crm_cli.services.documents.line_items import NewLine
from schema.document import DocumentSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from schema.document import Document


def pay(
    session: Session, invoice_id: int, *, amount: Decimal | None, values: Mapping[str, Any]
) -> Document:
    """Draft a receipt on an invoice: for an amount, or for all that is open."""
    invoice = get(session, invoice_id)
    require_ready(invoice)
    paid = unpaid(session, invoice) if amount is None else amount
    _check(session, invoice, paid)
    given = {**{name: getattr(invoice, name) for name in drafts.PASSED_ON}, **values}
    line = NewLine(text=str(invoice.label), quantity=Decimal(1), price=paid)
    receipt = drafts.add(session, kind="receipt", values=given, lines=[line])
    return link(session, receipt, invoice, paid)


def unpaid(session: Session, invoice: Document) -> Decimal:
    """What no receipt covers, drafts included; reversed receipts cancel each other out."""
    taken = session.exec(
        select(func.sum(col(DocumentSource.amount))).where(
            col(DocumentSource.source_id) == invoice.key
        )
    ).one()
    return invoice.gross - (taken or Decimal(0))


def _check(session: Session, invoice: Document, amount: Decimal) -> None:
    still = unpaid(session, invoice)
    if still <= 0:
        raise Conflict(f"{title(invoice)} is paid.", hint=f"crm document show {invoice.id}")
    if amount <= 0:
        raise InvalidData(f"A receipt of {amount} is not above zero.")
    if amount > still:
        raise Conflict(
            f"Of {title(invoice)} {still} {invoice.currency} is open, not {amount}.",
            hint=f"crm document make receipt --from invoice:{invoice.id} --amount {still}",
        )
