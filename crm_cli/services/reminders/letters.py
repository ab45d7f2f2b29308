"""What a recipient gets of his reminders: a mail in the outbox, or a message in his inbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.bulk import append_all
from crm_cli.delivery.addresses import Address
from crm_cli.errors import InvalidData
from crm_cli.rendering import render
from crm_cli.services import constants
from crm_cli.services.outbox import queue
from crm_cli.services.reminders.ledger import Delivery
from schema.account import Account
from schema.employee import Employee
from schema.message import Message
from schema.team import Team

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session

    from crm_cli.rendering import Rendered
    from crm_cli.services.reminders.ledger import Decision

    Group = Sequence[Decision]

HEADERS = {"Auto-Submitted": "auto-generated"}
address = lru_cache(Address)
"""An address costs more to check than to remember, and people get many letters."""


@dataclass
class Post:
    """Mails and messages that are written together, each under a name of its own."""

    mails: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, session: Session) -> dict[str, Delivery]:
        """Write them all; gives the rows by name."""
        now = session.info["origin"].now
        mails = queue.enqueue_all(session, list(self.mails.values()))
        rows = [{**message, "created_at": now} for message in self.messages.values()]
        messages = append_all(session, Message, rows)
        return {
            **{name: Delivery(outbox_id=one) for name, one in zip(self.mails, mails, strict=True)},
            **{
                name: Delivery(message_id=one)
                for name, one in zip(self.messages, messages, strict=True)
            },
        }


def deliver(
    session: Session, groups: Sequence[Group], as_of: datetime
) -> tuple[dict[str, Delivery], dict[int, str]]:
    """Write one mail or message for each group of reminders.

    Gives the rows by ledger key, and why some tasks could not be put into words.
    """
    about, post, failures = _Surroundings(session, groups, as_of), Post(), dict[int, str]()
    written = []
    for group in groups:
        try:
            _put(session, post, group, about)
        except InvalidData as error:
            failures |= dict.fromkeys((one.task.id for one in group), error.message)
        else:
            written.append(group)
    rows = post.write(session)
    return {one.key: rows[group[0].key] for group in written for one in group}, failures


class _Surroundings:
    """What the letters of a batch tell beside the tasks, read once for all."""

    def __init__(self, session: Session, groups: Sequence[Group], as_of: datetime) -> None:
        tasks = [one.task for group in groups for one in group]
        accounts = {task.account_id for task in tasks} - {None}
        people = {number for task in tasks for number in (task.author_id, task.assignee_id)}
        chosen = select(Account.id, Account.name).where(col(Account.id).in_(accounts))
        self.accounts: dict[int | None, str] = dict(session.exec(chosen).all())
        known = session.exec(select(Employee).where(col(Employee.id).in_(people - {None})))
        self.people: dict[int | None, Employee] = {one.id: one for one in known}
        teams = {task.team_id for task in tasks if task.assignee_id is None} - {None}
        waiting = session.exec(select(Team).where(col(Team.id).in_(teams)))
        self.teams: dict[int | None, Team] = {one.id: one for one in waiting}
        self.company = constants.text_of(session, "company.name")
        self.templates: Path | None = session.info["templates"]
        self.as_of = as_of

    def letter(self, group: Group) -> Rendered:
        """One reminder, or a digest of several."""
        first, person = group[0], group[0].addressee
        about: dict[str, Any] = {
            "name": person.name,
            "company": self.company,
            "in_place_of": first.recipient.name if first.stands_in else None,
            "is_delegate": person.login is None,
        }
        if len(group) > 1:
            about |= {"is_late": first.is_late, "reminders": [self._facts(one) for one in group]}
            return render("reminder_digest", person.language, about, self.templates)
        name = "reminder_escalation" if first.moment.kind == "escalation" else "reminder"
        return render(name, person.language, about | self._facts(first), self.templates)

    def _facts(self, one: Decision) -> dict[str, Any]:
        task, zone = one.task, one.addressee.zone
        assignee, author = self.people.get(task.assignee_id), self.people.get(task.author_id)
        is_asked = author and author.id not in (one.recipient.id, one.addressee.id)
        return {
            "task": {"id": task.id, "subject": task.subject, "description": task.description},
            "account": unsaid(self.accounts.get(task.account_id), task.subject),
            "assignee": assignee.name if assignee else None,
            "team": self._team(one),
            "author": author.name if author and is_asked else None,
            "is_of_team": task.assignee_id is None,
            "is_memento": one.moment.kind == "memento",
            "is_escalation": one.moment.kind == "escalation",
            "due_on": task.due_on,
            "due_at": task.due_at,
            "zone": zone,
            "days_left": (task.due_on - self.as_of.astimezone(zone).date()).days,
            "is_late": one.is_late,
        }

    def _team(self, one: Decision) -> str | None:
        """The team of which nobody took the task, as its reader calls it."""
        team = None if one.task.assignee_id else self.teams.get(one.task.team_id)
        if team is None:
            return None
        own: str | None = getattr(team, f"name_{one.addressee.language}")
        return own or team.name_en

    def reply_to(self, group: Group) -> Address | None:
        """Who can answer, where all reminders of a letter have the same one with an address."""
        asked = {_answering(one) for one in group}
        person = self.people.get(asked.pop()) if len(asked) == 1 else None
        return address(person.email, person.name) if person and person.email else None

    def sender(self, group: Group) -> str:
        """Whom a message is from: the author, or the company for a digest and a job's task."""
        author = self.people.get(group[0].task.author_id) if len(group) == 1 else None
        return author.name if author else self.company or "crm"


def unsaid(account: str | None, subject: str) -> str | None:
    """The name of an account, unless the subject of its task says it already."""
    return None if account and account in subject else account


def _answering(one: Decision) -> int | None:
    """The author of the task; of an overdue one its assignee, for the manager wants to ask him."""
    asked = one.task.assignee_id if one.moment.kind == "escalation" else None
    found: int | None = asked or one.task.author_id
    return found


def _put(session: Session, post: Post, group: Group, about: _Surroundings) -> None:
    first, person, letter = group[0], group[0].addressee, about.letter(group)
    task_id = first.task.id if len(group) == 1 else None
    if first.moment.channel == "message":
        text = letter.subject if task_id else letter.text.strip()
        message = {"employee_id": person.id, "sender": about.sender(group), "text": text}
        post.messages[first.key] = {**message, "task_id": task_id}
        return
    post.mails[first.key] = queue.written(
        session,
        kind="reminder",
        recipients=[address(person.email or "", person.name)],
        reply_to=about.reply_to(group),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=HEADERS,
        uncertain="resend",
        task_id=task_id,
        employee_id=person.id,
    )
