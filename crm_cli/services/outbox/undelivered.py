"""Telling people in their inbox of a mail of theirs that did not arrive, or may not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.services import constants, messages
from schema.employee import Employee

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from crm_cli.delivery.refusals import RefusedRecipient
    from schema.outbox import Outbox


def tell(session: Session, mail: Outbox, refused: Sequence[RefusedRecipient] = ()) -> None:
    """Write to who caused the mail; of what a job wrote, to the employee it is for.

    Without any refused recipients, all of them did not get it.
    """
    number = mail.author_id or mail.employee_id
    employee = session.get(Employee, number) if number else None
    if employee is None or employee.archived_at:
        return
    from crm_cli.rendering import render

    recipients = [one.address for one in refused] or mail.recipients.split("\n")
    letter = render(
        "undelivered",
        employee.language or constants.text_of(session, "language"),
        {
            "number": mail.id,
            "subject": mail.subject,
            "recipients": ", ".join(recipients),
            "answer": "; ".join(f"{one.code} {one.text}" for one in refused) or mail.answer,
            "status": mail.status,
        },
        session.info["templates"],
    )
    messages.send(
        session,
        recipients=[employee.key],
        sender=constants.text_of(session, "company.name") or "crm",
        text=letter.text,
        task_id=mail.task_id,
    )
