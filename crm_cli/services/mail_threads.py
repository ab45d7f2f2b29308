"""Which conversation a mail belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.mailbox.identity import thread_subject
from crm_cli.values.text import fold
from schema.mail import Mail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from crm_cli.incoming import Incoming

LONGEST_SUBJECT = 200


def join(session: Session, added: Sequence[tuple[Mail, Incoming]]) -> None:
    """Put new mails into the threads of those they answer, else by subject and people."""
    wanted = {reference for _, incoming in added for reference in incoming.references}
    known = select(Mail.fingerprint, Mail.thread).where(col(Mail.fingerprint).in_(wanted))
    threads = dict(session.exec(known).all())
    for mail, incoming in added:
        answered = (threads.get(reference) for reference in incoming.references)
        mail.thread = next((thread for thread in answered if thread), None) or _by_subject(mail)
        threads[mail.fingerprint] = mail.thread


def _by_subject(mail: Mail) -> str:
    """A mail without subject, or with nobody on its other side, begins a thread of its own."""
    subject = fold(thread_subject(mail.subject))[:LONGEST_SUBJECT]
    person = f"contact {mail.contact_id}" if mail.contact_id else mail.correspondent
    return f"{subject} / {person}" if subject and person else mail.fingerprint
