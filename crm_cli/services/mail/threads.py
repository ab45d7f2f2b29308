"""Which conversation a mail belongs to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from crm_cli.mailbox.subjects import thread_subject
from crm_cli.services.mail.writing import MAIL
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from crm_cli.services.mail.writing import Letter

LONGEST_SUBJECT = 200
LAST = datetime.max.replace(tzinfo=UTC)


def join(session: Session, added: Sequence[tuple[Letter, Sequence[str]]]) -> None:
    """Put new mails into the threads of those they answer or are answered by, else by subject.

    Each comes with the keys of the mails it answers, the nearest first.
    """
    threads = _threads_of(session, {key for _, answered in added for key in answered})
    waited_for = _answers_to(session, [letter.fingerprint for letter, _ in added])
    for letter, answered in sorted(added, key=lambda one: one[0].sent_at or LAST):
        letter.answers = answered[0] if answered else None
        known = [threads.get(key) for key in answered] + [waited_for.get(letter.fingerprint)]
        letter.thread = next(filter(None, known), None) or by_subject(letter)
        threads[letter.fingerprint] = letter.thread
        waited_for |= {key: letter.thread for key in answered if key not in waited_for}


def _threads_of(session: Session, keys: Iterable[str]) -> dict[str, str]:
    chosen = select(MAIL.c.fingerprint, MAIL.c.thread).where(MAIL.c.fingerprint.in_(keys))
    return {row[0]: row[1] for row in session.connection().execute(chosen)}


def _answers_to(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """The threads of mails that were filed before the one they answer."""
    chosen = select(MAIL.c.answers, MAIL.c.thread).where(MAIL.c.answers.in_(keys))
    return {
        row[0]: row[1] for row in session.connection().execute(chosen.order_by(MAIL.c.id.desc()))
    }


def by_subject(letter: Letter) -> str:
    """The thread of a subject and a partner, all of whose people belong together.

    A mail without subject, or with nobody on its other side, begins a thread of its own.
    """
    subject = fold(thread_subject(letter.subject))[:LONGEST_SUBJECT]
    partner = (
        (letter.account_id and f"account {letter.account_id}")
        or (letter.contact_id and f"contact {letter.contact_id}")
        or letter.correspondent
    )
    return f"{subject} / {partner}" if subject and partner else letter.fingerprint
