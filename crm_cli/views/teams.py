"""How a team looks from outside."""

from __future__ import annotations

from crm_cli.views.view import Column, Key, View, id_column, record_columns

TEAM = View(
    noun="team",
    entity="schema.team:Team",
    alias="t",
    source="team t",
    title="name_en",
    keys=(Key(prefix="code", sql="t.code", normal=str, plain=lambda _: True),),
    columns=(
        id_column("t"),
        Column(
            name="code",
            sql="t.code",
            labels=("Code", "Cod", "Kod"),
            field="code",
            required=True,
            listed=True,
        ),
        Column(
            name="name_en",
            sql="t.name_en",
            labels=("Name (English)", "Denumire (engleză)", "Nazwa (angielski)"),
            field="name_en",
            required=True,
            listed=True,
        ),
        Column(
            name="name_ro",
            sql="t.name_ro",
            labels=("Name (Romanian)", "Denumire (română)", "Nazwa (rumuński)"),
            field="name_ro",
            listed=True,
        ),
        Column(
            name="name_pl",
            sql="t.name_pl",
            labels=("Name (Polish)", "Denumire (poloneză)", "Nazwa (polski)"),
            field="name_pl",
            listed=True,
        ),
        *record_columns("t"),
    ),
)
