"""What the daily digest of an employee tells, and the mails and messages that carry it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update

from crm_cli.errors import InvalidData
from crm_cli.rendering import render
from crm_cli.services import constants
from crm_cli.services.outbox import queue
from crm_cli.services.reminders.digest_rules import AHEAD, section
from crm_cli.services.reminders.letters import HEADERS, Post, address, unsaid
from schema.account import Account
from schema.base import table_of
from schema.employee import Employee
from schema.message import Message
from schema.reminder import Reminder
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row, Select
    from sqlmodel import Session

    from crm_cli.services.presence import Presence
    from crm_cli.services.reminders.digest_rules import Digests
    from crm_cli.services.reminders.ledger import Delivery
    from crm_cli.services.reminders.recipients import Recipient

TASK, ACCOUNT, MESSAGE = table_of(Task), table_of(Account), table_of(Message)
EMPLOYEE, REMINDER = table_of(Employee), table_of(Reminder)


@dataclass
class Waiting:
    """What waits for an employee, as `crm today` shows it."""

    overdue: list[dict[str, Any]] = field(default_factory=list)
    today: list[dict[str, Any]] = field(default_factory=list)
    next: list[dict[str, Any]] = field(default_factory=list)
    unread: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.overdue or self.today or self.next or self.unread)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What becomes of the digest of one day; `waiting` is what it tells if it is sent."""

    person: Recipient
    digests: Digests
    day: date
    state: str
    is_late: bool = False
    waiting: Waiting | None = None

    @property
    def key(self) -> str:
        """The key of its ledger row."""
        return self.digests.key(self.day)


def gather(
    session: Session, people: Sequence[Recipient], absences: Presence, now: datetime
) -> dict[int, Waiting]:
    """What waits for each of these employees, for those too for whom they stand in."""
    if not people:
        return {}
    absent = {one.id: _absent(one, absences, now) for one in people}
    owners = {*absent, *(other for others in absent.values() for other in others)}
    tasks = _tasks(session, owners, {one.team_id for one in people} - {None}, now)
    unread = _unread(session, absent)
    return {
        one.id: _waiting(one, absent[one.id], tasks, unread.get(one.id, 0), now) for one in people
    }


def deliver(
    session: Session, decisions: Sequence[Decision]
) -> tuple[dict[str, Delivery], dict[int, str]]:
    """Write a mail or message for each; gives the rows by ledger key, and whose failed why."""
    post, failures = Post(), dict[int, str]()
    for one in decisions:
        try:
            _put(session, post, one)
        except InvalidData as error:
            failures[one.person.id] = error.message
    return post.write(session), failures


def _absent(person: Recipient, absences: Presence, now: datetime) -> list[int]:
    return absences.stood_in_for(person.id, now.astimezone(person.zone).date())


def _tasks(
    session: Session, owners: Iterable[int], teams: Iterable[int | None], now: datetime
) -> Mapping[tuple[str, int], list[Row[Any]]]:
    """Open tasks up to the end of what digests tell, by employee and by team, in their order."""
    of_team = TASK.c.assignee_id.is_(None) & TASK.c.team_id.in_(teams)
    chosen = (
        select(TASK.c.id, TASK.c.subject, TASK.c.due_on, TASK.c.due_at, TASK.c.assignee_id)
        .add_columns(TASK.c.team_id, ACCOUNT.c.name.label("account"))
        .add_columns(EMPLOYEE.c.name.label("assignee"))
        .outerjoin_from(TASK, ACCOUNT, ACCOUNT.c.id == TASK.c.account_id)
        .outerjoin(EMPLOYEE, EMPLOYEE.c.id == TASK.c.assignee_id)
        .where(TASK.c.status == "open", TASK.c.archived_at.is_(None))
        .where(TASK.c.due_on <= now.date() + AHEAD + AHEAD)
        .where(or_(TASK.c.assignee_id.in_(owners), of_team))
    )
    found = defaultdict[tuple[str, int], list[Any]](list)
    for one in session.connection().execute(chosen):
        mine = one.assignee_id is not None
        found["employee" if mine else "team", one.assignee_id if mine else one.team_id].append(one)
    return found


def set_aside(session: Session, ids: Collection[int]) -> None:
    """Note the digests of these employees as read, because a new one is written."""
    unread = MESSAGE.c.read_at.is_(None) & MESSAGE.c.id.in_(_digests(ids))
    read = update(MESSAGE).where(unread).values(read_at=session.info["origin"].now)
    session.connection().execute(read)


def _digests(ids: Collection[int]) -> Select[tuple[int]]:
    """The messages that were digests of these employees."""
    return select(REMINDER.c.message_id).where(
        REMINDER.c.kind == "digest",
        REMINDER.c.subject_id.in_(ids),
        REMINDER.c.message_id.is_not(None),
    )


def _unread(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The messages that employees have not read; their digests are none of them."""
    chosen = (
        select(MESSAGE.c.employee_id, func.count().label("number"))
        .where(MESSAGE.c.employee_id.in_(ids), MESSAGE.c.read_at.is_(None))
        .where(MESSAGE.c.id.not_in(_digests(ids)))
        .group_by(MESSAGE.c.employee_id)
    )
    return {one.employee_id: one.number for one in session.connection().execute(chosen)}


def _waiting(
    person: Recipient,
    absent: Sequence[int],
    tasks: Mapping[tuple[str, int], list[Row[Any]]],
    unread: int,
    now: datetime,
) -> Waiting:
    today = now.astimezone(person.zone).date()
    owners = [("employee", number) for number in (person.id, *absent)]
    owners += [("team", person.team_id)] if person.team_id is not None else []
    mine = [one for owner in owners for one in tasks.get(owner, ())]
    mine.sort(key=lambda one: (one.due_on, one.due_at is not None, one.due_at or now, one.id))
    found = Waiting(unread=unread)
    for one in mine:
        if one.due_on <= today + AHEAD:
            part: list[dict[str, Any]] = getattr(found, section(one.due_on, one.due_at, today, now))
            part.append(_line(one, person, is_mine=one.assignee_id not in absent))
    return found


def _line(task: Row[Any], person: Recipient, *, is_mine: bool) -> dict[str, Any]:
    time = task.due_at.astimezone(person.zone).strftime("%H:%M") if task.due_at else None
    return {
        "id": task.id,
        "subject": task.subject,
        "account": unsaid(task.account, task.subject),
        "due_on": task.due_on,
        "time": time,
        "in_place_of": None if is_mine else task.assignee,
        "is_of_team": task.assignee_id is None,
    }


def _put(session: Session, post: Post, one: Decision) -> None:
    person = one.person
    company = constants.text_of(session, "company.name")
    about = {
        "name": person.name,
        "day": one.day,
        "waiting": vars(one.waiting),
        "is_late": one.is_late,
        "is_delegate": person.login is None,
        "company": company,
    }
    letter = render("digest", person.language, about, session.info["templates"])
    if one.digests.channel == "message":
        post.messages[one.key] = {
            "employee_id": person.id,
            "sender": company or "crm",
            "text": f"{letter.subject}\n\n{letter.text.strip()}",
            "task_id": None,
        }
        return
    post.mails[one.key] = queue.written(
        session,
        kind="reminder",
        recipients=[address(person.email or "", person.name)],
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=HEADERS,
        uncertain="resend",
        employee_id=person.id,
    )
