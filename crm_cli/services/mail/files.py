"""The files of imported mails: those they brought, and those a later copy brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update

from schema.base import table_of
from schema.bulk import insert_all
from schema.mail import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from crm_cli.incoming import File, Incoming
    from crm_cli.services.mail.writing import Letter

FILE = table_of(Attachment)
HUNG = update(FILE).where(FILE.c.mail_id == bindparam("mail")).values(task_id=bindparam("task"))
NAMES = ("sha256", "name", "media_type", "size", "mail_id", "task_id")


def keep(session: Session, found: Iterable[tuple[Letter, Iterable[File]]]) -> None:
    """Note the files of mails; they hang on the task of the mail too (R141)."""
    rows = [_row(letter, file) for letter, files in found for file in files]
    if rows:
        insert_all(session.connection(), FILE, NAMES, rows)


def _row(letter: Letter, file: File) -> tuple[object, ...]:
    sha256 = file.stored.sha256 if file.stored else None
    return sha256, file.name, file.media_type, file.size, letter.id, letter.task_id


def complete(session: Session, repeated: Sequence[tuple[Letter, Incoming]]) -> None:
    """Take over files that only a later copy of a mail brought."""
    brought = [(letter, file) for letter, one in repeated for file in one.files if file.stored]
    chosen = select(FILE.c.id, FILE.c.mail_id, FILE.c.sha256, FILE.c.name)
    of_mails = chosen.where(FILE.c.mail_id.in_({letter.id for letter, _ in brought}))
    known = [row._asdict() for row in session.connection().execute(of_mails)] if brought else []
    lacking = []
    for letter, file in brought:
        kept = [one for one in known if one["mail_id"] == letter.id]
        if file.stored is None or file.stored.sha256 in {one["sha256"] for one in kept}:
            continue
        promised = next(
            (one for one in kept if not one["sha256"] and one["name"] == file.name), None
        )
        if promised is None:
            promised = {"mail_id": letter.id, "name": file.name}
            known.append(promised)
            lacking.append((letter, (file,)))
        else:
            content = {"sha256": file.stored.sha256, "size": file.stored.size}
            session.connection().execute(
                update(FILE).where(FILE.c.id == promised["id"]).values(content)
            )
        promised["sha256"] = file.stored.sha256
    keep(session, lacking)


def hang_on_tasks(session: Session, letters: Iterable[Letter]) -> None:
    """Hang the files of mails on the tasks that were made of them since."""
    rows = [
        {"mail": letter.id, "task": letter.task_id}
        for letter in letters
        if letter.task_id is not None
    ]
    if rows:
        session.connection().execute(HUNG, rows)


def forget_those_of_nothing(session: Session) -> None:
    """Drop the files whose mail is gone, where they hang on no task either."""
    of_nothing = FILE.c.mail_id.is_(None) & FILE.c.task_id.is_(None)
    session.connection().execute(delete(FILE).where(of_nothing))
