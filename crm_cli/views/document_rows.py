"""The rows of a document in a spreadsheet: its lines, and what ties it to other documents."""

from __future__ import annotations

from crm_cli.views.types import BOOLEAN, INTEGER, MONEY, QUANTITY
from crm_cli.views.view import Column

LINE_JOIN = (
    " LEFT JOIN document_line n ON n.document_id = d.id"
    " LEFT JOIN product np ON np.id = n.product_id"
    " LEFT JOIN tax nx ON nx.id = n.tax_id"
)
AMOUNT = """
  '=' || CASE WHEN w.amount < 0 THEN '-' ELSE '' END
  || CAST(abs(w.amount) / 100 AS TEXT) || '.'
  || substr(CAST(100 + abs(w.amount) - abs(w.amount) / 100 * 100 AS TEXT), 2)"""
"""What a document pays of its source, as text: no two databases agree on more."""

LINKS = (
    Column(
        name="sources",
        sql=lambda dialect: dialect.texts_of(
            f"sd.kind || ':' || sd.label || coalesce({AMOUNT}, '')",
            "document_source w JOIN document sd ON sd.id = w.source_id"
            " WHERE w.document_id = d.id AND sd.label IS NOT NULL",
        ),
        labels=("Made from", "Provine din", "Utworzono z"),
        loaded="sources",
        help="What it was made from, or pays: order:CM0007; invoice:FA0003=100.00.",
    ),
    Column(
        name="revises",
        sql="(SELECT r.kind || ':' || r.label FROM document r WHERE r.id = d.revises_id)",
        labels=("Revises", "Revizuiește", "Zmienia"),
        loaded="revises",
    ),
    Column(
        name="reverses",
        sql="(SELECT r.kind || ':' || r.label FROM document r WHERE r.id = d.reverses_id)",
        labels=("Reverses", "Stornează", "Koryguje"),
        loaded="reverses",
    ),
)

LINES = (
    Column(
        name="line",
        sql="n.position",
        type=INTEGER,
        labels=("Line", "Linie", "Wiersz"),
        loaded="position",
        join=LINE_JOIN,
        help="Place on the document; in the order of the rows unless given.",
    ),
    Column(
        name="chapter",
        sql="n.is_chapter",
        type=BOOLEAN,
        labels=("Chapter", "Capitol", "Dział"),
        loaded="is_chapter",
        join=LINE_JOIN,
        help="Whether the line is only a heading.",
    ),
    Column(
        name="product",
        sql="np.code",
        noun="product",
        key="n.product_id",
        labels=("Product", "Cod articol", "Kod towaru"),
        aliases=("SKU", "Articol", "Produs", "Towar", "Item"),
        loaded="product_id",
        join=LINE_JOIN,
    ),
    Column(
        name="text",
        sql="n.text",
        labels=("Line text", "Denumire articol", "Nazwa towaru"),
        aliases=("Item name", "Denumire produs", "Text"),
        loaded="text",
        join=LINE_JOIN,
        help="The product's name unless given.",
    ),
    Column(
        name="unit",
        sql="n.unit",
        labels=("Unit", "UM", "Jm."),
        aliases=("U.M.", "J.m.", "Unitate de măsură", "Jednostka"),
        loaded="unit",
        join=LINE_JOIN,
    ),
    Column(
        name="quantity",
        sql="n.quantity",
        type=QUANTITY,
        labels=("Quantity", "Cantitate", "Ilość"),
        aliases=("Qty", "Cant."),
        loaded="quantity",
        join=LINE_JOIN,
        help="1 unless given.",
    ),
    Column(
        name="price",
        sql="n.price",
        type=QUANTITY,
        labels=("Unit price", "Preț unitar", "Cena netto"),
        aliases=("Price", "Preț", "Cena"),
        loaded="price",
        join=LINE_JOIN,
        help="Without VAT; the product's unless given.",
    ),
    Column(
        name="line_net",
        sql="n.net",
        type=MONEY,
        labels=("Line net", "Valoare linie", "Wartość netto wiersza"),
        loaded="net",
        join=LINE_JOIN,
    ),
    Column(
        name="line_tax",
        sql="nx.code",
        noun="tax",
        key="n.tax_id",
        labels=("Line VAT", "Cota TVA", "Stawka VAT"),
        aliases=("VAT %", "TVA %", "VAT rate"),
        loaded="tax_id",
        join=LINE_JOIN,
        help="VAT rate, by code or as 21%; the product's unless given.",
    ),
    Column(
        name="source_line",
        sql=(
            "(SELECT sd.kind || ':' || sd.label || ':' || CAST(sl.position AS TEXT)"
            " FROM document_line sl JOIN document sd ON sd.id = sl.document_id"
            " WHERE sl.id = n.source_line_id)"
        ),
        labels=("Line made from", "Linie din", "Wiersz z"),
        loaded="source_line",
        join=LINE_JOIN,
        help="The line it was made from: order:CM0007:2.",
    ),
)
