"""A signal asks a job to end; the job does so before its next item."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime

import pytest

from crm_cli.errors import Interrupted, Terminated
from crm_cli.running.job import JobContext
from crm_cli.running.signals import CAUGHT, Stop, caught

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def context(stop: Stop, limit: int | None = None) -> JobContext:
    return JobContext(as_of=NOW, started_at=NOW, stop=stop, limit=limit)


@pytest.mark.parametrize("number", CAUGHT)
def test_stop_before_the_next_item(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    handled = []

    with caught() as stop:
        for item in context(stop).each(range(5)):
            handled.append(item)
            if item == 1:
                os.kill(os.getpid(), number)

    assert handled == [0, 1]
    assert stop.signal is number
    assert signal.getsignal(number) is before


def test_leave_alone_what_nohup_ignores() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with caught() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
        after = signal.getsignal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert (stop.requested, after) == (False, signal.SIG_IGN)


def test_take_nothing_after_the_signal() -> None:
    assert list(context(Stop(signal.SIGTERM)).each(range(5))) == []


def test_take_no_more_than_the_limit() -> None:
    items = iter(range(5))

    assert list(context(Stop(), limit=2).each(items)) == [0, 1]
    assert next(items) == 2


@pytest.mark.parametrize(
    ("number", "kind"), [(signal.SIGINT, Interrupted), (signal.SIGHUP, Terminated)]
)
def test_end_with_an_error_of_the_signal(number: signal.Signals, kind: type[Exception]) -> None:
    error = Stop(number).error("remind")

    assert type(error) is kind
    assert str(error) == f"The job remind was stopped by {number.name}; what it had done is kept."
