"""Export, edits in another program, import: exactly those edits are in the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.calendars.forms import FORMS
from crm_cli.calendars.items import untitled
from tests.calendars.strict import feed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm

pytestmark = [pytest.mark.proves("R135"), pytest.mark.proves("R143")]

COUNT = 12
SHOWN = ("id", "subject", "due", "due_at", "status", "priority", "description", "version")
WARSAW = ZoneInfo("Europe/Warsaw")
PRIORITIES = {"high": 2, "normal": 5, "low": 7}

# The nights in which the clocks of Warsaw change, and the days around them.
nights = st.sampled_from([datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)])
moments = st.builds(
    lambda night, minutes: night + timedelta(minutes=minutes), nights, st.integers(-2880, 2880)
)
days = st.dates(date(2026, 11, 1), date(2028, 2, 29))
words = st.lists(
    st.text("aăâîșțłóż,;:\\\"'✓☐✅✗[x]0-9", min_size=1, max_size=40), min_size=1, max_size=3
).map(" ".join)


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    """What somebody changes of a task."""
    found = {
        "term": draw(st.none() | days | moments),
        "status": draw(st.sampled_from((None, "done", "cancelled"))),
        "subject": draw(st.none() | words),
        "priority": draw(st.none() | st.sampled_from(tuple(PRIORITIES))),
    }
    return {name: value for name, value in found.items() if value is not None}


changes = st.dictionaries(st.integers(1, COUNT), edits(), max_size=3)
forms = st.sampled_from(FORMS)
habits = st.sampled_from(("utc", "zone", "floating"))


def _found_work(crm: Crm) -> None:
    """Tasks of all sorts, of somebody who lives in Warsaw."""
    crm.ok("employee", "edit", 1, "--timezone", "Europe/Warsaw")
    for number in range(COUNT):
        term = f"2026-11-{24 + number % 5}" + ("T09:30" if number % 2 else "")
        note = ("--note", f"Linia {number};\nși, încă una") if number % 3 else ()
        degree = ("low", "normal", "high")[number % 3]
        crm.id("task", "add", f"Sarcină {number}, azi", "--due", term, "--priority", degree, *note)


@given(changes=changes, form=forms, habit=habits)
@settings(max_examples=6)
def test_take_exactly_the_edits(
    sqlite_crm: Crm, changes: dict[int, dict[str, Any]], form: str, habit: str
) -> None:
    crm = sqlite_crm
    if not crm.ok("task", "list"):
        _found_work(crm)
    path = crm.home / "edited.ics"
    before = _tasks(crm)

    path.write_bytes(_edited(feed(crm, "--as", form, "--days", 9999), changes, habit))
    result = crm("task", "import", path)

    assert result.exit_code == 0, result.stderr
    expected = {number: _expected(task, changes.get(number, {})) for number, task in before.items()}
    assert _tasks(crm) == expected
    assert crm("task", "import", path).exit_code == 0
    assert _tasks(crm) == expected
    crm("task", "reopen", *[number for number, one in expected.items() if one["status"] != "open"])


def _tasks(crm: Crm) -> dict[int, dict[str, Any]]:
    found = crm.ok("task", "list", "--columns", ",".join(SHOWN))
    return {one["id"]: one for one in found}


def _expected(task: dict[str, Any], edit: dict[str, Any]) -> dict[str, Any]:
    """The task with what was edited, one version on if that is another than it was."""
    new = {**task, **{name: edit[name] for name in edit if name != "term"}}
    term = edit.get("term")
    if isinstance(term, datetime):
        new |= {"due": term.astimezone(WARSAW).date().isoformat(), "due_at": term.isoformat()}
    elif term:
        new |= {"due": term.isoformat(), "due_at": None}
    return {**new, "version": task["version"] + (new != task)}


def _edited(text: str, changes: dict[int, dict[str, Any]], habit: str) -> bytes:
    """What another program saves: read by a library, changed, and written in its own way."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    for item in calendar.subcomponents:
        if item.name not in {"VEVENT", "VTODO"}:
            continue
        number = int(str(item["UID"]).partition("@")[0].removeprefix("task-"))
        for name, value in changes.get(number, {}).items():
            EDITORS[name](item, value, habit)
        item.pop("SEQUENCE", None)
    saved: bytes = calendar.to_ical()
    return saved


def _set(item: Any, name: str, value: Any) -> None:
    item.pop(name, None)
    item.add(name, value)


def _move(item: Any, term: date, habit: str) -> None:
    name = "DTSTART" if item.name == "VEVENT" else "DUE"
    for other in ("DTEND", "DURATION"):
        item.pop(other, None)
    if isinstance(term, datetime):
        there = term.astimezone(WARSAW)
        # Only in UTC can the second hour of that night be told from the first.
        wall = there if habit == "zone" else there.replace(tzinfo=None)
        term = term if habit == "utc" or there.fold else wall
    _set(item, name, term)


def _tick(item: Any, status: str, habit: str) -> None:
    title = str(item["SUMMARY"])
    if item.name == "VEVENT" and (status == "done" or habit == "utc"):
        _set(item, "SUMMARY", f"{'[x]' if status == 'done' else '❌'} {title}")
    elif status == "cancelled":
        _set(item, "STATUS", "CANCELLED")
    elif habit == "floating":
        item.pop("STATUS", None)
        _set(item, "PERCENT-COMPLETE", 100)
    else:
        _set(item, "STATUS", "COMPLETED")


def _reword(item: Any, subject: str, habit: str) -> None:
    title = str(item["SUMMARY"])
    if item.name == "VEVENT":
        mark = title[: title.find(" ") + 1] if title.startswith(("[x]", "❌")) else ""
        subject = f"{mark}{'☐ ' if untitled(subject)[0] != subject else ''}{subject}"
    _set(item, "SUMMARY", subject)


def _weigh(item: Any, priority: str, habit: str) -> None:
    _set(item, "PRIORITY", PRIORITIES[priority])


EDITORS: dict[str, Callable[[Any, Any, str], None]] = {
    "term": _move,
    "status": _tick,
    "subject": _reword,
    "priority": _weigh,
}
