"""Who stands in for whom, and who works on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.services import presence as presences
from crm_cli.services.presence import Absence, Presence
from crm_cli.start import make_app
from crm_cli.values.work_calendar import Holidays, WorkCalendar

if TYPE_CHECKING:
    from tests.conftest import Crm

MONDAY = date(2026, 11, 23)
WEEK = WorkCalendar(frozenset(range(5)), "RO", Holidays())
PEOPLE = range(1, 6)
DEPUTIES = st.dictionaries(
    st.sampled_from(PEOPLE), st.none() | st.sampled_from(PEOPLE), max_size=5
).map(lambda found: {one: other for one, other in found.items() if one != other})


def _presence(deputies: dict[int, int | None], gone: tuple[int, ...] = ()) -> Presence:
    absences = [Absence(one, MONDAY, MONDAY, deputy) for one, deputy in deputies.items()]
    return Presence(absences, {one: WEEK for one in PEOPLE if one not in gone})


@pytest.mark.parametrize(
    ("deputies", "found"),
    [
        ({}, None),
        ({1: None}, None),
        ({1: 2}, 2),
        ({1: 2, 2: 3}, 3),
        ({1: 2, 2: 3, 3: 1}, None),
        ({1: 2, 2: 3, 3: 2}, None),
        ({1: 2, 2: None}, None),
        ({1: 5}, None),
    ],
    ids=["here", "alone", "deputy", "chain", "cycle", "cycle of others", "end", "has left"],
)
def test_deputy(deputies: dict[int, int | None], found: int | None) -> None:
    assert _presence(deputies, gone=(5,)).deputy(1, MONDAY) == found


@given(DEPUTIES)
def test_only_who_is_here_stands_in(deputies: dict[int, int | None]) -> None:
    presence = _presence(deputies)

    for one in PEOPLE:
        found = presence.deputy(one, MONDAY)
        assert found is None or (one in deputies and found not in deputies)
        helped = presence.stood_in_for(one, MONDAY)
        assert helped == [other for other in PEOPLE if presence.deputy(other, MONDAY) == one]


def test_nobody_stands_in_on_the_days_around() -> None:
    presence = _presence({1: 2})

    around = [MONDAY - timedelta(days=1), MONDAY, MONDAY + timedelta(days=1)]
    assert [presence.deputy(1, day) for day in around] == [None, 2, None]


def test_working_days(crm: Crm) -> None:
    crm("setting", "set", "work.days", "mon-wed")
    crm("leave", "add", "1", "--from", "2026-12-02", "--to", "2026-12-07")
    app = make_app(color=False, config=None, database=crm.url, user="ana")

    found = presences.read(app.reader, date(2026, 11, 23), date(2026, 12, 20))
    app.database.close()

    days = [date(2026, 11, 23) + timedelta(days=number) for number in range(21)]
    working = [day.isoformat() for day in days if found.works(1, day)]
    # St Andrew's day and the national day are holidays, then there is leave.
    assert working == [
        *("2026-11-23", "2026-11-24", "2026-11-25"),
        *("2026-12-08", "2026-12-09"),
    ]
    assert [found.is_away(1, day) for day in (date(2026, 12, 1), date(2026, 12, 7))] == [
        False,
        True,
    ]


FRIDAY = date(2026, 11, 27)
WEDNESDAY = date(2026, 12, 2)
"""After a weekend, Saint Andrew's and the national day."""


@pytest.mark.parametrize(
    ("absences", "day", "found"),
    [
        ([], FRIDAY, FRIDAY),
        ([], FRIDAY + timedelta(days=1), WEDNESDAY),
        ([Absence(1, FRIDAY, FRIDAY)], FRIDAY, WEDNESDAY),
        ([Absence(1, FRIDAY, FRIDAY, 2)], FRIDAY, FRIDAY),
        ([Absence(1, FRIDAY, WEDNESDAY, 3)], FRIDAY, FRIDAY + timedelta(days=1)),
        ([Absence(1, FRIDAY, WEDNESDAY, 5)], FRIDAY, WEDNESDAY + timedelta(days=1)),
        ([Absence(1, FRIDAY, FRIDAY + timedelta(days=26))], FRIDAY, FRIDAY + timedelta(days=27)),
        ([Absence(1, FRIDAY, FRIDAY + timedelta(days=27))], FRIDAY, FRIDAY),
    ],
    ids=[
        *("working day", "long weekend", "leave", "deputy", "deputy who works on Saturdays"),
        *("deputy who has left", "a month", "more than a month"),
    ],
)
def test_first_working_day(absences: list[Absence], day: date, found: date) -> None:
    saturdays = WorkCalendar(frozenset([5]), "RO", Holidays(), is_usual=False)
    presence = Presence(absences, {1: WEEK, 2: WEEK, 3: saturdays})

    assert presence.first_working_day(1, day) == found


def test_rota_is_that_of_all_who_may_stand_in() -> None:
    days = (
        Absence(1, MONDAY, FRIDAY, 2),
        Absence(2, MONDAY, MONDAY, 1),
        Absence(3, MONDAY, FRIDAY),
    )
    others = (*days[:1], Absence(2, MONDAY, FRIDAY, 1), *days[2:])
    one, other = (Presence(some, dict.fromkeys((1, 2, 3), WEEK)) for some in (days, others))

    assert [number for number in (1, 2, 3) if one.rota(number) != other.rota(number)] == [1, 2]
