"""The inbox of employees: messages that need no mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import InvalidData, NotFound
from schema.employee import Employee
from schema.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session


def send(
    session: Session,
    *,
    recipients: Sequence[int],
    sender: str,
    text: str,
    task_id: int | None = None,
) -> list[Message]:
    """Put a message into the inbox of each recipient."""
    if not text.strip():
        raise InvalidData("The message is empty.")
    if not recipients:
        raise InvalidData("The message has no recipient.")
    now = session.info["origin"].now
    sent = [
        Message(employee_id=one, sender=sender, text=text.strip(), task_id=task_id, created_at=now)
        for one in recipients
    ]
    session.add_all(sent)
    session.flush()
    return sent


def name_of(session: Session, employee_id: int) -> str:
    """Who a message of an employee is from."""
    return session.get_one(Employee, employee_id).name


def mark_read(session: Session, ids: Iterable[int], *, employee_id: int) -> None:
    """Note when the messages of an employee were first read; raises NotFound for another's."""
    now = session.info["origin"].now
    for number in ids:
        mine = select(Message).where(Message.id == number, col(Message.employee_id) == employee_id)
        message = session.exec(mine).first()
        if message is None:
            raise NotFound(f"Message {number} is not in your inbox.", hint="crm inbox list --all")
        message.read_at = message.read_at or now
    session.flush()
