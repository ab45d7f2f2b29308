"""How an outgoing mail looks from outside: the log of what was sent and what waits."""

from __future__ import annotations

from typing import Any

from crm_cli.views.types import BOOLEAN, INTEGER, LONG_TEXT, MOMENT, Choice, ColumnType
from crm_cli.views.view import Column, Key, View, id_column, with_id
from schema.outbox_states import STATUSES, UNCERTAIN


class Lines(ColumnType):
    """Several texts, one a line."""

    name = "lines"

    def json(self, value: Any) -> Any:
        return value.split("\n") if value else []

    def text(self, value: Any, zone: Any) -> str:
        return ", ".join(self.json(value))


OUTBOX = View(
    noun="outbox",
    entity="schema.outbox:Outbox",
    alias="o",
    source=(
        "outbox o LEFT JOIN account a ON a.id = o.account_id"
        " LEFT JOIN employee e ON e.id = o.employee_id"
        " LEFT JOIN employee w ON w.id = o.author_id"
        " LEFT JOIN mail_account m ON m.id = o.mail_account_id"
    ),
    alive="1 = 1",
    title="subject",
    order="-open,-id",
    keys=(
        Key(
            prefix="message",
            sql="o.message_id",
            normal=str,
            plain=lambda text: text.startswith("<") and text.endswith(">"),
        ),
    ),
    columns=(
        id_column("o"),
        Column(
            name="open",
            sql="(o.status NOT IN ('sent', 'cancelled'))",
            type=BOOLEAN,
            labels=("Open", "Deschis", "Otwarte"),
        ),
        Column(
            name="status",
            sql="o.status",
            type=Choice(*STATUSES),
            labels=("Status", "Stare", "Status"),
            listed=True,
        ),
        Column(
            name="due_at",
            sql="o.due_at",
            type=MOMENT,
            labels=("Due at", "Scadent la", "Termin wysłania"),
            listed=True,
        ),
        Column(
            name="sent_at",
            sql="o.sent_at",
            type=MOMENT,
            labels=("Sent at", "Trimis la", "Wysłano"),
            listed=True,
        ),
        Column(name="kind", sql="o.kind", labels=("Kind", "Fel", "Rodzaj"), listed=True),
        Column(
            name="recipients",
            sql="o.recipients",
            type=Lines(),
            labels=("Recipients", "Destinatari", "Adresaci"),
            listed=True,
        ),
        Column(
            name="subject", sql="o.subject", labels=("Subject", "Subiect", "Temat"), listed=True
        ),
        Column(
            name="to",
            sql="coalesce(o.addressed_to, o.recipients)",
            type=Lines(),
            labels=("To", "Către", "Do"),
            help="Who stands there; a mail for those who are left of another shows whom that did.",
        ),
        Column(name="cc", sql="o.cc", type=Lines(), labels=("Cc", "Cc", "DW")),
        Column(name="bcc", sql="o.bcc", type=Lines(), labels=("Bcc", "Bcc", "UDW")),
        Column(name="reply_to", sql="o.reply_to", labels=("Reply to", "Răspuns la", "Odpowiedź")),
        Column(name="text", sql="o.text", type=LONG_TEXT, labels=("Text", "Text", "Treść")),
        Column(
            name="html",
            sql="o.html",
            type=LONG_TEXT,
            labels=("HTML", "HTML", "HTML"),
            for_programs=True,
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                noun="account",
                key="o.account_id",
                labels=("Account", "Partener", "Kontrahent"),
            )
        ),
        *with_id(
            Column(
                name="employee",
                sql="e.name",
                noun="employee",
                key="o.employee_id",
                labels=("Employee", "Angajat", "Pracownik"),
            )
        ),
        *with_id(
            Column(
                name="mail_account",
                sql="m.name",
                noun="mail-account",
                key="o.mail_account_id",
                labels=("Mail account", "Cont de e-mail", "Konto pocztowe"),
            )
        ),
        Column(
            name="task_id",
            sql="o.task_id",
            type=INTEGER,
            labels=("Task (id)", "Sarcină (id)", "Zadanie (id)"),
        ),
        Column(
            name="document_id",
            sql="o.document_id",
            type=INTEGER,
            labels=("Document (id)", "Document (id)", "Dokument (id)"),
        ),
        Column(
            name="attempts",
            sql="o.attempts",
            type=INTEGER,
            labels=("Attempts", "Încercări", "Próby"),
        ),
        Column(
            name="first_tried_at",
            sql="o.first_tried_at",
            type=MOMENT,
            labels=("First tried at", "Prima încercare la", "Pierwsza próba"),
        ),
        Column(
            name="tried_at",
            sql="o.tried_at",
            type=MOMENT,
            labels=("Tried at", "Încercat la", "Ostatnia próba"),
        ),
        Column(
            name="doubted_at",
            sql="o.doubted_at",
            type=MOMENT,
            labels=("In doubt since", "La îndoială din", "Niepewne od"),
        ),
        Column(name="answer", sql="o.answer", labels=("Answer", "Răspuns", "Odpowiedź serwera")),
        Column(
            name="uncertain",
            sql="o.uncertain",
            type=Choice(*UNCERTAIN),
            labels=("When uncertain", "La îndoială", "W razie wątpliwości"),
        ),
        Column(name="domain", sql="o.domain", labels=("Domain", "Domeniu", "Domena")),
        *with_id(
            Column(
                name="author",
                sql="w.name",
                noun="employee",
                key="o.author_id",
                labels=("Author", "Autor", "Autor"),
            )
        ),
        Column(
            name="claimed_by",
            sql="CASE WHEN o.status IN ('claimed', 'dot') THEN o.claimed_by END",
            labels=("Being sent by", "Se trimite de", "Wysyła"),
        ),
        Column(
            name="lease_until",
            sql="CASE WHEN o.status IN ('claimed', 'dot') THEN o.lease_until END",
            type=MOMENT,
            labels=("Being sent until", "Se trimite până la", "Wysyłane do"),
        ),
        Column(name="message_id", sql="o.message_id", labels=("Message-ID",) * 3),
        Column(
            name="created_at",
            sql="o.created_at",
            type=MOMENT,
            labels=("Created at", "Creat la", "Utworzono"),
        ),
    ),
)
