"""The rules of employees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import inspect, text
from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import constants
from crm_cli.services.addresses import REACHED, check_values
from crm_cli.services.reminders import changes
from crm_cli.values.countries import country_code
from crm_cli.values.invalid import quote
from crm_cli.values.public_holidays import FIXED
from schema.employee import Employee

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from schema.base import Record

LOGIN = re.compile(r"(?![0-9]+$)(?!me$)[^\s:@%][^\s:%]*", re.IGNORECASE)

following = changes.following
"""Around the removal of somebody: others may be told in his place."""

OPEN_TASKS = """
SELECT id FROM task WHERE assignee_id = :id AND status = 'open' AND archived_at IS NULL"""
STOOD_IN_FOR = """
SELECT e.name, l.ends_on, l.id FROM leave l JOIN employee e ON e.id = l.employee_id
WHERE l.deputy_id = :id AND l.ends_on >= :today AND l.archived_at IS NULL ORDER BY l.id"""
MANAGED = """
SELECT name FROM employee WHERE manager_id = :id AND archived_at IS NULL ORDER BY id"""

TASKS = (
    "{0.name} still has open tasks ({1}): crm task edit --where 'assignee_id = {0.id}'"
    " --where 'status = open' --assignee LOGIN"
)
DEPUTY = "{0.name} stands in for {1} until {2}: crm leave edit {3} --deputy LOGIN"
MANAGER = (
    "{0.name} is the manager of {1}:"
    " crm employee edit --where 'manager_id = {0.id}' --manager LOGIN"
)
UNKNOWN_LAW = (
    "The public holidays of {0} are not known here:"
    " crm holiday add DAY... --name NAME --country {0}"
)
UNREACHED = {
    "email": "{0.name} has no e-mail address, so no digest can reach them:"
    " crm employee edit {0.id} --email ADDRESS",
    "message": "{0.name} has no login to read a digest with:"
    " crm employee edit {0.id} --login LOGIN",
}


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check login, category, addresses, hours, zone and country."""
    check_values(values, home, REACHED)
    if values.get("login") and not LOGIN.fullmatch(values["login"]):
        raise InvalidData(
            "{value} cannot be a login.",
            hint="It is one word, not digits alone, not `me`, and begins with no @ or %.",
            value=quote(values["login"]),
        )
    if (values.get("category") or "").startswith(("%", "@")):
        raise InvalidData(
            "{value} begins with a sign.",
            hint="Give the category without it; the sign is written when it is referred to.",
            value=quote(values["category"]),
        )
    if values.get("timezone"):
        _check_zone(values["timezone"])
    if values.get("country"):
        values["country"] = country_code(values["country"])
    _check_figures(values)
    return values


def settle(session: Session, record: Record) -> None:
    """Check manager and working hours; let reminders follow the zone and the team."""
    employee = cast("Employee", record)
    if inspect(employee).attrs.digest.history.has_changes():
        employee.digest_since = session.info["origin"].now
    _check_manager(session, employee)
    check_hours(employee.work_start, employee.work_end, usual_hours(session))
    changes.follow(session, employee)


def usual_hours(session: Session) -> tuple[str, str]:
    """When work begins and ends for those who have no hours of their own."""
    found = constants.typed(session, "work.start", "work.end")
    return found["work.start"], found["work.end"]


def check_hours(start: str | None, end: str | None, usual: tuple[str, str]) -> None:
    """Refuse work of no length, and one hour against the company's other; the night has both."""
    begins, ends = start or usual[0], end or usual[1]
    at_night = bool(start and end and ends < begins)
    if (start or end) and ends <= begins and not at_night:
        message = "Work begins at {start} and cannot end at {end}."
        hint = "Where it goes on past midnight, give both times."
        raise InvalidData(message, hint=hint, start=begins, end=ends)


def warnings(session: Session, ids: Sequence[int]) -> list[str]:
    """Whom the digest they have chosen cannot reach, and whose public holidays are not known."""
    people = [session.get_one(Employee, number) for number in ids]
    unreached = [
        UNREACHED[one.digest].format(one)
        for one in people
        if one.digest in UNREACHED and not (one.email if one.digest == "email" else one.login)
    ]
    countries = {one.country for one in people if one.country and one.country not in FIXED}
    return [*unreached, *(UNKNOWN_LAW.format(country) for country in sorted(countries))]


def left_behind(session: Session, ids: Sequence[int]) -> list[str]:
    """What those who have left leave to others: tasks, leave in which they stand in, people."""
    found = []
    for number in ids:
        person, today = session.get_one(Employee, number), session.info["place"].today
        asked = {"id": number, "today": today.isoformat()}
        tasks, leave, people = (
            session.connection().execute(text(sql), asked).all()
            for sql in (OPEN_TASKS, STOOD_IN_FOR, MANAGED)
        )
        if tasks:
            found.append(TASKS.format(person, len(tasks)))
        found += [DEPUTY.format(person, *each) for each in leave]
        if people:
            found.append(MANAGER.format(person, ", ".join(name for (name,) in people)))
    return found


def _check_manager(session: Session, employee: Employee) -> None:
    """Refuse a manager who stands, at any height, under the employee himself."""
    above, seen = employee.manager_id, set[int]()
    while above is not None and employee.id is not None and above not in seen:
        seen.add(above)
        if above == employee.id:
            raise Conflict(
                f"{employee.name} cannot be his own manager, not even through others.",
                hint=f"crm employee show {employee.id}",
            )
        above = session.exec(
            select(Employee.manager_id).where(col(Employee.id) == above)
        ).one_or_none()


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = "{value} is no time zone."
        raise InvalidData(
            message, "Write for example Europe/Bucharest.", value=quote(name)
        ) from error


def _check_figures(values: Mapping[str, Any]) -> None:
    hours, cost = values.get("hours_per_day"), values.get("hourly_cost")
    if hours is not None and not 0 <= hours <= 24:
        raise InvalidData("A day has 0 to 24 hours, not {hours:f}.", hours=hours.normalize())
    if cost is not None and cost < 0:
        raise InvalidData("An hour cannot cost {cost:f}.", cost=cost)
