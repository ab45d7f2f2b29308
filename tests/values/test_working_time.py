from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.languages import LANGUAGES
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.working_time import WEEKDAYS, parse_clock, parse_weekdays, said_in, weekdays


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mon,tue", "mon,tue"),
        ("fri, Mon", "mon,fri"),
        ("luni-vineri", "mon,tue,wed,thu,fri"),
        ("środa,sobota-poniedziałek", "mon,wed,sat,sun"),
        ("sun", "sun"),
        ("lun mar mie joi vin", "mon,tue,wed,thu,fri"),
        ("sâm., dum.", "sat,sun"),
        ("pon; wt, śr – pt", "mon,tue,wed,thu,fri"),
        ("pn-nd", "mon,tue,wed,thu,fri,sat,sun"),
    ],
)
def test_parse_weekdays(text: str, kept: str) -> None:
    assert parse_weekdays(text) == kept


@given(st.sets(st.sampled_from(range(7)), min_size=1))
def test_weekdays_come_back(days: set[int]) -> None:
    kept = parse_weekdays(",".join(WEEKDAYS[day] for day in days))

    assert weekdays(kept) == days
    assert {parse_weekdays(said_in(kept, language)) for language in LANGUAGES} == {kept}


@pytest.mark.parametrize("text", ["moon", "mon-", "-", "1"])
def test_refuse_what_names_no_days(text: str) -> None:
    with pytest.raises(InvalidValue, match="names no days of the week"):
        parse_weekdays(text)


@pytest.mark.parametrize(
    ("text", "kept"), [("8", "08:00"), (" 8:30 ", "08:30"), ("17.05", "17:05")]
)
def test_parse_clock(text: str, kept: str) -> None:
    assert parse_clock(text) == kept


@pytest.mark.parametrize("text", ["24", "8:60", "8:5", "", "noon", "-1"])
def test_refuse_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(InvalidValue, match="is no time of day"):
        parse_clock(text)
