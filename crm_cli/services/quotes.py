"""Quotes on their way to the client: sent by mail or by hand, revised and sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.delivery.addresses import Address
from crm_cli.errors import Conflict
from crm_cli.services import document_lines, outbox, records
from crm_cli.services.documents import check_step, enter, get
from crm_cli.views.documents import DOCUMENT
from schema.account import Account
from schema.contact import Contact
from schema.document import Document, DocumentLine
from schema.site import Site

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.printing import Print
    from crm_cli.services.outbox import AttachedFile


def send_by_hand(session: Session, number: int) -> Document:
    """Mark a quote as handed over."""
    return _sent(session, get(session, number))


def check_sendable(session: Session, number: int, to: str | None) -> None:
    """Raise Conflict for a quote that is not final, or has no address to go to."""
    quote = get(session, number)
    check_step(quote, "send")
    Address.parse(to or address_of(session, quote))


def send_by_mail(
    session: Session, number: int, *, printed: Print, file: AttachedFile, to: str | None = None
) -> Document:
    """Queue the printed quote for the client and mark it sent."""
    quote = get(session, number)
    check_step(quote, "send")
    outbox.enqueue(
        session,
        kind="quote",
        recipients=[Address.parse(to or address_of(session, quote))],
        subject=printed.title,
        text=printed.letter(),
        files=[file],
        uncertain="hold",
        document_id=quote.id,
        account_id=quote.account_id,
    )
    return _sent(session, quote)


def address_of(session: Session, document: Document) -> str:
    """Where a document is sent: to its contact, else to the account, else to a site of it."""
    contact = session.get(Contact, document.contact_id) if document.contact_id else None
    account = session.get_one(Account, document.account_id)
    sites = select(Site.email).where(col(Site.account_id) == account.key)
    site = session.exec(sites.where(col(Site.email).is_not(None)).order_by(col(Site.id))).first()
    found = (contact.email if contact else None) or account.email or site
    if not found:
        raise Conflict(
            f"{account.name} has no e-mail address.",
            hint=f"Give --to ADDRESS or --by-hand, or crm account edit {account.id}"
            " --email ADDRESS",
        )
    return found


def revise(session: Session, number: int) -> Document:
    """Draft the next revision of a sent quote; it keeps the number."""
    quote = get(session, number)
    goal = check_step(quote, "revise")
    revision = get(session, records.add(session, DOCUMENT, _next(session, quote)))
    for line in document_lines.of(session, quote.key):
        copied = line.model_dump(exclude=document_lines.OWN)
        session.add(DocumentLine(**copied, document_id=revision.key))
    session.flush()
    document_lines.recount(session, revision)
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


def _sent(session: Session, quote: Document) -> Document:
    goal = check_step(quote, "send")
    quote.sent_at = session.info["origin"].now
    enter(session, quote, goal)
    return quote


ISSUED_WITH = document_lines.OWN | {"label", "issued_at", "sent_at", "closed_at"}
"""What a revision does not take over."""
