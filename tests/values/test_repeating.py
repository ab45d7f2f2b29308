"""How something repeats: read in three languages, said again, and the days it gives."""

from __future__ import annotations

from calendar import isleap
from datetime import date, time, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.repeating.days import anchored, next_day
from crm_cli.values.repeating.reading import parse_rule
from crm_cli.values.repeating.rules import until
from crm_cli.values.repeating.telling import in_words

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 11, 23)

READ = {
    "daily": "FREQ=DAILY",
    "zilnic": "FREQ=DAILY",
    "co 3 dni": "FREQ=DAILY;INTERVAL=3",
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "în zilele lucrătoare": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "Weekly": "FREQ=WEEKLY",
    "co tydzień": "FREQ=WEEKLY",
    "every week": "FREQ=WEEKLY",
    "every 1 week": "FREQ=WEEKLY",
    "every 2 weeks": "FREQ=WEEKLY;INTERVAL=2",
    "la 2 săptămâni": "FREQ=WEEKLY;INTERVAL=2",
    "every 2 weeks on thu, mon": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "mon,thu": "FREQ=WEEKLY;BYDAY=MO,TH",
    "every Friday": "FREQ=WEEKLY;BYDAY=FR",
    "în fiecare luni": "FREQ=WEEKLY;BYDAY=MO",
    "luni și joi": "FREQ=WEEKLY;BYDAY=MO,TH",
    "co środę": "FREQ=WEEKLY;BYDAY=WE",
    "mon-fri": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "luni - miercuri, vineri": "FREQ=WEEKLY;BYDAY=MO,TU,WE,FR",
    "co 2 tygodnie w pt-nd": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SA,SU",
    "fri-mon": "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "trimestrial pe 25": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25",
    "co kwartał": "FREQ=MONTHLY;INTERVAL=3",
    "every other week": "FREQ=WEEKLY;INTERVAL=2",
    "every second week on thu": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
    "every 3rd day": "FREQ=DAILY;INTERVAL=3",
    "la două săptămâni": "FREQ=WEEKLY;INTERVAL=2",
    "o dată la trei luni pe 25": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25",
    "co drugi tydzień w pt": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "co dwa tygodnie": "FREQ=WEEKLY;INTERVAL=2",
    "semestrial pe 30.": "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=28,29,30;BYSETPOS=-1",
    "co pół roku": "FREQ=MONTHLY;INTERVAL=6",
    "monthly on the 15th": "FREQ=MONTHLY;BYMONTHDAY=15",
    "monthly on 1st, 15th": "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "co miesiąc w 15.": "FREQ=MONTHLY;BYMONTHDAY=15",
    "wt, czw": "FREQ=WEEKLY;BYDAY=TU,TH",
    "monthly": "FREQ=MONTHLY",
    "la 2 luni": "FREQ=MONTHLY;INTERVAL=2",
    "co miesiąc": "FREQ=MONTHLY",
    "monthly on 15": "FREQ=MONTHLY;BYMONTHDAY=15",
    "lunar pe 1,15": "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "monthly on last": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "lunar pe ultima zi": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "ultima zi a lunii": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "ostatniego dnia miesiąca": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "The last day of the month until 2027-12-31": "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20271231",
    "monthly on 31": "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
    "monthly on first monday": "FREQ=MONTHLY;BYDAY=1MO",
    "monthly on the last fri": "FREQ=MONTHLY;BYDAY=-1FR",
    "monthly on last weekday": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "every 3 months on 20 at 9:30": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=30",
    "yearly on 24.12": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
    "anual pe 29.02": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
    "rocznie": "FREQ=YEARLY",
    "weekly until 2027-01-31": "FREQ=WEEKLY;UNTIL=20270131",
    "săptămânal până la 31.01.2027": "FREQ=WEEKLY;UNTIL=20270131",
    "rrule:freq=weekly;interval=1;byday=mo": "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=DAILY;UNTIL=20270131T220000Z;INTERVAL=2": "FREQ=DAILY;INTERVAL=2;UNTIL=20270131",
}


@pytest.mark.parametrize("text", READ)
def test_read(text: str) -> None:
    assert parse_rule(text, TODAY) == READ[text]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "1",
            "sometimes",
            "every 0 days",
            "every second",
            "every second monday",
            "every",
            "mon,",
            "mon,funday",
            "mon-",
            "mon-fri-sat",
            "monthly on 32",
        ),
        *("monthly on 0", "monthly on 1,31", "weekly on 15", "daily on mon", "yearly on 30.02"),
        *("yearly on 5", "weekly at 25:00", "weekly until never", "monthly on fifth mon"),
        *("FREQ=HOURLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "INTERVAL=2", "="),
        *("FREQ=MONTHLY;BYSETPOS=0;BYDAY=MO", "FREQ=DAILY;UNTIL=2027", "FREQ=DAILY;COUNT=-1"),
        *("FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;BYDAY=-1FR"),
        *("FREQ=DAILY;BYHOUR=9,10", "FREQ=DAILY;BYSECOND=30", "FREQ=DAILY;X=1", "a=b;c"),
    ],
)
def test_refuse(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_rule(text, TODAY)


DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
RULES = st.sampled_from([*READ.values(), "FREQ=YEARLY;BYDAY=1MO", "FREQ=MONTHLY;BYMONTHDAY=-2"])


@given(RULES, DAYS, st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_say_what_is_read_again(rule: str, day: date, clock: time | None) -> None:
    kept = anchored(rule, day, clock)

    assert parse_rule(in_words(rule), TODAY) == rule
    assert parse_rule(in_words(kept), TODAY) == kept == anchored(kept, day, clock)


@pytest.mark.parametrize(
    ("rule", "term", "days"),
    [
        ("monthly", date(2027, 1, 31), ["02-28", "03-31", "04-30", "05-31"]),
        ("monthly", date(2027, 1, 30), ["02-28", "03-30", "04-30", "05-30"]),
        ("monthly on last", date(2027, 1, 15), ["01-31", "02-28", "03-31", "04-30"]),
        ("every 2 months on 31", date(2027, 12, 31), ["02-29", "04-30", "06-30", "08-31"]),
        ("yearly", date(2027, 2, 28), ["02-28", "02-28", "02-28", "02-28"]),
        ("yearly", date(2024, 2, 29), ["02-28", "02-28", "02-28", "02-29"]),
        ("weekdays", date(2026, 11, 26), ["11-27", "11-30", "12-01", "12-02"]),
        ("every 2 weeks on mon,thu", MONDAY, ["11-26", "12-07", "12-10", "12-21"]),
        ("monthly on last weekday", MONDAY, ["11-30", "12-31", "01-29", "02-26"]),
        ("every 3 days", MONDAY, ["11-26", "11-29", "12-02", "12-05"]),
    ],
)
def test_days(rule: str, term: date, days: list[str]) -> None:
    kept = anchored(parse_rule(rule, TODAY), term, None)

    found = []
    for _ in days:
        term = next_day(kept, term, term) or term
        found.append(f"{term:%m-%d}")

    assert found == days


@settings(max_examples=60)
@given(RULES, DAYS, st.integers(-40, 200))
def test_next_day(rule: str, term: date, later: int) -> None:
    """Who closes late goes on where he would be who closed every one."""
    kept = until(anchored(rule, term, None), None)
    not_before = term + timedelta(days=later)

    found, step = next_day(kept, term, not_before), next_day(kept, term, term)
    while step is not None and step < not_before:
        following = next_day(kept, step, step)
        assert following is not None
        assert following > step
        step = following

    assert found == step


def test_end() -> None:
    kept = anchored(parse_rule("FREQ=WEEKLY;COUNT=3", TODAY), MONDAY, None)

    assert kept == "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261207"
    assert next_day(kept, date(2026, 11, 30), MONDAY) == date(2026, 12, 7)
    assert next_day(kept, date(2026, 12, 7), MONDAY) is None
    assert next_day(kept, MONDAY, date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("rule", "term"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", MONDAY),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", MONDAY),
        ("FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=7", MONDAY),
        ("FREQ=YEARLY;BYMONTH=6;BYWEEKNO=1", MONDAY),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", date(2027, 2, 1)),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", date(2027, 2, 28)),
    ],
)
def test_a_day_that_never_comes(rule: str, term: date) -> None:
    begun = process_time()

    kept = anchored(parse_rule(rule, TODAY), term, None)

    assert next_day(kept, term, term) is None
    assert process_time() - begun < 2


@pytest.mark.parametrize("year", [1900, 2000, 2026, 2158])
def test_days_that_come_rarely(year: int) -> None:
    """Once in 28 years, and once in 40 around a century without a leap day."""
    rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
    term = date(year, 11, 23)

    found = next_day(rule, term, term)

    leap_days = (date(later, 2, 29) for later in range(year + 1, year + 41) if isleap(later))
    assert found == next(day for day in leap_days if day.weekday() == 0)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("weekdays", ["11-27", "12-02", "12-03"]),
        ("dni robocze until 2026-12-02", ["11-27", "12-02", None]),
        ("every 2 weeks on mon-fri", ["11-27", "12-07", "12-08"]),
        ("daily", ["11-27", "11-28", "11-29"]),
        ("mon,tue", ["11-30", "12-01", "12-07"]),
    ],
)
def test_only_each_day_from_monday_to_friday_passes_over_holidays(
    rule: str, days: list[str | None]
) -> None:
    """Saint Andrew's day and the national day of Romania."""
    kept, term = parse_rule(rule, TODAY), date(2026, 11, 26)
    holidays = {date(2026, 11, 30), date(2026, 12, 1)}

    found = []
    for _ in days:
        day = next_day(kept, term, term, holidays.__contains__)
        found.append(day and f"{day:%m-%d}")
        term = day or term

    assert found == days
