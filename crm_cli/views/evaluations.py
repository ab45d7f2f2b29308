"""How an evaluation sheet looks from outside: products by quantity, priced by the catalogue."""

from __future__ import annotations

from crm_cli.views.types import INTEGER, LONG_TEXT, MONEY, QUANTITY, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

VALUE = """(SELECT sum((v_line.quantity * v_item.price + 500000) / 1000000)
  FROM evaluation_line v_line JOIN product v_item ON v_item.id = v_line.product_id
  WHERE v_line.evaluation_id = v.id)"""
CURRENCIES = """(SELECT CASE WHEN min(v_item.currency) = max(v_item.currency)
  THEN min(v_item.currency) END
  FROM evaluation_line v_line JOIN product v_item ON v_item.id = v_line.product_id
  WHERE v_line.evaluation_id = v.id)"""

EVALUATION = View(
    noun="evaluation",
    entity="schema.evaluation:Evaluation",
    alias="v",
    source="evaluation v JOIN lead l ON l.id = v.lead_id JOIN account a ON a.id = l.account_id",
    title="account",
    keys=(Key(prefix="ext", sql="v.external_id", normal=str),),
    columns=(
        id_column("v"),
        *with_id(
            Column(
                name="lead",
                sql="a.name",
                folded="a.name_folded",
                noun="lead",
                key="v.lead_id",
                labels=("Lead", "Lead", "Lead"),
                field="lead_id",
                required=True,
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="l.account_id",
                labels=("Account", "Partener", "Kontrahent"),
            )
        ),
        Column(
            name="status",
            sql="v.status",
            type=Choice("draft", "final"),
            labels=("Status", "Stare", "Status"),
            loaded="status",
            listed=True,
        ),
        Column(
            name="value",
            sql=f"CASE WHEN {CURRENCIES} IS NOT NULL THEN {VALUE} END",
            type=MONEY,
            labels=("Value", "Valoare", "Wartość"),
            listed=True,
        ),
        Column(
            name="currency",
            sql=CURRENCIES,
            labels=("Currency", "Monedă", "Waluta"),
            listed=True,
        ),
        Column(
            name="note",
            sql="v.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("v"),
    ),
)

EVALUATION_LINE = View(
    noun="evaluation_line",
    entity="schema.evaluation:EvaluationLine",
    alias="vl",
    source="evaluation_line vl JOIN product p ON p.id = vl.product_id",
    title="product",
    order="position",
    columns=(
        id_column("vl"),
        Column(
            name="position",
            sql="vl.position",
            type=INTEGER,
            labels=("No.", "Nr. crt.", "Lp."),
            listed=True,
        ),
        *with_id(
            Column(
                name="product",
                sql="p.name",
                folded="p.name_folded",
                noun="product",
                key="vl.product_id",
                labels=("Product", "Articol", "Produkt"),
                listed=True,
            )
        ),
        Column(
            name="quantity",
            sql="vl.quantity",
            type=QUANTITY,
            labels=("Quantity", "Cantitate", "Ilość"),
            listed=True,
        ),
        Column(
            name="price",
            sql="p.price",
            type=QUANTITY,
            labels=("Price", "Preț", "Cena"),
            listed=True,
        ),
        Column(
            name="value",
            sql="(vl.quantity * p.price + 500000) / 1000000",
            type=MONEY,
            labels=("Value", "Valoare", "Wartość"),
            listed=True,
        ),
        Column(
            name="currency",
            sql="p.currency",
            labels=("Currency", "Monedă", "Waluta"),
            listed=True,
        ),
        *record_columns("vl"),
    ),
)
