"""What a document consists of: its lines, its VAT, what it was made from and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.views.query import Selection, select
from crm_cli.views.table import Table
from crm_cli.views.types import BOOLEAN, DATE, INTEGER, MONEY, QUANTITY
from crm_cli.views.view import Column, View

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place

LINES = View(
    noun="line",
    entity="schema.document:DocumentLine",
    alias="n",
    source=(
        "document_line n LEFT JOIN product p ON p.id = n.product_id"
        " LEFT JOIN tax x ON x.id = n.tax_id"
        " LEFT JOIN document_tax f ON f.document_id = n.document_id AND f.tax_id = n.tax_id"
    ),
    order="position",
    columns=(
        Column(name="position", sql="n.position", type=INTEGER, labels=("No.", "Nr. crt.", "Lp.")),
        Column(name="product", sql="p.code", labels=("Product", "Cod articol", "Kod towaru")),
        Column(name="text", sql="n.text", labels=("Text", "Denumire", "Nazwa")),
        Column(name="unit", sql="n.unit", labels=("Unit", "U.M.", "J.m.")),
        Column(
            name="quantity",
            sql="n.quantity",
            type=QUANTITY,
            labels=("Quantity", "Cantitate", "Ilość"),
        ),
        Column(name="price", sql="n.price", type=QUANTITY, labels=("Price", "Preț", "Cena")),
        Column(name="net", sql="n.net", type=MONEY, labels=("Net", "Valoare", "Wartość netto")),
        Column(name="tax", sql="x.code", labels=("VAT", "TVA", "VAT")),
        Column(
            name="vat_rate",
            sql="f.rate",
            type=QUANTITY,
            labels=("VAT %", "Cota TVA", "Stawka VAT"),
        ),
        Column(
            name="chapter", sql="n.is_chapter", type=BOOLEAN, labels=("Chapter", "Capitol", "Dział")
        ),
    ),
)
TAXES = View(
    noun="tax line",
    entity="schema.document:DocumentTax",
    alias="f",
    source="document_tax f JOIN tax x ON x.id = f.tax_id",
    order="rate,tax",
    columns=(
        Column(name="tax", sql="x.code", labels=("VAT", "TVA", "VAT")),
        Column(name="category", sql="x.category", labels=("Category", "Categorie", "Kategoria")),
        Column(
            name="rate", sql="f.rate", type=QUANTITY, labels=("VAT %", "Cota TVA", "Stawka VAT")
        ),
        Column(name="net", sql="f.net", type=MONEY, labels=("Net", "Bază", "Netto")),
        Column(name="vat", sql="f.vat", type=MONEY, labels=("VAT", "TVA", "VAT")),
    ),
)


def _linked(noun: str, there: str) -> View:
    """The documents at the other end of a link."""
    return View(
        noun=noun,
        entity="schema.document:DocumentSource",
        alias="w",
        source=f"document_source w JOIN document d ON d.id = w.{there}",
        order="id",
        columns=(
            Column(name="id", sql="d.id", type=INTEGER, labels=("Id", "Id", "Id")),
            Column(name="kind", sql="d.kind", labels=("Kind", "Tip", "Rodzaj")),
            Column(name="label", sql="d.label", labels=("Number", "Număr", "Numer")),
            Column(name="status", sql="d.status", labels=("Status", "Stare", "Status")),
            Column(name="date", sql="d.dated_on", type=DATE, labels=("Date", "Data", "Data")),
            Column(name="net", sql="d.net", type=MONEY, labels=("Net", "Valoare", "Netto")),
            Column(name="amount", sql="w.amount", type=MONEY, labels=("Pays", "Achită", "Spłaca")),
        ),
    )


PARTS = {
    "lines": (LINES, "n.document_id"),
    "taxes": (TAXES, "f.document_id"),
    "sources": (_linked("source", "source_id"), "w.document_id"),
    "results": (_linked("result", "document_id"), "w.source_id"),
}
"""Part -> its view and the SQL of the document's id in it."""


def part(reader: Reader, name: str, document_id: int, place: Place) -> Table:
    """The lines, the taxes, the sources or the results of one document."""
    view, key = PARTS[name]
    selection = Selection(
        columns=view.columns, archived=True, also=f"{key} = ?", also_values=(document_id,)
    )
    return Table(view.columns, list(select(reader, view, selection, place)))


def with_parts(reader: Reader, table: Table, place: Place) -> Table:
    """A single document together with what it consists of."""
    number = table.values()["id"]
    parts = {name: part(reader, name, number, place) for name in PARTS}
    return replace(table, parts=parts)
