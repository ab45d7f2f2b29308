"""How a site looks from outside."""

from __future__ import annotations

from crm_cli.values.text import fold_name
from crm_cli.views.addresses import address_columns
from crm_cli.views.types import LONG_TEXT
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

SITE = View(
    noun="site",
    entity="schema.site:Site",
    alias="s",
    source="site s LEFT JOIN account a ON a.id = s.account_id",
    search=("s.name_folded", "s.city_folded", "a.name_folded"),
    service="sites",
    keys=(
        Key(prefix="email", sql="lower(s.email)", normal=str.lower, plain=lambda text: "@" in text),
        Key(prefix="ext", sql="s.external_id", normal=str),
        Key(prefix="name", sql="s.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("s"),
        Column(
            name="name",
            sql="s.name",
            folded="s.name_folded",
            labels=("Name", "Denumire", "Nazwa"),
            aliases=("Site", "Sediu", "Punct de lucru", "Oddział"),
            field="name",
            required=True,
            listed=True,
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="s.account_id",
                labels=("Account", "Partener", "Kontrahent"),
                aliases=("Company", "Firma", "Cont"),
                field="account_id",
                required=True,
                listed=True,
            )
        ),
        Column(
            name="email",
            sql="s.email",
            labels=("E-mail", "E-mail", "E-mail"),
            aliases=("Email",),
            field="email",
            listed=True,
            help="Mail from this address belongs to the account.",
        ),
        Column(name="phone", sql="s.phone", labels=("Phone", "Telefon", "Telefon"), field="phone"),
        *address_columns("s"),
        Column(
            name="note",
            sql="s.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("s"),
    ),
)
