"""How an imported mail looks from outside."""

from __future__ import annotations

import re

from crm_cli.views.outbox import Lines
from crm_cli.views.types import BOOLEAN, INTEGER, LONG_TEXT, MOMENT, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from schema.interaction_kinds import MAIL_DIRECTIONS, MATCHES, WAITING

UNMATCHED = re.sub(r"\b(?=account_id|contact_id|direction)", "m.", WAITING)
"""The mails that wait for someone to say whose they are."""

SOURCE_BYTES = (
    "SELECT raw FROM mail_source WHERE mail_id = ? AND (id = ? OR ? = 0) ORDER BY id LIMIT 1"
)
"""One source of a mail by its id, the first by 0."""

CONCERNED = "m.id IN (SELECT i.mail_id FROM interaction i WHERE i.account_id = ?)"
"""The mails in the history of an account."""

SOURCE = (
    "mail m"
    " LEFT JOIN account a ON a.id = m.account_id"
    " LEFT JOIN contact c ON c.id = m.contact_id"
    " LEFT JOIN site s ON s.id = m.site_id"
    " LEFT JOIN task t ON t.id = m.task_id"
)

MESSAGE = (
    id_column("m"),
    Column(
        name="sent_at",
        sql="m.sent_at",
        type=MOMENT,
        labels=("Sent at", "Trimis la", "Wysłano"),
        listed=True,
    ),
    Column(
        name="direction",
        sql="m.direction",
        type=Choice(*MAIL_DIRECTIONS),
        labels=("Direction", "Sens", "Kierunek"),
        listed=True,
    ),
    Column(
        name="sender",
        sql="coalesce(m.sender_name, m.sender_email)",
        labels=("From", "De la", "Od"),
        listed=True,
    ),
    Column(
        name="sender_email",
        sql="m.sender_email",
        labels=("Sender's address", "Adresa expeditorului", "Adres nadawcy"),
    ),
    Column(name="to", sql="m.recipients", type=Lines(), labels=("To", "Către", "Do")),
    Column(name="cc", sql="m.copies", type=Lines(), labels=("Cc", "Cc", "DW")),
    Column(
        name="subject",
        sql="m.subject",
        folded="m.subject_folded",
        labels=("Subject", "Subiect", "Temat"),
        listed=True,
    ),
)

PLACE = (
    *with_id(
        Column(
            name="account",
            sql="a.name",
            folded="a.name_folded",
            noun="account",
            key="m.account_id",
            labels=("Account", "Partener", "Kontrahent"),
            listed=True,
        )
    ),
    *with_id(
        Column(
            name="contact",
            sql="c.name",
            folded="c.name_folded",
            noun="contact",
            key="m.contact_id",
            labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
        )
    ),
    *with_id(
        Column(
            name="site",
            sql="s.name",
            folded="s.name_folded",
            noun="site",
            key="m.site_id",
            labels=("Site", "Sediu", "Oddział"),
        )
    ),
    Column(
        name="matched_by",
        sql="m.matched_by",
        type=Choice(*MATCHES),
        labels=("Matched by", "Identificat după", "Dopasowano według"),
        help="By name alone is not sure.",
        listed=True,
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
)

FACTS = (
    Column(
        name="automatic",
        sql="m.is_automatic",
        type=BOOLEAN,
        labels=("Automatic", "Automat", "Automatyczna"),
        help="An absence notice, a bounce or a newsletter.",
    ),
    Column(
        name="attachments",
        sql="(SELECT count(*) FROM attachment x WHERE x.mail_id = m.id)",
        type=INTEGER,
        labels=("Attachments", "Atașamente", "Załączniki"),
    ),
    Column(name="message_id", sql="m.message_id", labels=("Message-ID",) * 3),
    Column(name="thread", sql="m.thread", labels=("Thread", "Conversație", "Wątek")),
    Column(
        name="raw_date",
        sql="m.raw_date",
        labels=("Date as written", "Data din mesaj", "Data z wiadomości"),
    ),
    Column(name="body", sql="m.body", type=LONG_TEXT, labels=("Text", "Text", "Treść")),
)

MAIL = View(
    noun="mail",
    entity="schema.mail:Mail",
    alias="m",
    source=SOURCE,
    search=("m.subject_folded", "a.name_folded"),
    title="subject",
    order="-sent_at",
    keys=(
        Key(
            prefix="message",
            sql="m.message_id",
            normal=lambda text: text.strip("<>"),
            plain=lambda text: text.startswith("<") and text.endswith(">"),
        ),
    ),
    columns=(*MESSAGE, *PLACE, *FACTS, *record_columns("m")),
)

ACCOUNTS = View(
    noun="mail account",
    entity="schema.interaction:Interaction",
    alias="i",
    source=(
        "interaction i"
        " LEFT JOIN account a ON a.id = i.account_id"
        " LEFT JOIN contact c ON c.id = i.contact_id"
    ),
    title="account",
    columns=(
        id_column("i"),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                noun="account",
                key="i.account_id",
                labels=("Account", "Partener", "Kontrahent"),
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="contact",
                sql="c.name",
                noun="contact",
                key="i.contact_id",
                labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
                listed=True,
            )
        ),
    ),
)
"""Where a mail stands in the history: an interaction with each account it concerns."""

SOURCES = View(
    noun="mail source",
    entity="schema.mail:MailSource",
    alias="q",
    source="mail_source q",
    alive="1 = 1",
    title="file",
    columns=(
        id_column("q"),
        Column(name="file", sql="q.file", labels=("File", "Fișier", "Plik"), listed=True),
        Column(
            name="start",
            sql="q.start",
            type=INTEGER,
            labels=("Offset", "Poziție", "Pozycja"),
            listed=True,
        ),
        Column(name="dialect", sql="q.dialect", labels=("Form", "Format", "Format"), listed=True),
        Column(
            name="encoding",
            sql="q.encoding",
            labels=("Encoding", "Codificare", "Kodowanie"),
            listed=True,
        ),
        Column(
            name="imported_at",
            sql="q.imported_at",
            type=MOMENT,
            labels=("Imported at", "Importat la", "Zaimportowano"),
            listed=True,
        ),
    ),
)
