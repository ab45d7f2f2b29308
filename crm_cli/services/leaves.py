"""The rules of leave: days in order, one absence at a time, a deputy who is there."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import case, inspect, or_, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import records
from crm_cli.services.reminders import changes
from crm_cli.views.leaves import LEAVE
from schema.base import table_of
from schema.employee import Employee
from schema.leave import Leave

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, FromClause
    from sqlmodel import Session

    from schema.base import Record

TABLE = table_of(Leave)
following = changes.following
"""Around a leave that comes, changes or goes: managers are told when they are there."""
EMPLOYEE = table_of(Employee)


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the order of the days, and that nobody stands in for himself."""
    whole = {"starts_on": None, "ends_on": None, "deputy_id": None, **now, **values}
    first, last = whole["starts_on"], whole["ends_on"]
    if first and last and last < first:
        raise InvalidData(
            "The leave ends on {last}, before it begins on {first}.", first=first, last=last
        )
    if whole["deputy_id"] and whole["deputy_id"] == whole.get("employee_id"):
        raise InvalidData("Nobody is his own deputy.")
    return values


def settle(session: Session, record: Record) -> None:
    """Check the deputy, and that the employee is not away on these days already."""
    leave = cast("Leave", record)
    # Two leaves of one employee that are entered at once wait for each other here.
    session.get(Employee, leave.employee_id, with_for_update=True)
    changes = inspect(leave).attrs
    if changes.employee_id.history.has_changes():
        _check_there(session, leave.employee_id, "cannot be away")
    if leave.deputy_id is not None and changes.deputy_id.history.has_changes():
        _check_there(session, leave.deputy_id, "cannot stand in")
    with following(session):
        session.add(leave)
        records.flush(session, LEAVE)
    one, other = TABLE.alias("one"), TABLE.alias("other")
    _refuse_overlap(session, one, other, one.c.id == leave.id, other.c.id != leave.id)


def refuse_overlaps(session: Session) -> None:
    """Raise Conflict if anybody is away twice on a day, after many leaves changed at once."""
    one, other = TABLE.alias("one"), TABLE.alias("other")
    _refuse_overlap(session, one, other, other.c.id < one.c.id)


def overlap(name: str, first: date, last: date) -> Conflict:
    """What is said of leave on days on which somebody is away already."""
    return Conflict(
        "{name} is away already from {first} to {last}.",
        hint="crm leave list --where {condition}",
        condition=shlex.quote(f"employee = {name}"),
        name=name,
        first=first,
        last=last,
    )


def warnings(session: Session, ids: Sequence[int]) -> list[str]:
    """One line for each deputy who cannot be reached, or is away on some of the days himself."""
    return [*_unreached(session, ids), *_absent(session, ids)]


def _unreached(session: Session, ids: Sequence[int]) -> list[str]:
    """Deputies without address and login get nothing, so that all stays with those away."""
    deputies = [session.get_one(Leave, number).deputy_id for number in ids]
    people = [session.get_one(Employee, one) for one in dict.fromkeys(deputies) if one is not None]
    line = "{0.name} has neither e-mail address nor login, so no reminder can go to them."
    return [line.format(one) for one in people if not (one.email or one.login)]


def _absent(session: Session, ids: Sequence[int]) -> list[str]:
    """Deputies who are away on some of the days, with the days they have in common."""
    leave, absence = TABLE.alias("leave_"), TABLE.alias("absence")
    absent, deputy = EMPLOYEE.alias("absent"), EMPLOYEE.alias("deputy")
    chosen = (
        select(
            absent.c.name,
            deputy.c.name,
            case(
                (leave.c.starts_on > absence.c.starts_on, leave.c.starts_on),
                else_=absence.c.starts_on,
            ),
            case((leave.c.ends_on < absence.c.ends_on, leave.c.ends_on), else_=absence.c.ends_on),
        )
        .join_from(leave, absence, absence.c.employee_id == leave.c.deputy_id)
        .join(absent, absent.c.id == leave.c.employee_id)
        .join(deputy, deputy.c.id == leave.c.deputy_id)
        .where(or_(leave.c.id.in_(ids), absence.c.id.in_(ids)), *_meeting(leave, absence))
        .order_by(leave.c.id, absence.c.starts_on)
    )
    return [_also_away(*row) for row in session.connection().execute(chosen)]


def _check_there(session: Session, number: int, what: str) -> None:
    employee = session.get_one(Employee, number)
    if employee.archived_at is not None:
        raise Conflict(f"{employee.name} has left and {what}.", hint="crm employee list")


def _refuse_overlap(
    session: Session, one: FromClause, other: FromClause, *conditions: ColumnElement[bool]
) -> None:
    chosen = (
        select(EMPLOYEE.c.name, other.c.starts_on, other.c.ends_on)
        .join_from(one, other, one.c.employee_id == other.c.employee_id)
        .join(EMPLOYEE, EMPLOYEE.c.id == one.c.employee_id)
        .where(*conditions, *_meeting(one, other))
        .order_by(other.c.starts_on)
        .limit(1)
    )
    found = session.connection().execute(chosen).first()
    if found is not None:
        name, first, last = found
        raise overlap(name, first, last)


def _meeting(one: FromClause, other: FromClause) -> tuple[ColumnElement[bool], ...]:
    """That two leaves which stand have a day in common."""
    return (
        one.c.archived_at.is_(None),
        other.c.archived_at.is_(None),
        one.c.starts_on <= other.c.ends_on,
        other.c.starts_on <= one.c.ends_on,
    )


def _also_away(absent: str, deputy: str, first: date, last: date) -> str:
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{deputy} stands in for {absent} but is away as well {days}."
