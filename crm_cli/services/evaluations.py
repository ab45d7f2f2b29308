"""Evaluation sheets: what a lead needs, by quantity, before it is quoted (R87 to R91)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import records
from crm_cli.views.evaluations import EVALUATION
from schema.evaluation import Evaluation, EvaluationLine
from schema.lead import Lead, Responsibility

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlmodel import Session

Items = list[tuple[int, "Decimal"]]
"""Product ids with quantities."""


def add(session: Session, values: Mapping[str, Any], items: Items) -> Evaluation:
    """Add a sheet to a lead whose open responsibility is the meeting (R87)."""
    lead_id = values["lead_id"]
    step = session.exec(
        select(Responsibility.step).where(
            Responsibility.lead_id == lead_id, Responsibility.status == "open"
        )
    ).first()
    if step != "meeting":
        status = session.get_one(Lead, lead_id).status
        raise Conflict(
            f"A sheet belongs to the meeting; lead {lead_id} is {status},"
            f" its open responsibility is {step or 'none'}.",
            hint=f"crm lead show {lead_id}",
        )
    sheet = session.get_one(Evaluation, records.add(session, EVALUATION, values))
    _append(session, sheet, items)
    return sheet


def append(session: Session, number: int, items: Items) -> Evaluation:
    """Add products to a sheet that is not final."""
    sheet = _draft(session, number)
    _append(session, sheet, items)
    return sheet


def finish(session: Session, number: int) -> Evaluation:
    """Make a sheet final, which lets its lead go on to quoting (R39)."""
    sheet = _draft(session, number)
    if not lines(session, number):
        raise InvalidData(
            f"The evaluation sheet {number} has no lines.",
            hint=f"crm evaluation line {number} 'PRODUCT;QTY'",
        )
    sheet.status = "final"
    session.flush()
    return sheet


def lines(session: Session, number: int) -> Sequence[EvaluationLine]:
    """The lines of a sheet, in order."""
    return session.exec(
        select(EvaluationLine)
        .where(EvaluationLine.evaluation_id == number)
        .order_by(col(EvaluationLine.position))
    ).all()


def _draft(session: Session, number: int) -> Evaluation:
    sheet = session.get_one(Evaluation, records.get(session, EVALUATION, number).key)
    if sheet.status != "draft":
        raise Conflict(
            f"The evaluation sheet {number} is final.", hint=f"crm evaluation show {number}"
        )
    return sheet


def _append(session: Session, sheet: Evaluation, items: Items) -> None:
    first = len(lines(session, sheet.key)) + 1
    for position, (product_id, quantity) in enumerate(items, first):
        if quantity <= 0:
            raise InvalidData("A sheet holds quantities above zero.")
        session.add(
            EvaluationLine(
                evaluation_id=sheet.key,
                position=position,
                product_id=product_id,
                quantity=quantity,
            )
        )
    session.flush()
