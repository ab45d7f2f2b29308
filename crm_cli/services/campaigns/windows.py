"""The months in which invoices of a subscription count for a campaign (R102)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from crm_cli.errors import Conflict
from crm_cli.services.documents.lifecycle import title
from crm_cli.values.days import add_months
from schema.document import Document, DocumentSource

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from schema.campaign import Campaign


def subscription_of(session: Session, document: Document) -> Document | None:
    """The subscription contract an invoice bills, if it bills one."""
    if document.kind != "invoice":
        return None
    return session.exec(
        select(Document)
        .join(DocumentSource, col(DocumentSource.source_id) == col(Document.id))
        .where(DocumentSource.document_id == document.key)
        .where(Document.kind == "contract", col(Document.is_subscription).is_(True))
    ).first()


def check(session: Session, campaign: Campaign, contract: Document, month: str) -> None:
    """Raise Conflict naming the window for a month outside it."""
    first = first_invoice(session, contract)
    if first is None:
        return
    start, end = window(first, campaign.months)
    if not start <= month <= end:
        raise Conflict(
            f"{month} is not among the {campaign.months} months from {start} to {end} in which"
            f" invoices of {title(contract)} count for the campaign {campaign.name}.",
            hint=f"crm campaign edit {campaign.id} --months N",
        )


def first_invoice(session: Session, contract: Document) -> date | None:
    """The date of the first invoice of a contract that was not reversed."""
    return session.exec(
        select(func.min(col(Document.dated_on)))
        .join(DocumentSource, col(DocumentSource.document_id) == col(Document.id))
        .where(DocumentSource.source_id == contract.key)
        .where(Document.kind == "invoice", Document.status == "posted")
        .where(col(Document.reverses_id).is_(None))
    ).one()


def window(first: date, months: int) -> tuple[str, str]:
    """The first and the last month."""
    return f"{first:%Y-%m}", f"{add_months(first.replace(day=1), months - 1):%Y-%m}"
