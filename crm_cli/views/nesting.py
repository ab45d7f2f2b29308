"""Nouns whose records go to a spreadsheet in several rows: one for each line or passage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.views.document_rows import LINES, LINKS
from crm_cli.views.operations import STEPS
from crm_cli.views.types import DATE, INTEGER, MOMENT, QUANTITY
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.views.view import View

PASSAGE_JOIN = (
    " LEFT JOIN passage h ON h.opportunity_id = o.id"
    " LEFT JOIN stage ps ON ps.id = h.stage_id"
    " LEFT JOIN employee pd ON pd.id = h.delegate_id"
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
        sql="h.at",
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
        key="h.delegate_id",
        labels=("Delegate", "Delegat", "Delegat"),
        field="delegate_id",
        join=PASSAGE_JOIN,
    ),
    Column(
        name="passage_info",
        sql="h.info",
        labels=("Information", "Informații", "Informacje"),
        field="info",
        join=PASSAGE_JOIN,
    ),
    Column(
        name="passage_follow_up",
        sql="h.follow_up",
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
        "opportunity_reason x JOIN reason r ON r.id = x.reason_id WHERE x.passage_id = h.id",
    ),
    noun="reason",
    key="h.id",
    labels=("Reasons", "Motive", "Powody"),
    field="reason_id",
    join=PASSAGE_JOIN,
    help="Why it was lost, parted by semicolons.",
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
    "operation": ("step", STEPS),
    "opportunity": ("passage_at", (*HISTORY, REASONS)),
}
"""Noun -> the column that orders its further rows, and their columns."""


def nested(view: View) -> View:
    """The noun as a spreadsheet has it: with the columns of its lines, members or history."""
    within, columns = PARTS.get(view.noun, ("line", (*LINKS, *LINES)))
    return replace(view, columns=(*view.columns, *columns), within=within)
