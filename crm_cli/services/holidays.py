"""The rules of the days on which a company is free, or works though others are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.services import records
from crm_cli.services.reminders import changes
from crm_cli.values import work_calendar
from crm_cli.values.countries import country_code
from crm_cli.values.work_calendar import EVERYWHERE, Holidays
from crm_cli.views.holidays import HOLIDAY
from schema.holiday import Holiday

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.views.types import Place
    from schema.base import Record

following = changes.following
"""Around a day that comes, changes or goes: managers are told when they work."""


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the country; a new day is for all of them unless it says otherwise."""
    country = values.get("country")
    if country and country.strip().lower() != EVERYWHERE:
        values["country"] = country_code(country)
    elif not now or "country" in values:
        values["country"] = EVERYWHERE
    return values


def settle(session: Session, record: Record) -> None:
    """Let reminders follow the working days."""
    with following(session):
        session.add(record)
        records.flush(session, HOLIDAY)


def warnings(session: Session, ids: Sequence[int]) -> list[str]:
    """One line for each single day that changes nothing: it is free or worked anyway."""
    known = session.exec(select(Holiday).where(col(Holiday.archived_at).is_(None))).all()
    place: Place = session.info["place"]
    found = []
    for one in known:
        if one.id in ids and not one.is_yearly:
            others = Holidays(_decided(other) for other in known if other is not one)
            country = place.country if one.country == EVERYWHERE else one.country
            without = replace(place.calendar, country=country, holidays=others)
            if without.works(one.day) == one.is_worked:
                found.append(f"{one.day} is {'worked' if one.is_worked else 'free'} anyway.")
    return found


def _decided(one: Holiday) -> work_calendar.Holiday:
    return work_calendar.Holiday(
        one.day, one.name, one.country, one.is_yearly, one.is_worked, one.id
    )
