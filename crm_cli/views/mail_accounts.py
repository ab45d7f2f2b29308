"""How a mail account looks from outside; what opens it is not in the database."""

from __future__ import annotations

from crm_cli.views.types import BOOLEAN
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

MAIL_ACCOUNT = View(
    noun="mail-account",
    entity="schema.mail_account:MailAccount",
    alias="m",
    source="mail_account m LEFT JOIN employee e ON e.id = m.employee_id",
    search=("lower(m.name)", "e.name_folded"),
    service="mail_accounts",
    keys=(
        Key(prefix="ext", sql="m.external_id", normal=str),
        Key(prefix="name", sql="m.name", normal=str, plain=lambda _: True),
    ),
    columns=(
        id_column("m"),
        Column(
            name="name",
            sql="m.name",
            labels=("Name", "Denumire", "Nazwa"),
            field="name",
            required=True,
            listed=True,
            help="One word by which it is called.",
        ),
        Column(
            name="url",
            sql="m.url",
            labels=("URL", "URL", "URL"),
            field="url",
            required=True,
            listed=True,
            help="smtps://USER@HOST[:PORT], smtp://USER@HOST[:PORT], sendmail: or maildir:FOLDER.",
        ),
        Column(
            name="from",
            sql="m.sender",
            labels=("From", "De la", "Od"),
            field="sender",
            listed=True,
            help="'Name <address>'; by default the employee's, else that of the setting mail.from.",
        ),
        *with_id(
            Column(
                name="employee",
                sql="e.name",
                folded="e.name_folded",
                noun="employee",
                key="m.employee_id",
                labels=("Employee", "Angajat", "Pracownik"),
                field="employee_id",
                listed=True,
                help="Whose own it is: the documents he sends go by it.",
            )
        ),
        Column(
            name="default",
            sql="m.is_default",
            type=BOOLEAN,
            labels=("Default", "Implicit", "Domyślne"),
            field="is_default",
            listed=True,
            help="It sends the company's mail; it takes this from the one that did.",
        ),
        *record_columns("m"),
    ),
)
