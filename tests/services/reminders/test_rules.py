"""When a task reminds: properties over any term, choice and zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.services.reminders.rules import (
    Defaults,
    Plan,
    at_hour,
    earliest,
    effective_day,
    escalations,
    has_time,
    is_late,
    is_of_a_whole_day,
    managers_of,
    moments,
    passed,
    resumed,
    still_due,
)

ZONES = st.sampled_from(["Europe/Bucharest", "Europe/Warsaw", "Europe/London"]).map(ZoneInfo)
DAYS = st.dates(date(2024, 1, 10), date(2032, 12, 20))
AT = st.datetimes(datetime(2024, 1, 10), datetime(2032, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is the strategy's
OFFSETS = st.lists(st.sampled_from(["0", "1", "2", "3"]), unique=True).map(tuple)
CHANNELS = st.lists(st.sampled_from(["email", "message"]), unique=True).map(tuple)
BEGUN = datetime(2026, 11, 23, 8, tzinfo=UTC)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan with or without a time of day."""
    moment = draw(st.none() | AT)
    return Plan(
        due_on=moment.date() if moment else draw(DAYS),
        due_at=moment,
        remind=draw(CHANNELS),
        days_before=draw(OFFSETS),
        planned_at=BEGUN,
    )


def _plan(due_on: str, due_at: str | None = None, *, planned_at: datetime = BEGUN) -> Plan:
    moment = datetime.fromisoformat(due_at) if due_at else None
    return Plan(
        due_on=date.fromisoformat(due_on),
        due_at=moment,
        remind=(),
        days_before=(),
        planned_at=planned_at,
    )


@given(plans(), ZONES, st.integers(0, 23))
def test_moments_are_one_of_each_choice(plan: Plan, zone: ZoneInfo, hour: int) -> None:
    found = moments(plan, Defaults(hour=hour), zone)

    chosen = {(one.channel, str(one.days_before)) for one in found}
    channels, offsets = plan.remind or ("email",), plan.days_before or ("0",)
    assert chosen == {(channel, days) for channel in channels for days in offsets}
    assert len(found) == len(chosen)
    assert found == sorted(found)


@given(plans(), ZONES, st.integers(0, 23))
def test_moments_are_at_the_hour_on_the_wall(plan: Plan, zone: ZoneInfo, hour: int) -> None:
    for one in moments(plan, Defaults(hour=hour), zone):
        if one.days_before == 0 and plan.due_at:
            assert one.at == plan.due_at
            continue
        wall = one.at.astimezone(zone)
        assert wall.date() == plan.due_on - timedelta(days=one.days_before)
        # On the night the clocks go forward the hour may not exist: then it is the next one.
        assert wall.hour in {hour, hour + 1}
        assert wall.hour == hour or wall.utcoffset() != (wall - timedelta(hours=2)).utcoffset()


@given(plans(), ZONES, AT)
def test_every_moment_is_passed_or_to_come(plan: Plan, zone: ZoneInfo, now: datetime) -> None:
    found = moments(plan, Defaults(), zone)

    gone = [one for group in passed(found, found[0].at, now) for one in group]

    to_come = [one for one in found if one not in gone]
    assert earliest(found, now) == min((one.at for one in to_come), default=None)


def test_none_reminds_of_nothing() -> None:
    plan = Plan(
        due_on=date(2026, 11, 24),
        due_at=None,
        remind=("none",),
        days_before=("0", "1"),
        planned_at=BEGUN,
    )

    assert moments(plan, Defaults(), ZoneInfo("Europe/Bucharest")) == []


@pytest.mark.parametrize(
    ("plan", "now", "late"),
    [
        (_plan("2026-11-25"), "2026-11-25T21:59:00+00:00", False),
        (_plan("2026-11-25"), "2026-11-25T22:00:00+00:00", True),
        (_plan("2026-11-25", "2026-11-25T10:00:00+00:00"), "2026-11-25T11:00:00+00:00", False),
        (_plan("2026-11-25", "2026-11-25T10:00:00+00:00"), "2026-11-25T11:01:00+00:00", True),
        (_plan("2026-11-20"), "2026-11-28T10:00:00+00:00", False),
        (
            _plan("2026-11-25", planned_at=datetime(2026, 11, 25, 6, tzinfo=UTC)),
            "2026-11-25T22:00:00+00:00",
            True,
        ),
    ],
    ids=[
        *("same day", "next day", "within the hour", "after the hour", "set after its moment"),
        "set at its moment",
    ],
)
def test_is_late(plan: Plan, now: str, late: bool) -> None:
    zone = ZoneInfo("Europe/Bucharest")
    (moment,) = moments(plan, Defaults(), zone)

    assert is_late(moment, plan, datetime.fromisoformat(now), zone) is late


@pytest.mark.parametrize(
    ("number", "timed"), [(0, False), (1, True), (2, True)], ids=["day before", "memento", "term"]
)
def test_only_mementos_and_the_term_itself_have_a_time(number: int, timed: bool) -> None:
    """Those are late two hours after their moment, not only on the next day."""
    plan = replace(
        _plan("2026-11-25", "2026-11-25T10:00:00+00:00"),
        days_before=("1", "0"),
        memento_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )
    zone = ZoneInfo("Europe/Bucharest")
    moment = moments(plan, Defaults(), zone)[number]

    assert has_time(moment, plan) is timed
    assert is_late(moment, plan, moment.at + timedelta(hours=2), zone) is timed
    assert is_of_a_whole_day(moment, plan) is (number == 0)


def test_memento_goes_by_the_channels_of_its_task() -> None:
    plan = replace(_plan("2026-11-25"), remind=("message",), memento_at=BEGUN)

    assert {one.channel for one in moments(plan, Defaults(), ZoneInfo("UTC"))} == {"message"}


def test_absence_counts_on_the_day_on_which_a_reminder_can_go() -> None:
    zone = ZoneInfo("Europe/Bucharest")
    early, late = (moments(_plan(day), Defaults(), zone)[0] for day in ("2026-11-20", "2026-11-25"))

    assert effective_day(early, _plan("2026-11-20"), zone) == BEGUN.date()
    assert effective_day(late, _plan("2026-11-25"), zone) == date(2026, 11, 25)


def test_what_is_newly_wanted_at_this_moment_has_passed() -> None:
    (moment,) = moments(_plan("2026-11-25"), Defaults(), ZoneInfo("UTC"))

    found = still_due(moment.at, [(1, moment)], [(1, moment), (2, moment)], moment.at)

    assert found == (moment.at, [(2, moment)])


@given(plans(), ZONES, ZONES, st.integers(0, 23), st.integers(0, 23), st.integers(-30, 30))
def test_what_waited_still_does_by_other_rules(
    plan: Plan, zone: ZoneInfo, other: ZoneInfo, hour: int, later: int, passed_by: int
) -> None:
    before = [(1, one) for one in moments(plan, Defaults(hour=hour), zone)]
    after = [(1, one) for one in moments(plan, Defaults(hour=later), other)]
    pending = before[-1][1].at
    now = pending + timedelta(hours=passed_by)

    first, settled = still_due(pending, before, after, now)

    waiting = {one.place for _, one in before if one.at == pending}
    assert first is not None
    assert all(first <= one.at for _, one in after if one.place in waiting or one.at > now)
    assert settled == [
        (1, one) for _, one in after if first <= one.at <= now and one.place not in waiting
    ]


@given(plans(), ZONES, st.integers(-30, 30))
def test_what_is_newly_wanted_counts_from_now(plan: Plan, zone: ZoneInfo, passed_by: int) -> None:
    """Another recipient: none of his is among those that waited."""
    wanted = moments(plan, Defaults(), zone)
    pending = wanted[-1].at
    now = pending - timedelta(hours=passed_by)
    mine, his = ([(who, one) for one in wanted] for who in (1, 2))

    to_come = min((one.at for one in wanted if one.at > now), default=None)
    for since in (pending, None):
        assert still_due(since, mine, his, now) == (to_come, [])


@given(plans(), ZONES, ZONES, st.integers(0, 23), st.integers(-30, 30))
def test_task_put_back_waits_for_what_it_waited_for(
    plan: Plan, zone: ZoneInfo, other: ZoneInfo, hour: int, passed_by: int
) -> None:
    plan = replace(plan, days_before=("0",))
    (was, *_), found = moments(plan, Defaults(), zone), moments(plan, Defaults(hour=hour), other)
    now = was.at + timedelta(hours=passed_by)

    assert resumed(was.at, found, now) == found[0].at
    assert resumed(None, found, now) == earliest(found, now)
    assert resumed(was.at, [], now) is None


@given(plans(), ZONES, st.integers(0, 23), st.integers(1, 60))
def test_escalation_is_so_many_days_after_the_term(
    plan: Plan, zone: ZoneInfo, hour: int, days: int
) -> None:
    known = Defaults(hour=hour, escalate_after=days, channels=("email", "message"))

    found = escalations(plan, known, zone, lambda one: one + timedelta(days=one.day % 3))

    overdue = plan.due_on + timedelta(days=days)
    day = overdue + timedelta(days=overdue.day % 3)
    assert [(one.channel, one.kind) for one in found] == [
        ("email", "escalation"),
        ("message", "escalation"),
    ]
    assert {one.at for one in found} == {at_hour(day, hour, zone)}


@pytest.mark.parametrize(
    ("team", "told"),
    [
        ([], []),
        ([(1, None), (2, None)], []),
        ([(1, 9), (2, 9)], [9]),
        ([(1, 8), (2, 9), (3, None)], [8, 9]),
        ([(1, 2), (2, 9)], [2]),
        ([(1, 2), (2, 9), (3, 9)], [2, 9]),
        ([(2, 9)], [9]),
    ],
    ids=["nobody", "no manager", "in common", "two", "in the team", "in it and above", "alone"],
)
def test_managers_of(team: list[tuple[int, int | None]], told: list[int]) -> None:
    assert managers_of(team) == told


@given(plans(), ZONES, AT)
def test_memento_stands_alone_beside_the_term(plan: Plan, zone: ZoneInfo, at: datetime) -> None:
    with_memento = moments(replace(plan, memento_at=at), Defaults(), zone)

    mementos = [one for one in with_memento if one.kind == "memento"]
    assert [one for one in with_memento if one.kind == "task"] == moments(plan, Defaults(), zone)
    assert {one.at for one in mementos} == {at}
    groups = passed(with_memento, with_memento[0].at, with_memento[-1].at)
    assert [group for group in groups if group[0].kind == "memento"] == [[one] for one in mementos]
