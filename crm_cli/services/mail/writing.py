"""Mails while they are filed: plain rows, written and changed many at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from crm_cli.bulk import Edit, add_all, edit_all
from crm_cli.values.text import fold
from schema.base import table_of
from schema.mail import Mail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

MAIL = table_of(Mail)


@dataclass(slots=True, kw_only=True, eq=False)
class Letter:
    """A mail as the rules of filing see it; `id` is 0 until it is in the database."""

    fingerprint: str
    content_key: str
    message_id: str | None = None
    thread: str | None = None
    answers: str | None = None
    direction: str = "in"
    sent_at: datetime | None = None
    raw_date: str | None = None
    sender_name: str | None = None
    sender_email: str | None = None
    recipients: str | None = None
    copies: str | None = None
    correspondent: str | None = None
    subject: str = ""
    body: str = ""
    is_automatic: bool = False
    account_id: int | None = None
    contact_id: int | None = None
    site_id: int | None = None
    matched_by: str | None = None
    task_id: int | None = None
    id: int = 0
    version: int = 1
    was: dict[str, Any] = field(default_factory=dict)
    """What the database holds."""

    @property
    def is_matched(self) -> bool:
        """Whether it is known whose mail it is."""
        return self.account_id is not None or self.contact_id is not None

    @property
    def is_waiting(self) -> bool:
        """Whether someone has to say whose mail it is."""
        return not self.is_matched and self.direction != "internal"

    @property
    def is_internal(self) -> bool:
        """Whether it is between colleagues, and nobody else's."""
        return not self.is_matched and self.direction == "internal"

    def values(self) -> dict[str, Any]:
        """Its columns."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = tuple(one.name for one in fields(Letter) if one.name not in {"id", "version", "was"})
READ = [MAIL.c[name] for name in ("id", "version", *COLUMNS)]
BRIEFLY = [column for column in READ if column.name != "body"]


def one_at_a_time(session: Session) -> None:
    """Be the only one who files or matches mail until the end; SQLite has one writer anyway.

    Without it two imports file the same mail twice, and a mail that is being filed misses the
    contact that is being added.
    """
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE mail IN SHARE ROW EXCLUSIVE MODE"))


def load(
    session: Session, *conditions: ColumnElement[bool], with_body: bool, lock: bool = False
) -> list[Letter]:
    """The mails for which all conditions hold, the first filed first."""
    chosen = select(*(READ if with_body else BRIEFLY)).where(*conditions).order_by(MAIL.c.id)
    found = session.connection().execute(chosen.with_for_update() if lock else chosen).mappings()
    return [Letter(**row, was=dict(row)) for row in found]


def add(session: Session, letters: Sequence[Letter]) -> None:
    """Insert new mails, and give them their ids."""
    rows = [{**one.values(), "subject_folded": fold(one.subject)} for one in letters]
    for letter, number in zip(letters, add_all(session, Mail, rows), strict=True):
        letter.id = number


def save(session: Session, letters: Iterable[Letter]) -> None:
    """Write what differs from the database."""
    edits = []
    for letter in letters:
        now = {name: value for name, value in letter.values().items() if name in letter.was}
        new = {name: value for name, value in now.items() if value != letter.was[name]}
        if new:
            old = {name: letter.was[name] for name in new}
            edits.append(Edit(letter.id, letter.version, old, new))
            letter.was |= new
            letter.version += 1
    edit_all(session, Mail, edits)
