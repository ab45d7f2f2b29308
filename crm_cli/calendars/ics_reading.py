"""An iCalendar file read as a sheet: an event or a task of it is a row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.calendars.content_lines import LONGEST, Reading
from crm_cli.calendars.descriptions import plain, taken_off
from crm_cli.calendars.items import untitled
from crm_cli.calendars.unique_ids import unwrapped
from crm_cli.calendars.values import length_of, when_of
from crm_cli.calendars.zone_reading import KnownZones
from crm_cli.errors import InvalidData
from crm_cli.origins import Origin, origin_of
from crm_cli.sheets.sheet import HeldRows, Row, Sheet
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.sentences import Label, Sentence
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

    from crm_cli.calendars.content_lines import Component

KIND = "calendar"
MOST, MOST_REPEATED = 20_000, 1_000
"""So many items one file may have, and so many that repeat."""
_TIMES = 8
"""So many times its size a file may take in memory."""
_SHOWN = 5
_LONGEST = timedelta(days=36_500)
"""Nothing takes longer."""
_CHANGED = "for they change one of a repeated item"
_EXCEPTED = "for they take days out of a repeated item"
_TWICE = "for the file has a newer one of the same id"
_CUT = Sentence("The item is cut off: its end is missing.")
_PERCENT, _WHOLE_DAY = "PERCENT-COMPLETE", "X-MICROSOFT-CDO-ALLDAYEVENT"
_LONGEST_UID = 500
"""So many letters PostgreSQL can index, whatever they are."""
_TEXTS = {
    "SUMMARY": ("subject", LONGEST),
    "DESCRIPTION": ("description", LONGEST),
    "UID": ("external_id", _LONGEST_UID),
}
_HASHED = re.compile("[0-9a-f]{64}")
"""What vdirsyncer makes of the content of an item of a feed, another one after each change."""


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


def read(path: Path, memory: int) -> Sheet:
    """The items of a file; raises InvalidData for one too large."""
    _require_room(path, memory)
    reading = Reading(path)
    found: list[Component] = []
    repeated = 0
    for one in reading.components():
        found.append(one)
        repeated += "RRULE" in one.properties
        _require_few(path, len(found), MOST, "items")
        _require_few(path, repeated, MOST_REPEATED, "repeated items")
    kept, left_out = _parted(found)
    zones = KnownZones(reading.zones)
    rows, broken = [], {}
    for uid, one in kept.items():
        cells, why = _cells(uid, one, zones)
        rows.append(Row(one.number, cells))
        if why is not None:
            broken[one.number] = why
    return Sheet(
        path=path, kind=KIND, encoding=None, delimiter=None, name=None, heading_row=0,
        headings=Cells._fields, rows=HeldRows(rows), about=_about(len(found), left_out),
        unit="item", names={one.number: one.text("SUMMARY")[:80] for one in kept.values()},
        broken=broken,
    )  # fmt: skip


def _require_room(path: Path, memory: int) -> None:
    size = path.stat().st_size
    if size * _TIMES > memory:
        raise InvalidData(
            f"{path} has {size // 1_000_000:,} MB, too much for a calendar.",
            hint="Export it without attachments, or some months at a time.",
        )


def _require_few(path: Path, count: int, most: int, what: str) -> None:
    if count > most:
        raise InvalidData(
            f"{path} has more than {most:,} {what}, too many for tasks.",
            hint="Export fewer: the months to come, or one calendar at a time.",
        )


def _parted(found: Sequence[Component]) -> tuple[dict[str, Component], dict[str, Counter[str]]]:
    """The items by their ids, of each the newest; the titles of what is left out, by reason."""
    newest: dict[str, Component] = {}
    left_out: dict[str, Counter[str]] = {
        _CHANGED: Counter(),
        _EXCEPTED: Counter(),
        _TWICE: Counter(),
    }
    for one in found:
        if "RECURRENCE-ID" in one.properties:
            left_out[_CHANGED][_title(one)] += 1
            continue
        uid = _uid(one, newest)
        older, newer = sorted((newest.get(uid, one), one), key=_age)
        newest[uid] = newer
        if older is not newer:
            left_out[_TWICE][_title(older)] += 1
    left_out[_EXCEPTED].update(_title(one) for one in newest.values() if "EXDATE" in one.properties)
    return dict(sorted(newest.items(), key=lambda pair: pair[1].number)), left_out


def _title(item: Component) -> str:
    return shortened(plain(item.text("SUMMARY")))


def shortened(title: str) -> str:
    """The title of an item in a list of them."""
    return " ".join(title.split())[:40] or "without a title"


def _age(item: Component) -> tuple[int, str]:
    sequence = item.text("SEQUENCE")
    changes = int(sequence[:9]) if sequence.isascii() and sequence.isdigit() else 0
    return changes, item.text("LAST-MODIFIED")


def _about(count: int, left_out: Mapping[str, Counter[str]]) -> str:
    said = [f"{count} item{'' if count == 1 else 's'}."]
    return " ".join(said + [told(why, titles) for why, titles in left_out.items() if titles])


def told(why: str, titles: Counter[str]) -> str:
    """What is said of items that are left out."""
    names = [f"'{name}' ({times})" for name, times in titles.most_common(_SHOWN)]
    names += [f"{len(titles) - _SHOWN} more"] if len(titles) > _SHOWN else []
    return f"Left out, {why}: {', '.join(names)}."


def _cells(uid: str, item: Component, zones: KnownZones) -> tuple[Cells, Sentence | None]:
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
        repeat=_rule(item),
        is_event=item.name == "VEVENT",
    )
    fault = _too_long(item) or (None if item.whole else _CUT)
    try:
        return cells._replace(**_times(item, zones, status)), fault
    except InvalidValue as error:
        return cells, fault or _reason(error)


def _reason(error: InvalidValue) -> Sentence:
    if error.advice is None:
        return error.sentence
    return Sentence("{sentence} {advice}", sentence=error.sentence, advice=error.advice)


def _too_long(item: Component) -> Sentence | None:
    for name, (column, most) in _TEXTS.items():
        if name in item.properties and len(item.properties[name].value) > most:
            label = Label(TASK.by_name[column].labels)
            return Sentence("The {label} is longer than {most} letters.", label=label, most=most)
    return None


def _uid(item: Component, taken: Container[str]) -> str:
    """The unique id; where a program keeps none, that of the task the item names.

    A second item that names the same task is a copy. What has nothing gets the same id each time.
    """
    given = unwrapped(plain(item.text("UID")))
    if given and not _HASHED.fullmatch(given):
        return given
    named = _named(item)
    if named and named.uid not in taken:
        return named.uid
    said = "\n".join(item.text(name) for name in ("SUMMARY", "DTSTART", "DUE"))
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    return given or f"{digest[:32]}@item"


def _named(item: Component) -> Origin | None:
    """The task that an item says it is."""
    said = origin_of("task", item.text("X-CRM-RECORD"))
    return said or taken_off(plain(item.text("DESCRIPTION")))[1]


def _rule(item: Component) -> str | None:
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
