"""What an event or a task of a calendar says, as the cells of a row."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.calendars.content_lines import LONGEST
from crm_cli.calendars.descriptions import plain, taken_off
from crm_cli.calendars.items import untitled
from crm_cli.calendars.values import length_of, when_of
from crm_cli.origins import Origin, origin_of
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.sentences import Label, Sentence
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.calendars.content_lines import Component
    from crm_cli.calendars.zone_reading import KnownZones

_LONGEST = timedelta(days=36_500)
"""Nothing takes longer."""
_LONGEST_UID = 500
"""So many letters PostgreSQL can index, whatever they are."""
_TEXTS = {"SUMMARY": "subject", "DESCRIPTION": "description"}
_CUT = Sentence("The item is cut off: its end is missing.")
_PERCENT, _WHOLE_DAY = "PERCENT-COMPLETE", "X-MICROSOFT-CDO-ALLDAYEVENT"


class Cells(NamedTuple):
    """What an item says; None where it says nothing. A time without a zone is of any wall."""

    uid: str
    origin: Origin | None
    subject: str | None = None
    description: str | None = None
    term: date | datetime | None = None
    minutes: int | None = None
    priority: str | None = None
    status: str = "open"
    done_at: date | datetime | None = None
    repeat: str | None = None
    is_event: bool = False


def cells_of(uid: str, item: Component, zones: KnownZones) -> tuple[Cells, Sentence | None]:
    """What the item says, and what stands against all of it."""
    description, named = taken_off(plain(item.text("DESCRIPTION")))
    title, marked = plain(item.text("SUMMARY")), "open"
    if item.name == "VEVENT":
        title, marked = untitled(title)
    status = _status(item, marked)
    cells = Cells(
        uid=uid,
        origin=origin_of("task", item.text("X-CRM-RECORD")) or named,
        subject=title or None,
        description=_or_cleared(description, item, named),
        priority=_priority(item.text("PRIORITY")),
        status=status,
        repeat=rule_of(item),
        is_event=item.name == "VEVENT",
    )
    fault = _too_long(uid, item) or (None if item.whole else _CUT)
    try:
        return cells._replace(**_times(item, zones, status)), fault
    except InvalidValue as error:
        return cells, fault or _reason(error)


def _reason(error: InvalidValue) -> Sentence:
    if error.advice is None:
        return error.sentence
    return Sentence("{sentence} {advice}", sentence=error.sentence, advice=error.advice)


def _too_long(uid: str, item: Component) -> Sentence | None:
    lengths = [("external_id", len(uid), _LONGEST_UID)] + [
        (column, len(item.properties[name].value), LONGEST)
        for name, column in _TEXTS.items()
        if name in item.properties
    ]
    for column, length, most in lengths:
        if length > most:
            label = Label(TASK.by_name[column].labels)
            return Sentence("The {label} is longer than {most} letters.", label=label, most=most)
    return None


def rule_of(item: Component) -> str | None:
    """The rule by which it repeats; calcurse gives each whole day one that ends on that day."""
    rule, start = item.text("RRULE"), re.escape(item.text("DTSTART"))
    once = re.search(rf"(?:^|;)(?:COUNT=1|UNTIL={start})(?:;|$)", rule, re.IGNORECASE)
    return None if once else rule or None


def _or_cleared(text: str, item: Component, named: Origin | None) -> str | None:
    """Nothing above our lines means nothing; no description at all says nothing."""
    return text if named or text else None


def _priority(text: str) -> str | None:
    """Of the degrees from 1 to 9 three are kept; 0 says nothing."""
    if not text.isascii() or not text.isdigit() or not 0 < (degree := int(text[:3])) < 10:
        return None
    return "normal" if degree == 5 else "high" if degree < 5 else "low"


def _status(item: Component, marked: str) -> str:
    said = item.text("STATUS").upper()
    if said == "CANCELLED" or marked != "open":
        return "cancelled" if said == "CANCELLED" else marked
    ended = item.text(_PERCENT) == "100" or "COMPLETED" in item.properties
    return "done" if said == "COMPLETED" or (not said and ended) else "open"


def _times(item: Component, zones: KnownZones, status: str) -> Mapping[str, Any]:
    """Term, length and end; raises InvalidValue."""
    is_day = item.text(_WHOLE_DAY).upper() == "TRUE"
    when = {
        name: when_of(found, zones, is_day=is_day)
        for name in ("DTSTART", "DTEND", "DUE", "COMPLETED")
        if (found := item.properties.get(name)) and found.value.strip()
    }
    start, length = when.get("DTSTART"), length_of(item.text("DURATION"))
    if item.name == "VTODO":
        due = when.get("DUE") or _later(start, length)
        return {"term": due, "done_at": when.get("COMPLETED") if status == "done" else None}
    end = when.get("DTEND")
    if length is None and isinstance(start, datetime) and isinstance(end, datetime):
        length = _between(start, end)
    return {"term": start, "minutes": _minutes(length) if isinstance(start, datetime) else None}


def _minutes(length: timedelta | None) -> int | None:
    """A length as tasks have it; nothing that takes no time, or for ever."""
    if length is None or not timedelta() < length < _LONGEST:
        return None
    return round(length.total_seconds() / 60)


def _later(start: date | datetime | None, length: timedelta | None) -> date | datetime | None:
    if start is None or length is None or abs(length) > _LONGEST:
        return start
    return start + length


def _between(start: datetime, end: datetime) -> timedelta | None:
    """How long it takes; unknown where only one of the two has a zone."""
    if (start.tzinfo is None) != (end.tzinfo is None):
        return None
    return end.astimezone(UTC) - start.astimezone(UTC) if start.tzinfo else end - start
