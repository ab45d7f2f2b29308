from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.when import parse_date, parse_moment, parse_term
from crm_cli.views.place import Place

BUCHAREST = ZoneInfo("Europe/Bucharest")
WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-1-5", "2026-01-05"),
        ("2026/11/22", "2026-11-22"),
        ("22.11.2026", "2026-11-22"),
        ("2.1.2026", "2026-01-02"),
        ("22. 11. 2026 r.", "2026-11-22"),
        (" 22.11.2026\u00a0", "2026-11-22"),
        ("22.11.2026 00:00", "2026-11-22"),
        ("2026-11-22 00:00:00", "2026-11-22"),
        ("today", "2026-11-20"),
        ("Azi", "2026-11-20"),
        ("dziś", "2026-11-20"),
        ("dzis", "2026-11-20"),
        ("now", "2026-11-20"),
        ("acum", "2026-11-20"),
        ("teraz", "2026-11-20"),
        ("MÂINE", "2026-11-21"),
        ("jutro", "2026-11-21"),
        ("pojutrze", "2026-11-22"),
        ("yesterday", "2026-11-19"),
        ("ieri", "2026-11-19"),
        ("wczoraj", "2026-11-19"),
        ("saturday", "2026-11-21"),
        ("friday", "2026-11-27"),
        ("vineri", "2026-11-27"),
        ("Piątek", "2026-11-27"),
        ("sâmbătă", "2026-11-21"),
        ("marţi", "2026-11-24"),
        ("środę", "2026-11-25"),
        ("pon", "2026-11-23"),
        ("Mie", "2026-11-25"),
        ("śr", "2026-11-25"),
        ("sâm", "2026-11-21"),
        ("+3d", "2026-11-23"),
        ("-3d", "2026-11-17"),
        ("+0d", "2026-11-20"),
        ("+2w", "2026-12-04"),
        ("+1mo", "2026-12-20"),
        ("+1y", "2027-11-20"),
        ("+5wd", "2026-11-27"),
        ("-1WD", "2026-11-19"),
    ],
)
def test_parse_date(text: str, day: str) -> None:
    assert parse_date(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"), [("+4wd", "2026-11-26"), ("+6wd", "2026-12-02"), ("-1wd", "2026-11-19")]
)
def test_parse_date_counts_working_days(text: str, day: str) -> None:
    place = Place(NOW, BUCHAREST, "RO")

    assert parse_date(text, TODAY, works=place.works_on).isoformat() == day


@pytest.mark.parametrize("text", ["+99999wd", "-99999wd"])
def test_working_days_beyond_the_years(text: str) -> None:
    place = Place(NOW, BUCHAREST, "PL", work_days="sun")

    with pytest.raises(InvalidValue):
        parse_date(text, TODAY, works=place.works_on)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("11/12/2026", "'11/12/2026' can be read as 2026-12-11 or as 2026-11-12."),
        (
            "22-11-2026",
            "'22-11-2026' is not written in a form that every country reads alike.",
        ),
        ("32/13/2026", "'32/13/2026' is not a date."),
        ("22.11.26", "'22.11.26' has a year of two digits."),
        ("22.11", "'22.11' has no year."),
        ("29.02.2025", "'29.02.2025' is not a date: 2025 has no day 29 of month 2."),
        ("1026-11-22", "'1026-11-22' lies outside the years 1900 to 2199."),
        ("+99999y", "'+99999y' lies outside the years 1900 to 2199."),
        ("-99999mo", "'-99999mo' lies outside the years 1900 to 2199."),
        ("+30m", "'+30m' counts minutes, but a date is needed."),
        ("+1h30m", "'+1h30m' counts hours, but a date is needed."),
        ("2026-11-22 10:00", "'2026-11-22 10:00' has a time, but only a date is kept here."),
        ("2026-11-22T00:00Z", "'2026-11-22T00:00Z' has a time, but only a date is kept here."),
        ("10:00", "'10:00' is a time without a date."),
        ("20261122", "'20261122' is not a date."),
        ("3d", "'3d' is not a date."),
        ("١٢.11.2026", "'١٢.11.2026' is not a date."),
        ("2026-11/22", "'2026-11/22' is not a date."),
        ("  ", "The date is empty."),
        ("next\nyear", "'next year' is not a date."),
    ],
)
def test_parse_date_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_date(text, TODAY)

    assert caught.value.message == message
    assert caught.value.hint


def test_parse_date_with_slashes_by_country() -> None:
    assert parse_date("11/12/2026", TODAY, day_first=True) == date(2026, 12, 11)
    assert parse_date("11-12-2026", TODAY, day_first=False) == date(2026, 11, 12)
    with pytest.raises(InvalidValue, match="2026 has no day 11 of month 22"):
        parse_date("11/22/2026", TODAY, day_first=True)


def test_parse_date_hint_for_two_readings() -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_date("11/12/2026", TODAY)

    assert caught.value.hint == "Write 2026-12-11 or 2026-11-12."


@given(DAYS)
def test_parse_date_reads_what_is_written(day: date) -> None:
    assert parse_date(day.isoformat(), TODAY) == day
    assert parse_date(day.strftime("%d.%m.%Y"), TODAY) == day
    assert parse_date(f"{day.day}.{day.month}.{day.year:04}", TODAY) == day


@given(DAYS, st.sampled_from(["monday", "marți", "środa", "joi", "piątek", "sâmbătă", "niedziela"]))
def test_parse_date_finds_the_next_weekday(today: date, word: str) -> None:
    if today.year < 2199:
        assert 1 <= (parse_date(word, today) - today).days <= 7


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22 10:00", "2026-11-22T08:00:00"),
        ("2026-11-22T10:00:05", "2026-11-22T08:00:05"),
        ("2026-11-22T10:00Z", "2026-11-22T10:00:00"),
        ("2026-11-22T10:00+02:00", "2026-11-22T08:00:00"),
        ("2026-11-22 10:00:00.123456+0530", "2026-11-22T04:30:00"),
        ("22.11.2026 9:30", "2026-11-22T07:30:00"),
        ("22.11.2026, ora 9:30", "2026-11-22T07:30:00"),
        ("tomorrow@10:00", "2026-11-21T08:00:00"),
        ("mâine @ 10", "2026-11-21T08:00:00"),
        ("jutro o 9:15", "2026-11-21T07:15:00"),
        ("vineri@0:00", "2026-11-26T22:00:00"),
        ("+3d@23:59:59", "2026-11-23T21:59:59"),
        ("now", "2026-11-20T12:00:00"),
        ("Teraz", "2026-11-20T12:00:00"),
        ("+2h", "2026-11-20T14:00:00"),
        ("-30m", "2026-11-20T11:30:00"),
        ("+1h30m", "2026-11-20T13:30:00"),
        ("tomorrow", "2026-11-20T22:00:00"),
    ],
)
def test_parse_moment(text: str, moment: str) -> None:
    assert parse_moment(text, NOW, BUCHAREST).isoformat() == f"{moment}+00:00"


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-03-29 02:30", "2026-03-29T01:30:00+00:00"),  # skipped: 03:30 of summer time
        ("2026-10-25 02:30", "2026-10-25T00:30:00+00:00"),  # met twice: the first, still summer
        ("2026-03-29 03:30", "2026-03-29T01:30:00+00:00"),
    ],
)
def test_parse_moment_on_the_nights_of_clock_changes(local: str, utc: str) -> None:
    assert parse_moment(local, NOW, WARSAW).isoformat() == utc


def test_parse_moment_counts_hours_across_the_clock_change() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    assert parse_moment("+1h", before, BUCHAREST) == before + timedelta(hours=1)
    assert parse_moment("+1d@10:00", before, BUCHAREST) == datetime(2026, 3, 30, 7, tzinfo=UTC)


def test_parse_moment_takes_today_from_the_zone() -> None:
    late = datetime(2026, 11, 20, 23, tzinfo=UTC)  # already the 21st in Bucharest

    assert parse_moment("today@10:00", late, BUCHAREST) == datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-22", "22.11.2026", "+3d"])
def test_parse_moment_refuses_a_date_alone(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_moment(text, NOW, BUCHAREST, require_time=True)

    assert caught.value.message == f"'{text}' has no time: both a date and a time are needed."
    assert caught.value.hint == "Write for example tomorrow@10:00 or 2026-11-22 10:00."


@pytest.mark.parametrize("text", ["tomorrow@10:00", "now", "+2h", "2026-11-22T00:00"])
def test_parse_moment_accepts_a_time(text: str) -> None:
    assert parse_moment(text, NOW, BUCHAREST, require_time=True).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow@25:00",
        "tomorrow@10:60",
        "2026-11-22 24:00",
        "tomorrow 10",
        "22.11.2026 10:00+99:00",
        "2026-11-22 10:00+01:75",
        "tomorrow 10:00 pm",
        "10:00",
        "@10:00",
        "+999999h",
        "+m",
    ],
)
def test_parse_moment_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_moment(text, NOW, BUCHAREST)


@given(st.integers(-2_000_000_000, 7_000_000_000))
def test_parse_moment_reads_its_own_form(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)

    assert parse_moment(moment.isoformat(), NOW, BUCHAREST) == moment
    assert parse_moment(str(moment), NOW, WARSAW) == moment


def test_parse_term() -> None:
    assert parse_term("tomorrow", NOW, BUCHAREST) == (date(2026, 11, 21), None)
    assert parse_term("2026-11-20T23:30Z", NOW, BUCHAREST) == (
        date(2026, 11, 21),
        datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
    )


@given(st.text(alphabet="0123456789.-/@: +dwmohtz"))
def test_parse_term_reads_or_refuses(text: str) -> None:
    try:
        day, moment = parse_term(text, NOW, BUCHAREST)
    except InvalidValue:
        return

    assert 1899 <= day.year <= 2200
    assert moment is None or moment.tzinfo is UTC
