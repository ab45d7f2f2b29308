from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.durations import parse_duration
from crm_cli.values.invalid import InvalidValue


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h30m", 90),
        ("1H 30M", 90),
        ("1 h 30 min", 90),
        ("1h30", 90),
        ("90m", 90),
        ("90 min.", 90),
        ("90 minut", 90),
        ("45 minute", 45),
        ("1:30", 90),
        ("0:05", 5),
        ("1,5h", 90),
        ("1.25 h", 75),
        (",5h", 30),
        ("2h", 120),
        ("2 ore", 120),
        ("1 oră", 60),
        ("3 godziny", 180),
        ("8 hours", 480),
    ],
)
def test_parse_duration(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2", "'2' has no unit: it can be hours or minutes.", "Write 2h or 2m."),
        (
            "0,33h",
            "'0,33h' is not a whole number of minutes.",
            "Write 1h30m, 90m, 1:30 or 1.5h.",
        ),
        ("1:75", "'1:75' is not a length of time.", "Write 1h30m, 90m, 1:30 or 1.5h."),
    ],
)
def test_parse_duration_says_what_to_write(text: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_duration(text)

    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    "text", ["", "h", "-2h", "1d", "30m1h", "1h5", "١h", "1.234h", "1,5", "1e2m"]
)
def test_parse_duration_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_duration(text)


@given(st.integers(0, 99_999))
def test_parse_duration_reads_every_form(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)

    assert parse_duration(f"{minutes}m") == minutes
    assert parse_duration(f"{hours}h{rest}m") == minutes
    assert parse_duration(f"{hours}:{rest:02}") == minutes
