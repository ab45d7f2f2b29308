"""Waiting mail is matched as soon as its address or name becomes known, whatever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from crm_cli import services
from crm_cli.values.emails import split_emails
from crm_cli.values.text import sorted_words
from schema.interaction_kinds import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

# Plain SQL: this is asked at the end of every transaction, most of which know nothing of mail.
IS_NEWS = text(
    "SELECT EXISTS (SELECT 1 FROM audit"
    " WHERE tx_id = :tx AND entity IN ('account', 'contact', 'site'))"
)
IS_ANY_WAITING = text(f"SELECT EXISTS (SELECT 1 FROM mail WHERE {WAITING})")  # noqa: S608 - a constant
WAITING_PEOPLE = (
    "SELECT p.mail_id, p.known_as FROM mail_person p"  # noqa: S608 - a constant
    f" JOIN mail ON mail.id = p.mail_id WHERE {WAITING}"
)
FEW = 500
"""Keys that one statement may look up; against more, all that wait are read."""
WRITTEN = {
    "account": "x.email, NULL, x.name_folded",
    "contact": "x.email, x.other_emails, x.name_folded",
    "site": "x.email, NULL, NULL",
}


def recognise(session: Session) -> None:
    """Match the waiting mail of everybody whom this transaction has written."""
    session.flush()
    tx = session.info.get("audit_tx")
    if tx is None or not session.connection().scalar(IS_NEWS, {"tx": tx}):
        return
    services.mail.writing.one_at_a_time(session)
    if not session.connection().scalar(IS_ANY_WAITING):
        return
    keys = set(_keys(session, tx))
    mails = _waiting_for(session, keys) if keys else []
    if mails:
        with_tasks = services.mail.work.are_wanted(session, None)
        services.mail.matching.match(session, mails, with_tasks=with_tasks)


def _waiting_for(session: Session, keys: set[str]) -> list[int]:
    """The waiting mails that name one of these addresses or names."""
    if len(keys) > FEW:
        found = session.connection().execute(text(WAITING_PEOPLE))
    else:
        named = text(f"{WAITING_PEOPLE} AND p.known_as IN :keys")
        with_keys = named.bindparams(bindparam("keys", expanding=True))
        found = session.connection().execute(with_keys, {"keys": list(keys)})
    return sorted({mail for mail, known_as in found if known_as in keys})


def _keys(session: Session, tx: int) -> Iterator[str]:
    """The addresses and names of the accounts, contacts and sites of a transaction."""
    for table, columns in WRITTEN.items():
        written = text(
            f"SELECT {columns} FROM audit w JOIN {table} x ON x.id = w.entity_id"  # noqa: S608 - constants
            f" WHERE w.tx_id = :tx AND w.entity = '{table}'"
        )
        for email, others, name in session.connection().execute(written, {"tx": tx}):
            yield from (one.lower() for one in (email, *split_emails(others or "")) if one)
            if name:
                yield sorted_words(name)
