"""Telling an employee who has no login of a task: by e-mail, at his personnel address (R54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.services import constants
from schema.account import Account
from schema.employee import Employee

if TYPE_CHECKING:
    from sqlmodel import Session

    from schema.task import Task


def tell(session: Session, task: Task) -> None:
    """Queue a mail about the task, if its assignee cannot see it in the program."""
    if task.assignee_id is None:
        return
    employee = session.get_one(Employee, task.assignee_id)
    if employee.login or not employee.email:
        return
    from crm_cli.delivery.addresses import Address
    from crm_cli.rendering import render
    from crm_cli.services import outbox

    account = session.get(Account, task.account_id) if task.account_id else None
    language = employee.language or constants.text_of(session, "language")
    letter = render(
        "delegate",
        language,
        {
            "name": employee.name,
            "subject": task.subject,
            "account": account.name if account else None,
            "due_on": task.due_on,
            "description": task.description,
            "company": constants.text_of(session, "company.name"),
        },
        session.info["templates"],
    )
    outbox.enqueue(
        session,
        kind="delegate",
        recipients=[Address(employee.email, employee.name)],
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers={"Auto-Submitted": "auto-generated"},
        uncertain="resend",
        task_id=task.key,
        employee_id=employee.key,
    )
