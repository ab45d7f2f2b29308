"""What records of the plain nouns need beyond their own values: read once, fitted to each row."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import func
from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import records
from crm_cli.services.rates import base_currency
from crm_cli.views.catalogues import CYCLE, REASON, SERIES, STAGE, STATUS, TAX, TEAM
from crm_cli.views.operations import OPERATION
from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Adapt
    from crm_cli.views.view import View

    Now = Mapping[str, Any] | None


def catalogue(view: View) -> Callable[[Session], Adapt]:
    """New rows of a catalogue go last, in the order of the file."""

    def begin(session: Session) -> Adapt:
        position = table_of(records.entity(view)).c.position
        places = count((session.connection().scalar(select(func.max(position))) or 0) + 1)

        def place(now: Now, values: Values) -> Values:
            if now is None and not values.get("position"):
                return {**values, "position": next(places)}
            return values

        return place

    return begin


def series(view: View) -> Callable[[Session], Adapt]:
    """A series from which numbers were taken keeps them."""

    def begin(session: Session) -> Adapt:
        from crm_cli.services.series import complete

        place, home = catalogue(view)(session), session.info["place"].country
        return lambda now, values: place(now, complete(now, values, home) if now else values)

    return begin


def product(session: Session) -> Adapt:
    """A price is in the company's currency where no other is given."""
    return _in_currency(base_currency(session))


def _in_currency(base: str) -> Adapt:
    def fill(now: Now, values: Values) -> Values:
        if now is None or "currency" in values:
            return {**values, "currency": values.get("currency") or base}
        return values

    return fill


def rate(session: Session) -> Adapt:
    """The company's own currency has no rate."""
    base = base_currency(session)

    def refuse(now: Now, values: Values) -> Values:
        if values.get("currency") == base:
            message = "{currency} is the company's own currency and has no rate."
            raise InvalidData(message, currency=base)
        return values

    return refuse


def employee(session: Session) -> Adapt:
    """Nobody is his own manager, not even through others; work ends after it begins."""
    from crm_cli.services.employees import check_hours, usual_hours
    from schema.employee import Employee

    usual = usual_hours(session)
    known = session.exec(select(Employee.id, Employee.manager_id)).all()
    above: dict[int | None, int | None] = dict(known)

    def check(now: Now, values: Values) -> Values:
        whole = {**(now or {}), **values}
        check_hours(whole.get("work_start"), whole.get("work_end"), usual)
        if now is None or "manager_id" not in values:
            return values
        above[now["id"]] = values["manager_id"]
        if _meets(above, values["manager_id"], now["id"]):
            raise Conflict(
                "{name} cannot be his own manager, not even through others.",
                hint="crm employee show {id}",
                name=now["name"],
                id=now["id"],
            )
        return values

    return check


def leave(session: Session) -> Adapt:
    """Nobody is away twice on a day."""
    from crm_cli.services.leaves import overlap
    from schema.employee import Employee
    from schema.leave import Leave

    known: dict[int, dict[int, tuple[date, date]]] = defaultdict(dict)
    for one in session.exec(select(Leave).where(col(Leave.archived_at).is_(None))):
        known[one.employee_id][one.key] = one.starts_on, one.ends_on
    new = count(-1, -1)

    def check(now: Now, values: Values) -> Values:
        whole = {**(now or {}), **values}
        number, employee_id = now["id"] if now else next(new), whole["employee_id"]
        first, last = whole["starts_on"], whole["ends_on"]
        for other, (begin, end) in known[employee_id].items():
            if other != number and begin <= last and first <= end:
                raise overlap(session.get_one(Employee, employee_id).name, begin, end)
        known[employee_id][number] = first, last
        return values

    return check


def _meets(above: Mapping[int | None, int | None], start: int | None, goal: int) -> bool:
    """Whether the way up from an employee leads past another one."""
    seen = set[int]()
    while start is not None and start not in seen:
        if start == goal:
            return True
        seen.add(start)
        start = above.get(start)
    return False


def interaction(session: Session) -> Adapt:
    """It was now and mine unless it says otherwise, and with the account of its contact."""
    from crm_cli.services.interactions import check_moment, party
    from schema.contact import Contact

    table, origin = table_of(Contact), session.info["origin"]

    @cache
    def contact(number: int) -> Row[Any, Any, Any] | None:
        known = select(table.c.id, table.c.name, table.c.account_id).where(table.c.id == number)
        return session.connection().execute(known).first()

    def fill(now: Now, values: Values) -> Values:
        whole = {**(now or {}), **values}
        at = whole.get("at") or origin.now
        check_moment(at, origin.now)
        person = contact(whole["contact_id"]) if whole.get("contact_id") else None
        return {
            **values,
            "at": at,
            "employee_id": whole.get("employee_id") or session.info["person_id"],
            "account_id": party(whole.get("account_id"), person),
        }

    return fill


def recipe(session: Session) -> Adapt:
    """New components go last; no product goes into itself, not even through others."""
    from crm_cli.services.recipes import CIRCLE
    from schema.product import RecipeLine

    table = table_of(RecipeLine)
    parts: dict[int, set[int]] = defaultdict(set)
    last: dict[int, int] = defaultdict(int)
    known = select(table.c.product_id, table.c.component_id, table.c.position)
    for product_id, component_id, position in session.connection().execute(known):
        parts[product_id].add(component_id)
        last[product_id] = max(last[product_id], position)

    def place(now: Now, values: Values) -> Values:
        if now is not None:
            return values
        product_id, component_id = values["product_id"], values["component_id"]
        if _contains(parts, component_id, product_id):
            raise Conflict(CIRCLE)
        parts[product_id].add(component_id)
        last[product_id] = max(values.get("position") or last[product_id] + 1, last[product_id])
        return {"position": last[product_id], **values}

    return place


def _contains(parts: Mapping[int, set[int]], whole: int, goal: int) -> bool:
    """Whether a product is another one, or has it among its components at any depth."""
    seen, open_ = set[int](), {whole}
    while open_:
        if goal in open_:
            return True
        seen |= open_
        open_ = {part for one in open_ for part in parts.get(one, ())} - seen
    return False


FITTINGS: dict[str, Callable[[Session], Adapt]] = {
    **{view.noun: catalogue(view) for view in (CYCLE, OPERATION, REASON, STAGE, STATUS, TAX, TEAM)},
    "employee": employee,
    "interaction": interaction,
    "leave": leave,
    "product": product,
    "rate": rate,
    "recipe": recipe,
    "series": series(SERIES),
}
"""Noun -> what begins the fitting of its records."""
