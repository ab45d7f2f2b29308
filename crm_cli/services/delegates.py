"""Telling employees who have no login of their tasks: by e-mail, at their own address (R54)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.services import constants
from schema.account import Account
from schema.employee import Employee

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from schema.task import Task


def tell(session: Session, tasks: Iterable[Task]) -> None:
    """Queue one mail for each assignee who cannot see his tasks in the program."""
    given = [task for task in tasks if task.assignee_id not in {None, session.info["person_id"]}]
    if not given:
        return
    people = _without_login(session, {task.assignee_id for task in given})
    theirs = sorted(
        (task for task in given if task.assignee_id in people),
        key=lambda task: (task.assignee_id, task.due_on, task.key),
    )
    if not theirs:
        return
    from crm_cli.services.outbox import queue

    about = _About(session, theirs)
    mails = [
        about.mail(session, people[number], list(some))
        for number, some in groupby(theirs, key=lambda task: task.assignee_id)
    ]
    queue.enqueue_all(session, mails)


def _without_login(session: Session, ids: set[int | None]) -> dict[int | None, Employee]:
    chosen = select(Employee).where(
        col(Employee.login).is_(None),
        col(Employee.email).is_not(None),
        col(Employee.archived_at).is_(None),
    )
    return {one.id: one for one in session.exec(chosen) if one.id in ids}


class _About:
    """What the mails tell beside the tasks, read once for all."""

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        accounts = {task.account_id for task in tasks}
        chosen = select(Account.id, Account.name).where(col(Account.id).in_(accounts - {None}))
        self.accounts: dict[int | None, str] = dict(session.exec(chosen).all())
        self.company = constants.text_of(session, "company.name")
        self.defaults = constants.typed(session, "language", "timezone")
        author = session.info["person_id"]
        self.author = session.get(Employee, author) if author is not None else None

    def mail(self, session: Session, person: Employee, tasks: Sequence[Task]) -> dict[str, Any]:
        """The mail for one person: of one task, or of several that came together."""
        from crm_cli.delivery.addresses import Address
        from crm_cli.rendering import render
        from crm_cli.services.outbox import queue
        from crm_cli.services.reminders.letters import HEADERS

        facts = [self._facts(person, task) for task in tasks]
        letter = render(
            "delegate" if len(tasks) == 1 else "delegate_bundle",
            person.language or self.defaults["language"],
            {"name": person.name, "company": self.company, "tasks": facts, **facts[0]},
            session.info["templates"],
        )
        answers = self.author if self.author and self.author.email else None
        return queue.written(
            session,
            kind="delegate",
            recipients=[Address(person.email or "", person.name)],
            reply_to=Address(answers.email or "", answers.name) if answers else None,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            headers=HEADERS,
            uncertain="resend",
            task_id=tasks[0].key,
            employee_id=person.key,
        )

    def _facts(self, person: Employee, task: Task) -> dict[str, Any]:
        from zoneinfo import ZoneInfo

        from crm_cli.services.reminders.letters import unsaid

        return {
            "subject": task.subject,
            "account": unsaid(self.accounts.get(task.account_id), task.subject),
            "due_on": task.due_on,
            "due_at": task.due_at,
            "zone": ZoneInfo(person.timezone or self.defaults["timezone"]),
            "description": task.description,
        }
