"""How a message of the inbox looks from outside."""

from __future__ import annotations

from dataclasses import replace

from crm_cli.views.types import INTEGER, LONG_TEXT, MOMENT
from crm_cli.views.view import Column, View, id_column, listing, with_id

MESSAGE = View(
    noun="message",
    entity="schema.message:Message",
    alias="m",
    source=(
        "message m"
        " LEFT JOIN employee e ON e.id = m.employee_id"
        " LEFT JOIN task t ON t.id = m.task_id"
    ),
    title="text",
    order="received_at",
    listing="crm inbox list --all",
    alive="m.read_at IS NULL",
    columns=(
        id_column("m"),
        Column(
            name="received_at",
            sql="m.created_at",
            type=MOMENT,
            labels=("Received at", "Primit la", "Otrzymano"),
            listed=True,
        ),
        Column(
            name="sender",
            sql="m.sender",
            labels=("From", "De la", "Od"),
            listed=True,
        ),
        Column(
            name="sender_id",
            sql="m.sender_id",
            type=INTEGER,
            labels=("From (id)", "De la (id)", "Od (id)"),
        ),
        Column(
            name="text",
            sql="m.text",
            type=LONG_TEXT,
            labels=("Text", "Text", "Treść"),
            listed=True,
        ),
        *with_id(
            Column(
                name="recipient",
                sql="e.name",
                noun="employee",
                key="m.employee_id",
                labels=("To", "Către", "Do"),
            )
        ),
        *with_id(
            Column(
                name="task",
                sql="t.subject",
                folded="t.subject_folded",
                noun="task",
                key="m.task_id",
                labels=("Task", "Sarcină", "Zadanie"),
            )
        ),
        Column(
            name="read_at",
            sql="m.read_at",
            type=MOMENT,
            labels=("Read at", "Citit la", "Przeczytano"),
        ),
    ),
)

SENT = replace(listing(MESSAGE, "id", "received_at", "recipient", "text", "read_at"), alive="1 = 1")
"""Messages as those see them who sent them: to whom, and when they were read."""


def received(employee_id: int, *, read: bool) -> View:
    """The messages of an employee that he has read, or has not read yet."""
    state = "NOT NULL" if read else "NULL"
    return replace(MESSAGE, alive=f"m.read_at IS {state} AND m.employee_id = {employee_id:d}")
