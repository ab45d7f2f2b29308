"""An evaluation sheet as lines of a quote: each item a chapter with the lines of its recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services.constants import text_of
from crm_cli.services.documents import totals
from crm_cli.services.documents.line_items import NewLine
from crm_cli.values.numbers import half_up
from schema.evaluation import Evaluation, EvaluationLine
from schema.product import Product, RecipeLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel import Session


def final_sheet(session: Session, lead_id: int) -> Evaluation | None:
    """The latest finished sheet of a lead."""
    return session.exec(
        select(Evaluation)
        .where(col(Evaluation.lead_id) == lead_id, col(Evaluation.status) == "final")
        .where(col(Evaluation.archived_at).is_(None))
        .order_by(col(Evaluation.id).desc())
        .limit(1)
    ).first()


def of_sheet(session: Session, sheet: Evaluation) -> list[NewLine]:
    """The chapters of a sheet, in its order; prices come from the catalogue."""
    return [
        line
        for item, product in _items(session, sheet)
        for line in _chapter(session, item, product)
    ]


def check_items(session: Session, sheet: Evaluation | None, lines: Sequence[NewLine]) -> None:
    """Refuse products the sheet does not have, where quotes take their items from the sheet."""
    if sheet is None or text_of(session, "quote.items_from") != "evaluation":
        return
    known = {line.product_id for line in of_sheet(session, sheet)}
    known |= {item.product_id for item, _ in _items(session, sheet)}
    for line in lines:
        if not line.is_chapter and line.product_id not in known:
            name = line.text or session.get_one(Product, line.product_id).name
            raise Conflict(
                f"'{name}' is not on the evaluation sheet {sheet.id}.",
                hint="crm setting set quote.items_from catalogue",
            )


def _items(session: Session, sheet: Evaluation) -> Sequence[tuple[EvaluationLine, Product]]:
    return session.exec(
        select(EvaluationLine, Product)
        .join(Product, col(Product.id) == col(EvaluationLine.product_id))
        .where(col(EvaluationLine.evaluation_id) == sheet.key)
        .order_by(col(EvaluationLine.position))
    ).all()


def _chapter(session: Session, item: EvaluationLine, product: Product) -> Iterator[NewLine]:
    yield NewLine(is_chapter=True, text=product.name)
    recipe = session.exec(
        select(RecipeLine)
        .where(col(RecipeLine.product_id) == product.key)
        .order_by(col(RecipeLine.position), col(RecipeLine.id))
    ).all()
    if not recipe:
        yield NewLine(product_id=product.id, quantity=item.quantity)
    for line in recipe:
        quantity = half_up(totals.EXACT.multiply(item.quantity, line.quantity), 4)
        yield NewLine(product_id=line.component_id, quantity=quantity)
