"""What a recipient gets of his reminders: a mail in the outbox, or a message in his inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.delivery.addresses import Address
from crm_cli.rendering import render
from crm_cli.services import constants, messages, outbox
from crm_cli.services.reminder_ledger import Delivery
from schema.account import Account
from schema.employee import Employee

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session

    from crm_cli.rendering import Rendered
    from crm_cli.services.reminder_ledger import Decision

HEADERS = {"Auto-Submitted": "auto-generated"}


def deliver(
    session: Session, groups: Sequence[Sequence[Decision]], as_of: datetime
) -> dict[str, Delivery]:
    """Queue one mail or message for each group of reminders; gives the rows by ledger key."""
    surroundings = _Surroundings(session, groups, as_of)
    found: dict[str, Delivery] = {}
    for group in groups:
        delivery = _delivered(session, group, surroundings)
        found |= {one.key: delivery for one in group}
    return found


class _Surroundings:
    """What the letters of a batch tell beside the tasks, read once for all."""

    def __init__(
        self, session: Session, groups: Sequence[Sequence[Decision]], as_of: datetime
    ) -> None:
        tasks = [one.task for group in groups for one in group]
        accounts = {task.account_id for task in tasks}
        authors = {task.author_id for task in tasks}
        chosen = select(Account.id, Account.name).where(col(Account.id).in_(accounts))
        self.accounts: dict[int | None, str] = dict(session.exec(chosen).all())
        people = session.exec(select(Employee).where(col(Employee.id).in_(authors)))
        self.authors: dict[int | None, Employee] = {one.id: one for one in people}
        self.company = constants.text_of(session, "company.name")
        self.templates: Path | None = session.info["templates"]
        self.as_of = as_of

    def letter(self, group: Sequence[Decision]) -> Rendered:
        """One reminder, or a digest of several."""
        first = group[0]
        person = first.recipient
        about: dict[str, Any] = {"name": person.name, "company": self.company}
        if len(group) > 1:
            about |= {"reminders": [self._facts(one) for one in group]}
            return render("reminder_digest", person.language, about, self.templates)
        return render("reminder", person.language, about | self._facts(first), self.templates)

    def _facts(self, one: Decision) -> dict[str, Any]:
        task, today = one.task, self.as_of.astimezone(one.recipient.zone).date()
        return {
            "task": {"id": task.id, "subject": task.subject, "description": task.description},
            "account": self.accounts.get(task.account_id),
            "due_on": task.due_on,
            "due_at": task.due_at,
            "zone": one.recipient.zone,
            "days_left": (task.due_on - today).days,
            "is_late": one.is_late,
        }

    def reply_to(self, group: Sequence[Decision]) -> Address | None:
        """The author, where all reminders of a letter have the same one and he has an address."""
        authors = {one.task.author_id for one in group}
        author = self.authors.get(authors.pop()) if len(authors) == 1 else None
        return Address(author.email, author.name) if author and author.email else None

    def sender(self, group: Sequence[Decision]) -> str:
        """Whom a message is from: the author, or the company for a digest and a job's task."""
        author = self.authors.get(group[0].task.author_id) if len(group) == 1 else None
        return author.name if author else self.company or "crm"


def _delivered(session: Session, group: Sequence[Decision], about: _Surroundings) -> Delivery:
    person, letter = group[0].recipient, about.letter(group)
    task_id = group[0].task.id if len(group) == 1 else None
    if group[0].moment.channel == "message":
        (message,) = messages.send(
            session,
            recipients=[person.id],
            sender=about.sender(group),
            text=letter.subject if task_id else letter.text,
            task_id=task_id,
        )
        return Delivery(message_id=message.key)
    mail = outbox.enqueue(
        session,
        kind="reminder",
        recipients=[Address(person.email or "", person.name)],
        reply_to=about.reply_to(group),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=HEADERS,
        uncertain="resend",
        task_id=task_id,
        employee_id=person.id,
    )
    return Delivery(outbox_id=mail.key)
