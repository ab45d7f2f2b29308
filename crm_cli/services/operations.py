"""Operations: ordered bundles of tasks that are made together (R133)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlmodel import col, select

from crm_cli.errors import InvalidData
from crm_cli.services import catalogues, records
from crm_cli.views.operations import OPERATION
from schema.operation import Operation, OperationStep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from schema.base import Record

LAST_DAY = 3_650
complete = catalogues.complete


def settle(session: Session, record: Record) -> None:
    """Put a new operation last."""
    catalogues.place_last(session, cast("Operation", record))


@dataclass(frozen=True, kw_only=True)
class Step:
    """A task of the bundle, as it is given."""

    subject: str
    days_after: int = 0
    working_days: bool = False
    due_time: str | None = None
    assignee_id: int | None = None
    team_id: int | None = None
    duration: int | None = None
    priority: str = "normal"


def add(
    session: Session, values: Mapping[str, Any], steps: Sequence[Step], *, on_match: str = "fail"
) -> int:
    """Add an operation with its steps."""
    number = records.add(session, OPERATION, values, on_match=on_match)
    if on_match == "update" or not steps_of(session, number):
        put_steps(session, number, steps)
    return number


def edit(
    session: Session, ids: Sequence[int], values: Mapping[str, Any], steps: Sequence[Step]
) -> None:
    """Change operations; steps that are given take the place of all there were."""
    if values or not steps:
        records.edit(session, OPERATION, ids, values)
    for number in ids if steps else ():
        put_steps(session, records.get(session, OPERATION, number).key, steps)


def put_steps(session: Session, operation_id: int, steps: Sequence[Step]) -> None:
    """Give an operation these steps and no others."""
    for old in steps_of(session, operation_id):
        session.delete(old)
    session.flush()
    for position, step in enumerate(steps, 1):
        check_step(step.subject, step.days_after)
        session.add(OperationStep(operation_id=operation_id, position=position, **vars(step)))
    session.flush()


def check_step(subject: str | None, days_after: int) -> None:
    """Raise InvalidData for a step without words, or one so late that it can only be a slip."""
    if not subject:
        raise InvalidData("A step of an operation has a subject.")
    if not 0 <= days_after <= LAST_DAY:
        message = "A step comes at most {last} days after the first day, not {days}."
        raise InvalidData(message, last=LAST_DAY, days=days_after)


def steps_of(session: Session, operation_id: int) -> Sequence[OperationStep]:
    """The steps of an operation, in order."""
    return session.exec(
        select(OperationStep)
        .where(OperationStep.operation_id == operation_id)
        .order_by(col(OperationStep.position), col(OperationStep.id))
    ).all()
