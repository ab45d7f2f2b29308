"""Work from imported mail: one task for each thread, for whoever looks after the account (R140)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.mailbox.quoting import unquoted
from crm_cli.services import constants, tasks
from crm_cli.values.days import add_working_days
from schema.account import Account
from schema.contact import Contact
from schema.employee import Employee
from schema.mail import Mail
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlmodel import Session

NO_SUBJECT = "(no subject)"


@dataclass
class Made:
    """How many tasks were made, and the mails for which nobody could be found."""

    tasks: int = 0
    unassigned: list[int] = field(default_factory=list)


def make(session: Session, mails: Sequence[Mail]) -> Made:
    """Make a task for each new thread; a later mail joins the task of its thread while it is open.

    Automatic mail, our own, mail without an account and old mail make none.
    """
    rules = constants.typed(session, "mail.task_term_days", "mail.task_max_age")
    oldest = session.info["origin"].now - timedelta(days=rules["mail.task_max_age"])
    asking = [mail for mail in mails if _asks_for_work(mail, oldest)]
    asking.sort(key=lambda mail: mail.sent_at or session.info["origin"].now)
    due_on = add_working_days(session.info["place"].today, rules["mail.task_term_days"])
    opened = _open_tasks(session, {mail.thread for mail in asking})
    performers = _performers(session, asking)
    made = Made()
    for mail in asking:
        task = opened.get(mail.thread)
        assignee = performers[mail.key]
        if task is not None:
            task.description = f"{task.description or ''}\n\n{_told(session, mail)}".strip()
        elif assignee is None:
            made.unassigned.append(mail.key)
            continue
        else:
            task = opened[mail.thread] = _task(session, mail, assignee, due_on)
            made.tasks += 1
        mail.task_id = task.key
    session.flush()
    return made


def _asks_for_work(mail: Mail, oldest: datetime) -> bool:
    """A mail whose date nobody can read counts as new: work must not be lost."""
    is_ours = mail.account_id is not None or mail.contact_id is not None
    is_old = mail.sent_at is not None and mail.sent_at < oldest
    return mail.direction == "in" and is_ours and not is_old and not mail.is_automatic


def _open_tasks(session: Session, threads: Iterable[str | None]) -> dict[str | None, Task]:
    """The open task of each thread."""
    found = (
        select(Mail.thread, Task)
        .join(Task, col(Task.id) == col(Mail.task_id))
        .where(col(Mail.thread).in_(threads), col(Task.status) == "open")
        .where(col(Task.archived_at).is_(None))
        .order_by(col(Task.id))
    )
    return dict(session.exec(found).all())


def _performers(session: Session, mails: Iterable[Mail]) -> dict[int, int | None]:
    """Service representative, else sales representative, else who imports, else the owner."""
    importer: int | None = session.info["person_id"]
    accounts = {mail.account_id for mail in mails}
    people = {mail.contact_id for mail in mails}
    reps = {
        account.id: (account.service_rep_id, account.sales_rep_id, importer, account.owner_id)
        for account in session.exec(select(Account).where(col(Account.id).in_(accounts)))
    }
    owners = {
        contact.id: contact.owner_id
        for contact in session.exec(select(Contact).where(col(Contact.id).in_(people)))
    }
    here = set(session.exec(select(Employee.id).where(col(Employee.archived_at).is_(None))))
    found = {}
    for mail in mails:
        wanted = (*reps.get(mail.account_id, ()), importer, owners.get(mail.contact_id))
        found[mail.key] = next((one for one in wanted if one in here), None)
    return found


def _task(session: Session, mail: Mail, assignee: int, due_on: date) -> Task:
    return tasks.create(
        session,
        subject=mail.subject or NO_SUBJECT,
        assignee_id=assignee,
        due_on=due_on,
        kind="mail",
        description=_told(session, mail),
        account_id=mail.account_id,
        contact_id=mail.contact_id,
    )


def _told(session: Session, mail: Mail) -> str:
    """Who wrote when, and what: the author's words without the mail being answered."""
    sender = " ".join(part for part in (mail.sender_name, mail.sender_email) if part)
    when = mail.raw_date
    if mail.sent_at:
        when = mail.sent_at.astimezone(session.info["place"].zone).strftime("%Y-%m-%d %H:%M")
    return f"{sender}, {when}\n{unquoted(mail.body)}".strip()
