"""How a file of a mail or a task looks from outside."""

from __future__ import annotations

from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column, View, id_column, with_id

ATTACHMENT = View(
    noun="attachment",
    entity="schema.mail:Attachment",
    alias="x",
    source=(
        "attachment x LEFT JOIN mail m ON m.id = x.mail_id LEFT JOIN task t ON t.id = x.task_id"
    ),
    alive="(m.archived_at IS NULL OR x.task_id IS NOT NULL)",
    columns=(
        id_column("x"),
        Column(name="name", sql="x.name", labels=("Name", "Nume", "Nazwa"), listed=True),
        Column(
            name="size",
            sql="x.size",
            type=INTEGER,
            labels=("Size", "Mărime", "Rozmiar"),
            help="Bytes; none where the mail only named the file. Without SHA-256 it is too large.",
            listed=True,
        ),
        Column(name="media_type", sql="x.media_type", labels=("Type", "Tip", "Typ"), listed=True),
        Column(name="sha256", sql="x.sha256", labels=("SHA-256",) * 3),
        *with_id(
            Column(
                name="mail",
                sql="m.subject",
                folded="m.subject_folded",
                noun="mail",
                key="x.mail_id",
                labels=("Mail", "E-mail", "E-mail"),
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="task",
                sql="t.subject",
                folded="t.subject_folded",
                noun="task",
                key="x.task_id",
                labels=("Task", "Sarcină", "Zadanie"),
            )
        ),
    ),
)
