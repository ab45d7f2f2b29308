"""The inbox of employees: messages that need no mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col

from crm_cli.audit import Change, record
from crm_cli.bulk import selects
from crm_cli.errors import Conflict, InvalidData, NotFound
from schema.employee import Employee
from schema.message import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlmodel import Session


def send(
    session: Session,
    *,
    recipients: Sequence[int],
    sender: str,
    text: str,
    sender_id: int | None = None,
    task_id: int | None = None,
) -> list[Message]:
    """Put a message into the inbox of each recipient; only an employee has a `sender_id`."""
    if not text.strip():
        raise InvalidData("The message is empty.")
    if not recipients:
        raise InvalidData("The message has no recipient.")
    now = session.info["origin"].now
    sent = [
        Message(
            employee_id=one,
            sender=sender,
            sender_id=sender_id,
            text=text.strip(),
            task_id=task_id,
            created_at=now,
        )
        for one in recipients
    ]
    session.add_all(sent)
    session.flush()
    return sent


def write(
    session: Session, *, recipients: Sequence[int], author_id: int, text: str
) -> list[Message]:
    """Send what an employee wrote; the trail says to whom, so that `crm undo` knows of it."""
    name = session.get_one(Employee, author_id).name
    sent = send(session, recipients=recipients, sender=name, sender_id=author_id, text=text)
    record(session, map(_told, sent))
    return sent


def reply(session: Session, number: int, *, employee_id: int, text: str) -> Message:
    """Answer a message of an employee, which is read thereby; raises Conflict for one of a job."""
    (message,) = _received(session, [number], employee_id)
    if message.sender_id is None:
        raise Conflict(f"Message {number} was not sent by an employee: nobody would get an answer.")
    (sent,) = write(
        session,
        recipients=[message.sender_id],
        author_id=employee_id,
        text=f"{text.strip()}\n{_quoted(message.text)}" if text.strip() else "",
    )
    mark_read(session, [number], employee_id=employee_id)
    return sent


def without_login(session: Session, messages: Iterable[Message]) -> list[str]:
    """One line for each recipient who has no login to read a message with."""
    people = [session.get_one(Employee, one.employee_id) for one in messages]
    line = "{0.name} has no login to read messages with: crm employee edit {0.id} --login LOGIN"
    return [line.format(one) for one in people if not one.login]


def mark_read(session: Session, ids: Collection[int], *, employee_id: int) -> None:
    """Note when the messages of an employee were first read; raises NotFound for another's."""
    now = session.info["origin"].now
    for message in _received(session, ids, employee_id):
        message.read_at = message.read_at or now
    session.flush()


def mark_unread(session: Session, ids: Collection[int], *, employee_id: int) -> None:
    """Let messages of an employee wait again; raises NotFound for another's."""
    for message in _received(session, ids, employee_id):
        message.read_at = None
    session.flush()


def _told(message: Message) -> Change:
    parties = {"employee_id": message.employee_id, "sender_id": message.sender_id}
    return Change("message", message.key, None, None, parties)


def _received(session: Session, ids: Collection[int], employee_id: int) -> list[Message]:
    mine = col(Message.employee_id) == employee_id
    found = [
        message for some in selects(Message, ids) for message in session.exec(some.where(mine))
    ]
    if missing := set(ids) - {message.key for message in found}:
        raise NotFound(f"Message {min(missing)} is not in your inbox.", hint="crm inbox list --all")
    return found


def _quoted(text: str) -> str:
    """What is answered, without what it answered itself."""
    return "\n".join(f"> {line}" for line in text.splitlines() if not line.startswith(">"))
