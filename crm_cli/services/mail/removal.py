"""Removing mail: archived with its places in the history, and known when it comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.bulk import AT_ONCE, Edit, edit_all
from crm_cli.portions import portions
from crm_cli.services.mail.placing import INTERACTION
from crm_cli.services.mail.writing import MAIL, one_at_a_time
from schema.base import table_of
from schema.interaction import Interaction
from schema.mail import Mail
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

    from schema.base import Record

TASK = table_of(Task)


def archive(session: Session, ids: Sequence[int]) -> list[int]:
    """Archive mails; gives the tasks made of them that are still open."""
    one_at_a_time(session)
    opened: set[int] = set()
    for some in portions(ids, AT_ONCE):
        _archive(session, Mail, MAIL.c.id.in_(some))
        _archive(session, Interaction, INTERACTION.c.mail_id.in_(some))
        opened |= _open_tasks(session, some)
    return sorted(opened)


def _open_tasks(session: Session, ids: Sequence[int]) -> set[int]:
    made = select(TASK.c.id).join(MAIL, MAIL.c.task_id == TASK.c.id)
    opened = made.where(MAIL.c.id.in_(ids), TASK.c.status == "open", TASK.c.archived_at.is_(None))
    return set(session.connection().scalars(opened))


def _archive(session: Session, kind: type[Record], which: ColumnElement[bool]) -> None:
    table = table_of(kind)
    chosen = select(table.c.id, table.c.version).where(which, table.c.archived_at.is_(None))
    now: dict[str, Any] = {"archived_at": session.info["origin"].now}
    rows = session.connection().execute(chosen.with_for_update())
    edits = [Edit(row.id, row.version, {"archived_at": None}, now) for row in rows]
    edit_all(session, kind, edits)
