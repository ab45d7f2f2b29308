"""Nouns whose records go to a spreadsheet in several rows: one for each line or passage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.views.types import BOOLEAN, DATE, INTEGER, MOMENT, MONEY, QUANTITY
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.views.view import View

PASSAGE_JOIN = (
    " LEFT JOIN passage p ON p.opportunity_id = o.id"
    " LEFT JOIN stage ps ON ps.id = p.stage_id"
    " LEFT JOIN employee pd ON pd.id = p.delegate_id"
)
LINE_JOIN = (
    " LEFT JOIN document_line n ON n.document_id = d.id"
    " LEFT JOIN product np ON np.id = n.product_id"
    " LEFT JOIN tax nx ON nx.id = n.tax_id"
)
MEMBER_JOIN = (
    " LEFT JOIN campaign_member m ON m.campaign_id = c.id"
    " LEFT JOIN account ma ON ma.id = m.account_id"
    " LEFT JOIN opportunity mo ON mo.id = m.opportunity_id"
)
ITEM_JOIN = (
    " LEFT JOIN evaluation_line vl ON vl.evaluation_id = v.id"
    " LEFT JOIN product vp ON vp.id = vl.product_id"
)

HISTORY = (
    Column(
        name="passage_at",
        sql="p.at",
        type=MOMENT,
        labels=("Stage changed", "Stadiu schimbat la", "Zmiana etapu"),
        field="at",
        join=PASSAGE_JOIN,
        help="When the opportunity came to the stage of this line of its history.",
    ),
    Column(
        name="passage_stage",
        sql="ps.code",
        labels=("New stage", "Stadiu nou", "Nowy etap"),
        loaded="stage_id",
        join=PASSAGE_JOIN,
    ),
    Column(
        name="passage_delegate",
        sql="pd.name",
        noun="employee",
        key="p.delegate_id",
        labels=("Delegate", "Delegat", "Delegat"),
        field="delegate_id",
        join=PASSAGE_JOIN,
    ),
    Column(
        name="passage_info",
        sql="p.info",
        labels=("Information", "Informații", "Informacje"),
        field="info",
        join=PASSAGE_JOIN,
    ),
    Column(
        name="passage_follow_up",
        sql="p.follow_up",
        type=DATE,
        labels=("Follow-up", "Follow-up", "Follow-up"),
        field="follow_up",
        join=PASSAGE_JOIN,
    ),
)
REASONS = Column(
    name="passage_reasons",
    sql=lambda dialect: dialect.texts_of(
        "r.code",
        "opportunity_reason x JOIN reason r ON r.id = x.reason_id WHERE x.passage_id = p.id",
    ),
    noun="reason",
    key="p.id",
    labels=("Reasons", "Motive", "Powody"),
    field="reason_id",
    join=PASSAGE_JOIN,
    help="Why it was lost, parted by semicolons.",
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
)

MEMBERS = (
    Column(
        name="member",
        sql="ma.name",
        folded="ma.name_folded",
        noun="account",
        key="m.account_id",
        labels=("Member", "Membru", "Uczestnik"),
        field="account_id",
        join=MEMBER_JOIN,
        help="An account the campaign is aimed at.",
    ),
    Column(
        name="responded_on",
        sql="m.responded_on",
        type=DATE,
        labels=("Responded on", "Data răspunsului", "Data odpowiedzi"),
        field="responded_on",
        join=MEMBER_JOIN,
    ),
    Column(
        name="member_opportunity",
        sql="mo.name",
        folded="mo.name_folded",
        noun="opportunity",
        key="m.opportunity_id",
        labels=("Opportunity", "Oportunitate", "Szansa sprzedaży"),
        field="opportunity_id",
        join=MEMBER_JOIN,
    ),
)

ITEMS = (
    Column(
        name="line",
        sql="vl.position",
        type=INTEGER,
        labels=("Line", "Linie", "Wiersz"),
        loaded="position",
        join=ITEM_JOIN,
    ),
    Column(
        name="product",
        sql="vp.code",
        noun="product",
        key="vl.product_id",
        labels=("Product", "Cod articol", "Kod towaru"),
        aliases=("SKU", "Articol", "Produs", "Towar", "Item"),
        loaded="product_id",
        join=ITEM_JOIN,
    ),
    Column(
        name="quantity",
        sql="vl.quantity",
        type=QUANTITY,
        labels=("Quantity", "Cantitate", "Ilość"),
        aliases=("Qty", "Cant."),
        loaded="quantity",
        join=ITEM_JOIN,
    ),
)

PARTS = {
    "campaign": ("member", MEMBERS),
    "evaluation": ("line", ITEMS),
    "opportunity": ("passage_at", (*HISTORY, REASONS)),
}
"""Noun -> the column that orders its further rows, and their columns."""


def nested(view: View) -> View:
    """The noun as a spreadsheet has it: with the columns of its lines, members or history."""
    within, columns = PARTS.get(view.noun, ("line", LINES))
    return replace(view, columns=(*view.columns, *columns), within=within)
