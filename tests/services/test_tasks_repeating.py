"""A series of tasks whatever is done with them, early, late, again and moved: it keeps its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from crm_cli import services
from crm_cli.start import make_app
from crm_cli.values.repeating.days import next_day
from crm_cli.values.repeating.reading import parse_rule
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from crm_cli.app import App

BUCHAREST = ZoneInfo("Europe/Bucharest")
FIRST = date(2027, 1, 29)
RULES = (
    *("daily", "weekdays", "every 3 days", "every 2 weeks", "mon,thu", "monthly"),
    *("monthly on last", "quarterly", "yearly"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["done", "cancel", "reopen", "move"]),
        st.integers(0, 9).map(lambda place: -1 - place),
        st.integers(0, 70),
    ),
    max_size=12,
)


@pytest.fixture
def app(sqlite_url: str) -> Iterator[App]:
    made = make_app(color=False, config=None, database=sqlite_url, user="ana")
    yield made
    made.database.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rule=st.sampled_from(RULES), steps=STEPS)
def test_series(app: App, rule: str, steps: list[tuple[str, int, int]]) -> None:
    with app.transaction() as tx:
        session = tx.session
        _set_clock(session, FIRST - timedelta(days=20))
        _begin(session, rule)
        for verb, place, days in steps:
            _check(session, verb, place, days)
        tx.discard()


def _begin(session: Session, rule: str) -> None:
    values = {
        "subject": "Raport",
        "due_on": FIRST,
        "due_at": datetime.combine(FIRST, time(3, 30), tzinfo=BUCHAREST),
        "repeat": parse_rule(rule, FIRST),
    }
    services.tasks.add(session, values, [(1, None)])


def _check(session: Session, verb: str, place: int, days: int) -> None:
    """Take a step with one of the tasks, if it can be taken, and look at the series."""
    today = _set_clock(session, _today(session) + timedelta(days=days))
    before = _series(session)
    task = before[max(place, -len(before))]
    if (task.status == "open") == (verb == "reopen"):
        return
    closing = task.repeat is not None and verb in {"done", "cancel"}
    expected = _following(session, task, today) if closing else None
    _take(session, verb, task)

    after = _series(session)
    assert [one.key for one in after[: len(before)]] == [one.key for one in before]
    assert [one.due_on for one in after[len(before) :]] == ([expected] if expected else [])
    assert [one.occurrence or 1 for one in after] == list(range(1, len(after) + 1))
    assert [one.key for one in after if one.repeat] == [after[-1].key]
    _check_clock(after)


def _following(session: Session, task: Task, today: date) -> date:
    """The first day of the series, as it is without any move, after those that are over."""
    assert task.repeat
    assert task.repeat_from
    over = max(task.repeat_from, task.due_on, today - timedelta(days=1))
    is_holiday, day = session.info["place"].calendar.is_holiday, FIRST
    while day <= over:
        later = next_day(task.repeat, day, day, is_holiday)
        assert later
        day = later
    return day


def _take(session: Session, verb: str, task: Task) -> None:
    number = task.key
    if verb == "move":
        day = task.due_on + timedelta(days=_today(session).day - 15)
        at = datetime.combine(day, time(3, 30), tzinfo=BUCHAREST)
        services.tasks.edit(session, [number], {"due_on": day, "due_at": at})
    elif verb == "reopen":
        services.tasks.reopen(session, [number])
    elif verb == "cancel":
        services.tasks.cancel(session, [number], by=1)
    else:
        now = session.info["origin"].now
        services.tasks.done(session, [number], by=1, at=now, resolution=None)


def _check_clock(tasks: list[Task]) -> None:
    """Half past three, but where the night has none: there it is an hour later."""
    for one in tasks:
        assert one.due_at is not None
        there = one.due_at.astimezone(BUCHAREST)
        skipped = one.due_on.month == 3 and one.due_on.weekday() == 6 and one.due_on.day > 24
        assert there.date() == one.due_on
        assert there.time() == (time(4, 30) if skipped else time(3, 30))


def _series(session: Session) -> list[Task]:
    return list(session.exec(select(Task).order_by(col(Task.id))))


def _today(session: Session) -> date:
    found: datetime = session.info["origin"].now
    return found.astimezone(BUCHAREST).date()


def _set_clock(session: Session, today: date) -> date:
    now = datetime.combine(today, time(12), tzinfo=BUCHAREST)
    session.info["origin"] = replace(session.info["origin"], now=now)
    return today
