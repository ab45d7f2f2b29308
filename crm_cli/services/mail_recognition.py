"""Waiting mail is matched as soon as its address or name becomes known, whatever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from crm_cli import services
from schema.interaction_kinds import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

# Plain SQL: this is asked at the end of every transaction, most of which know nothing of mail.
IS_NEWS = text(
    f"SELECT EXISTS (SELECT 1 FROM mail WHERE {WAITING})"  # noqa: S608 - a constant
    " AND EXISTS (SELECT 1 FROM audit"
    " WHERE tx_id = :tx AND entity IN ('account', 'contact', 'site'))"
)
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
    mails = services.mail_matching.waiting_for(session, set(_keys(session, tx)))
    if mails:
        with_tasks = services.mail_tasks.are_wanted(session, None)
        services.mail_matching.match(session, mails, with_tasks=with_tasks)


def _keys(session: Session, tx: int) -> Iterator[str]:
    """The addresses and names of the accounts, contacts and sites of a transaction."""
    from crm_cli.services.mail_directory import words_of
    from crm_cli.values.emails import split_emails

    for table, columns in WRITTEN.items():
        written = text(
            f"SELECT {columns} FROM audit w JOIN {table} x ON x.id = w.entity_id"  # noqa: S608 - constants
            f" WHERE w.tx_id = :tx AND w.entity = '{table}'"
        )
        for email, others, name in session.connection().execute(written, {"tx": tx}):
            yield from (one.lower() for one in (email, *split_emails(others or "")) if one)
            if name:
                yield words_of(name)
