"""Work from imported mail: one task for each thread, for whoever looks after the account (R140)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.bulk import Edit, edit_all
from crm_cli.mailbox.quoting import unquoted
from crm_cli.services import constants, tasks_at_once
from crm_cli.services.mail.writing import MAIL
from crm_cli.values.days import add_working_days
from schema.account import Account
from schema.base import table_of
from schema.contact import Contact
from schema.employee import Employee
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlmodel import Session

    from crm_cli.services.mail.writing import Letter

ACCOUNT, CONTACT, EMPLOYEE, TASK = (
    table_of(entity) for entity in (Account, Contact, Employee, Task)
)
NO_SUBJECT = "(no subject)"


@dataclass
class Made:
    """How many tasks were made, and the mails for which nobody could be found."""

    tasks: int = 0
    unassigned: list[Letter] = field(default_factory=list)


@dataclass
class Work:
    """The task of a thread, open already or to be made, and the mails that go onto it."""

    opened: dict[str, Any] | None = None
    assignee_id: int | None = None
    letters: list[Letter] = field(default_factory=list)


def are_wanted(session: Session, with_tasks: bool | None) -> bool:
    """Whether mail makes tasks: as the person says, else as the company has it."""
    if with_tasks is None:
        return bool(constants.typed(session, "mail.import.task")["mail.import.task"])
    return with_tasks


def make(session: Session, letters: Sequence[Letter]) -> Made:
    """Give mails the task of their thread: the one that is open, else a new one.

    Automatic mail, our own, mail of nobody we know and old mail get none.
    """
    max_age = constants.typed(session, "mail.task_max_age")["mail.task_max_age"]
    now = session.info["origin"].now
    oldest = now - timedelta(days=max_age)
    asking = [letter for letter in letters if _asks_for_work(letter, oldest)]
    asking.sort(key=lambda letter: letter.sent_at or now)
    works, made = _shared_out(session, asking)
    opened = [work for work in works if work.opened]
    _go_on(session, opened)
    fresh = [work for work in works if not work.opened]
    _open(session, fresh)
    made.tasks = len(fresh)
    return made


def _asks_for_work(letter: Letter, oldest: datetime) -> bool:
    """A mail whose date nobody can read counts as new: work must not be lost."""
    is_old = letter.sent_at is not None and letter.sent_at < oldest
    is_new_work = letter.direction == "in" and letter.is_matched and letter.task_id is None
    return is_new_work and not is_old and not letter.is_automatic


def _shared_out(session: Session, asking: Sequence[Letter]) -> tuple[list[Work], Made]:
    opened = _open_tasks(session, {letter.thread for letter in asking})
    works = {thread: Work(task) for thread, task in opened.items()}
    performers = _Performers(session, asking)
    made = Made()
    for letter in asking:
        work = works.get(letter.thread)
        if work is None:
            assignee = performers.of(letter)
            if assignee is None:
                made.unassigned.append(letter)
                continue
            work = works[letter.thread] = Work(assignee_id=assignee)
        work.letters.append(letter)
    return [work for work in works.values() if work.letters], made


def _open_tasks(
    session: Session, threads: Iterable[str | None]
) -> dict[str | None, dict[str, Any]]:
    """The open task of each thread, the newest where there are several."""
    chosen = (
        select(MAIL.c.thread, TASK.c.id, TASK.c.version, TASK.c.description)
        .join(TASK, TASK.c.id == MAIL.c.task_id)
        .where(MAIL.c.thread.in_(threads), TASK.c.status == "open", TASK.c.archived_at.is_(None))
        .order_by(TASK.c.id)
        .with_for_update(of=TASK)
    )
    return {row["thread"]: dict(row) for row in session.connection().execute(chosen).mappings()}


def _go_on(session: Session, works: Iterable[Work]) -> None:
    """Write later mails of a thread below what its task says; two threads may share a task."""
    edits: dict[int, Edit] = {}
    for work in works:
        task = work.opened or {}
        known = edits.get(task["id"])
        was = task["description"]
        told = [known.new["description"] if known else was]
        told += [_told(session, letter) for letter in work.letters]
        new = "\n\n".join(text for text in told if text)
        edits[task["id"]] = Edit(
            task["id"], task["version"], {"description": was}, {"description": new}
        )
        _hang(work, task["id"])
    edit_all(session, Task, list(edits.values()))


def _open(session: Session, works: Sequence[Work]) -> None:
    """Make the tasks of new threads."""
    days = constants.typed(session, "mail.task_term_days")["mail.task_term_days"]
    place = session.info["place"]
    due_on = add_working_days(place.today, days, place.works_on)
    rows = [
        {
            "subject": work.letters[0].subject or NO_SUBJECT,
            "assignee_id": work.assignee_id,
            "due_on": due_on,
            "kind": "mail",
            "description": "\n\n".join(_told(session, letter) for letter in work.letters),
            "account_id": work.letters[0].account_id,
            "contact_id": work.letters[0].contact_id,
        }
        for work in works
    ]
    for work, number in zip(works, tasks_at_once.create(session, rows), strict=True):
        _hang(work, number)


def _hang(work: Work, task_id: int) -> None:
    for letter in work.letters:
        letter.task_id = task_id


class _Performers:
    """Service representative, else sales representative, else who imports, else the owner."""

    def __init__(self, session: Session, letters: Sequence[Letter]) -> None:
        self._importer: int | None = session.info["person_id"]
        read = session.connection().execute
        who = (ACCOUNT.c.id, ACCOUNT.c.service_rep_id, ACCOUNT.c.sales_rep_id, ACCOUNT.c.owner_id)
        accounts = {letter.account_id for letter in letters}
        chosen = read(select(*who).where(ACCOUNT.c.id.in_(accounts)))
        self._accounts = {row[0]: row[1:] for row in chosen}
        people = {letter.contact_id for letter in letters}
        owners = select(CONTACT.c.id, CONTACT.c.owner_id).where(CONTACT.c.id.in_(people))
        self._contacts = dict(read(owners).all())
        here = select(EMPLOYEE.c.id).where(EMPLOYEE.c.archived_at.is_(None))
        self._here = set(read(here).scalars())

    def of(self, letter: Letter) -> int | None:
        service, sales, owner = self._accounts.get(letter.account_id, (None, None, None))
        wanted = (service, sales, self._importer, owner, self._contacts.get(letter.contact_id))
        return next((one for one in wanted if one in self._here), None)


def _told(session: Session, letter: Letter) -> str:
    """Who wrote when, and what: his own words, or all where he passed on those of another."""
    sender = " ".join(part for part in (letter.sender_name, letter.sender_email) if part)
    when = letter.raw_date
    if letter.sent_at:
        when = letter.sent_at.astimezone(session.info["place"].zone).strftime("%Y-%m-%d %H:%M")
    text = letter.body if letter.matched_by == "forwarded" else unquoted(letter.body)
    return f"{sender}, {when}\n{text}".strip()
