"""How an exchange rate looks from outside."""

from __future__ import annotations

from crm_cli.views import types
from crm_cli.views.view import Column, Key, View, id_column, record_columns

RATE = View(
    noun="rate",
    entity="schema.exchange_rate:ExchangeRate",
    alias="r",
    source="exchange_rate r",
    title="currency",
    order="-date,currency",
    service="exchange_rates",
    keys=(Key(prefix="ext", sql="r.external_id", normal=str),),
    columns=(
        id_column("r"),
        Column(
            name="currency",
            sql="r.currency",
            type=types.CURRENCY,
            labels=("Currency", "Moneda", "Waluta"),
            field="currency",
            required=True,
            listed=True,
        ),
        Column(
            name="date",
            sql="r.valid_on",
            type=types.DATE,
            labels=("Date", "Data", "Data"),
            field="valid_on",
            required=True,
            listed=True,
            help="Day from which it holds, until the next one.",
        ),
        Column(
            name="rate",
            sql="r.rate",
            type=types.RATE,
            labels=("Rate", "Curs", "Kurs"),
            field="rate",
            required=True,
            listed=True,
            help="What one unit is worth in the company's currency.",
        ),
        *record_columns("r"),
    ),
)
