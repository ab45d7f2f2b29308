"""Documents on their way by mail: to whom, by whose account, and what may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.delivery.addresses import Address
from crm_cli.errors import Conflict
from crm_cli.services import mail_accounts
from crm_cli.services.documents.lifecycle import check_step, enter, get, lead_to, title
from crm_cli.services.outbox import queue
from schema.account import Account
from schema.base import table_of
from schema.contact import Contact
from schema.document_states import ISSUED, TRANSITIONS
from schema.employee import Employee
from schema.site import Site

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.printing import Enclosed
    from crm_cli.services.outbox.queue import AttachedFile
    from crm_cli.services.outbox.receivers import Receivers
    from schema.base import Record
    from schema.document import Document

PEOPLE: dict[str, type[Record]] = {"account": Account, "contact": Contact, "employee": Employee}
"""Nouns whose records have an address."""


def check_sendable(session: Session, number: int) -> Document:
    """The document; raises Conflict for one that has not been issued."""
    document = get(session, number)
    if document.status in ISSUED:
        return document
    if "send" in TRANSITIONS[document.kind]:
        check_step(document, "send")
    ways = (lead_to(document, state) for state in ("posted", "final"))
    raise Conflict(
        f"{title(document)} is {document.status}; only what was issued is sent.",
        hint=next(filter(None, ways), None),
    )


def send(
    session: Session,
    document: Document,
    *,
    receivers: Receivers,
    enclosed: Enclosed,
    file: AttachedFile,
    mail_account_id: int | None = None,
) -> None:
    """Queue the printed document; a quote that waits for it becomes sent.

    Without an account given it goes by the sender's own, else by the company's; answers go to him.
    """
    sender = session.info.get("person_id")
    queue.enqueue(
        session,
        kind=document.kind,
        recipients=receivers.to,
        cc=receivers.cc,
        bcc=receivers.bcc,
        reply_to=_address_of(session, sender),
        subject=enclosed.printed.title,
        text=enclosed.letter,
        files=[file],
        uncertain="hold",
        mail_account_id=mail_account_id or mail_accounts.own(session, sender),
        document_id=document.id,
        account_id=document.account_id,
    )
    mark_sent(session, document)


def mark_sent(session: Session, document: Document) -> None:
    """Note the moment; a quote that waits for it becomes sent."""
    document.sent_at = session.info["origin"].now
    if document.status in TRANSITIONS[document.kind].get("send", (frozenset(), ""))[0]:
        enter(session, document, check_step(document, "send"))
    session.flush()


def address_of(session: Session, noun: str, number: int) -> Address:
    """The address of an account, contact or employee; raises Conflict where there is none."""
    person = table_of(PEOPLE[noun]).c
    found = session.execute(select(person.name, person.email).where(person.id == number))
    name, email = found.one()
    if not email:
        raise Conflict(
            f"{name} has no e-mail address.", hint=f"crm {noun} edit {number} --email ADDRESS"
        )
    return Address(email, name)


def client_of(session: Session, document: Document) -> Address:
    """Where a document goes by itself: to its contact, else its account, else a site of that."""
    contact = session.get(Contact, document.contact_id) if document.contact_id else None
    account = session.get_one(Account, document.account_id)
    sites = select(Site.email).where(col(Site.account_id) == account.key)
    site = session.exec(sites.where(col(Site.email).is_not(None)).order_by(col(Site.id))).first()
    found = (contact.email if contact else None) or account.email or site
    if not found:
        raise Conflict(
            f"{account.name} has no e-mail address.",
            hint=f"Give --to ADDRESS, or crm account edit {account.id} --email ADDRESS",
        )
    return Address(found)


def _address_of(session: Session, employee_id: int | None) -> Address | None:
    employee = session.get(Employee, employee_id) if employee_id else None
    return Address(employee.email, employee.name) if employee and employee.email else None
