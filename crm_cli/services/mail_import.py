"""Filing imported mail: known again, matched to an account, put into its history (R138-R142)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import text

from crm_cli.incoming import storable
from crm_cli.mailbox.identity import is_automatic
from crm_cli.services import mail_directory, mail_duplicates, mail_tasks, mail_threads
from crm_cli.services.mail_duplicates import attachment_of
from crm_cli.values.text import fold
from schema.interaction import Interaction
from schema.mail import Mail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from crm_cli.incoming import Incoming
    from crm_cli.mailbox import Address
    from crm_cli.services.mail_directory import Directory

MOST_PEOPLE = 50
"""Recipients of one mail that are looked up; longer lists are newsletters."""
LONGEST_ADDRESS = 320


Found = list[tuple[Mail, "Incoming"]]
"""Mails with the messages they were read from."""


@dataclass
class Filed:
    """What became of a batch; `unassigned` are mails whose task nobody could be given."""

    messages: int = 0
    new: int = 0
    duplicates: int = 0
    matched: int = 0
    unmatched: int = 0
    tasks: int = 0
    unassigned: list[int] = field(default_factory=list)


def file_batch(session: Session, batch: Sequence[Incoming], *, with_tasks: bool) -> Filed:
    """File messages; a copy of a known mail only adds where it was found."""
    one_at_a_time(session)
    directory = mail_directory.load(session, (person for one in batch for person in _people(one)))
    added, repeated = _told_apart(session, batch, directory)
    _add(session, added, directory)
    mails = [mail for mail, _ in added]
    made = mail_tasks.make(session, mails) if with_tasks else mail_tasks.Made()
    _keep_files(session, added, repeated)
    return Filed(
        messages=len(batch),
        new=len(added),
        duplicates=len(repeated),
        matched=sum(is_matched(mail) for mail in mails),
        unmatched=sum(is_waiting(mail) for mail in mails),
        tasks=made.tasks,
        unassigned=made.unassigned,
    )


def _add(session: Session, added: Found, directory: Directory) -> None:
    """New mails in their threads, and those that are matched in the history of their account."""
    mail_threads.join(session, added)
    session.add_all(mail for mail, _ in added)
    session.flush()
    session.add_all(
        interaction(session, mail, _employee(incoming, directory))
        for mail, incoming in added
        if is_matched(mail)
    )
    session.flush()


def _keep_files(session: Session, added: Found, repeated: Found) -> None:
    """The attachments of new mails, what copies bring of them, and where all were found."""
    session.add_all(attachment_of(mail, file) for mail, one in added for file in one.files)
    session.flush()
    mail_duplicates.complete_files(session, repeated)
    mail_duplicates.note_sources(session, [*added, *repeated])
    session.flush()


def one_at_a_time(session: Session) -> None:
    """Let two imports at once not file the same mail twice; SQLite has one writer anyway."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE mail IN SHARE ROW EXCLUSIVE MODE"))


def is_matched(mail: Mail) -> bool:
    """Whether it is known whose mail it is."""
    return mail.account_id is not None or mail.contact_id is not None


def is_waiting(mail: Mail) -> bool:
    """Whether someone has to say whose mail it is."""
    return not is_matched(mail) and mail.direction != "internal"


def interaction(session: Session, mail: Mail, employee_id: int | None = None) -> Interaction:
    """The place of a mail in the history of its account."""
    return Interaction(
        kind="email",
        direction=mail.direction,
        at=mail.sent_at or session.info["origin"].now,
        account_id=mail.account_id,
        contact_id=mail.contact_id,
        employee_id=employee_id,
        mail_id=mail.key,
        subject=mail.subject,
    )


def _told_apart(
    session: Session, batch: Iterable[Incoming], directory: Directory
) -> tuple[Found, Found]:
    """New mails, and copies of known ones; the second of two in one batch is a copy."""
    known = mail_duplicates.load(session, list(batch))
    added: Found = []
    repeated: Found = []
    for incoming in batch:
        mail = known.find(incoming)
        if mail is None:
            mail = _mail(incoming, directory)
            known.add(mail)
            added.append((mail, incoming))
        else:
            known.absorb(mail, incoming)
            repeated.append((mail, incoming))
    return added, repeated


def _people(incoming: Incoming) -> list[Address]:
    """Sender first, then recipients."""
    message = incoming.message
    sender = [message.sender] if message.sender else []
    return [*sender, *(*message.to, *message.cc)[:MOST_PEOPLE]]


def _employee(incoming: Incoming, directory: Directory) -> int | None:
    """Who of us wrote it, or got it first."""
    found = (directory.employee(person) for person in _people(incoming))
    return next((employee for employee in found if employee is not None), None)


def _mail(incoming: Incoming, directory: Directory) -> Mail:
    message, people = incoming.message, _people(incoming)
    others = [person for person in people if not directory.is_own(person)]
    party = directory.party(others)
    sender = message.sender
    return Mail(
        fingerprint=incoming.fingerprint,
        content_key=incoming.content_key,
        message_id=incoming.message_id,
        direction=_direction(sender, others),
        sent_at=message.sent_at,
        raw_date=storable(message.raw_date) or None,
        sender_name=storable(sender.name) or None if sender else None,
        sender_email=_address(sender) if sender else None,
        recipients=_lines(message.to),
        copies=_lines(message.cc),
        correspondent=_correspondent(others),
        subject=storable(message.subject),
        body=storable(message.body),
        is_automatic=is_automatic(message),
        account_id=party.account_id if party else None,
        contact_id=party.contact_id if party else None,
        site_id=party.site_id if party else None,
        matched_by=party.by if party else None,
    )


def _direction(sender: Address | None, others: Sequence[Address]) -> str:
    if sender in others or sender is None:
        return "in"
    return "out" if others else "internal"


def _correspondent(others: Sequence[Address]) -> str | None:
    """The other side: an address where there is one, else the words of a name in any order."""
    if not others:
        return None
    first = others[0]
    return _address(first) or " ".join(sorted(fold(storable(first.name)).split()))


def _address(person: Address) -> str | None:
    return storable(person.email or "").lower()[:LONGEST_ADDRESS] or None


def _lines(people: Sequence[Address]) -> str | None:
    written = (
        f"{one.name} <{one.email}>" if one.name and one.email else one.name or one.email
        for one in people
    )
    return "\n".join(storable(" ".join((line or "").split())) for line in written) or None
