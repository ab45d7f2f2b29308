"""The items of a calendar as the rows of a sheet of tasks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from crm_cli.calendars.ics_reading import shortened, told
from crm_cli.calendars.unique_ids import FOREIGN
from crm_cli.imports.cells.cells import CLEAR
from crm_cli.languages import LANGUAGES
from crm_cli.languages.vocabulary import shown
from crm_cli.origins import UNKNOWN, Origin, origin_of_uid
from crm_cli.portions import portions
from crm_cli.sheets.roundtrip import headings
from crm_cli.sheets.sheet import Row
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from crm_cli.calendars.cells import Cells
    from crm_cli.reader import Reader
    from crm_cli.sheets.sheet import Sheet
    from crm_cli.views.place import Place

_COLUMNS = (
    *("external_id", "subject", "description", "due", "due_at", "duration", "priority", "status"),
    *("done_at", "repeat"),
)
_AT_ONCE = 400
_OVER, _CANCELLED = "for they are over", "for they are cancelled"
_STRANGE = "for their tasks never were in this database, or are lost"
_UNTIL = re.compile(r"UNTIL=([0-9]{8})", re.IGNORECASE)
_FOUND = """
SELECT t.id, t.external_id, t.status, e.timezone, COALESCE(t.series_id, 0), t.repeat FROM task t
LEFT JOIN employee e ON e.id = t.assignee_id
WHERE t.id IN ({ids}) OR (t.external_id IN ({names}) AND t.archived_at IS NULL)
"""
_ONCE = "SELECT DISTINCT entity_id FROM audit WHERE entity = 'task' AND entity_id IN ({ids})"


class _Known(NamedTuple):
    """A task there is, as far as its item is read by it."""

    id: int
    external_id: str | None
    status: str
    zone: str | None
    series: int
    repeat: str | None

    @property
    def in_series(self) -> bool:
        """Whether it is one of several by now."""
        return bool(self.series or self.repeat)


def as_tasks(sheet: Sheet, reader: Reader, stamp: str, place: Place, language: str) -> Sheet:
    """The sheet of the tasks that the items are, in the words of the language.

    A time of any wall is of the assignee's zone, else of this place. What never was a task and is
    over or cancelled is left out: there is nothing to do.
    """
    at = LANGUAGES.index(language)
    names = tuple(TASK.by_name[name].labels[at] for name in _COLUMNS)
    items: list[Cells] = [row.cells for row in sheet.rows]  # type: ignore[misc]
    reading = _Reading(reader, stamp, place, language, items)
    left_out = {
        row.number: why
        for row, item in zip(sheet.rows, items, strict=True)
        if row.number not in sheet.broken and (why := reading.against(item))
    }
    about = [sheet.about]
    for why in sorted({*left_out.values()}):
        numbers = [number for number, reason in left_out.items() if reason == why]
        about.append(told(why, Counter(shortened(sheet.names[number]) for number in numbers)))
    rows = _Rows(sheet, reading, left_out)
    return replace(sheet, headings=(*names, *headings(stamp)), rows=rows, about=" ".join(about))


class _Rows:
    """The rows, made anew at each walk."""

    def __init__(self, sheet: Sheet, reading: _Reading, left_out: Container[int]) -> None:
        self._sheet = sheet
        self._reading = reading
        self._left_out = left_out

    def __iter__(self) -> Iterator[Row]:
        for row in self._sheet.rows:
            if row.number not in self._left_out:
                yield Row(row.number, self._reading.cells(row.cells))  # type: ignore[arg-type]


class _Reading:
    """Reads items beside the tasks there are."""

    def __init__(
        self, reader: Reader, stamp: str, place: Place, language: str, items: Sequence[Cells]
    ) -> None:
        self._stamp = stamp
        self._zone = place.zone
        self._today = place.now.astimezone(place.zone).date()
        self._language = language
        self._by_id: dict[int, _Known] = {}
        self._by_name: dict[str, _Known] = {}
        self._strange: set[int] = set()
        for some in portions(items, _AT_ONCE):
            self._look_up(reader, some)

    def _look_up(self, reader: Reader, items: Sequence[Cells]) -> None:
        ids = [one.id for item in items for one in self._claims(item)] or [0]
        names = [f"{FOREIGN}{item.uid}" for item in items]
        statement = _FOUND.format(ids=_marks(ids), names=_marks(names))
        for row in reader.all(statement, (*ids, *names)):
            known = _Known(*row)
            self._by_id[known.id] = known
            if known.external_id:
                self._by_name[known.external_id] = known
        if gone := [one for one in ids if one not in self._by_id]:
            once = reader.all(_ONCE.format(ids=_marks(gone)), tuple(gone))
            self._strange.update({*gone} - {number for (number,) in once})

    def _claims(self, item: Cells) -> Iterator[Origin]:
        """The tasks of this database that an item says it is."""
        for one in (origin_of_uid("task", item.uid), item.origin):
            if one and one.stamp == self._stamp:
                yield one

    def against(self, item: Cells) -> str | None:
        """Why an item that never was a task becomes none."""
        if origin := self._origin(item):
            return _STRANGE if origin.id in self._strange else None
        if f"{FOREIGN}{item.uid}" in self._by_name:
            return None
        if item.status == "cancelled":
            return _CANCELLED
        return _OVER if item.is_event and item.status == "open" and self._is_over(item) else None

    def _is_over(self, item: Cells) -> bool:
        ended = _UNTIL.search(item.repeat) if item.repeat else None
        day, _ = self._term(item, None)
        if day is None or (item.repeat and not ended):
            return False
        return (ended[1] if ended else f"{day:%Y%m%d}") < f"{self._today:%Y%m%d}"

    def cells(self, item: Cells) -> tuple[object, ...]:
        """The cells of an item, under the headings of a sheet of tasks."""
        origin = self._origin(item)
        name = f"{FOREIGN}{item.uid}"
        known = self._by_id.get(origin.id) if origin else self._by_name.get(name)
        if known and known.in_series and item.repeat:
            item = self._without_rule(item, origin)
        was_done = known is not None and known.status == "done"
        return (
            None if origin else name,
            item.subject,
            CLEAR if item.description == "" else item.description,
            *self._term(item, known),
            None if item.minutes is None else timedelta(minutes=item.minutes),
            item.priority and shown(item.priority, self._language),
            # Who has no trace of our state cannot have changed it back.
            shown(item.status, self._language) if origin or item.status != "open" else None,
            None if was_done else self._moment(item.done_at, known),
            item.repeat,
            *((origin.id, origin.version) if origin else (None, None)),
        )

    def _without_rule(self, item: Cells, origin: Origin | None) -> Cells:
        """A rule is taken once; an item whose rule was taken says only where its series began."""
        if origin:
            return item._replace(repeat=None)
        return item._replace(repeat=None, term=None, minutes=None, status="open", done_at=None)

    def _origin(self, item: Cells) -> Origin | None:
        """The task an item was exported from; a copy made in a calendar is an item of its own."""
        own = origin_of_uid("task", item.uid)
        told = item.origin if item.origin and item.origin.stamp == self._stamp else None
        if own and own.stamp == self._stamp:
            return told if told and told.id == own.id else own._replace(version=UNKNOWN)
        known = self._by_id.get(told.id) if told else None
        return told if known and known.external_id == f"{FOREIGN}{item.uid}" else None

    def _term(self, item: Cells, known: _Known | None) -> tuple[object, object]:
        """The day in the assignee's zone, and the time where there is one."""
        moment = self._moment(item.term, known)
        if isinstance(moment, datetime):
            return moment.astimezone(self._zone_of(known)).date(), moment
        return moment, CLEAR if moment else None

    def _moment(self, when: date | datetime | None, known: _Known | None) -> date | None:
        if isinstance(when, datetime) and when.tzinfo is None:
            return when.replace(tzinfo=self._zone_of(known))
        return when

    def _zone_of(self, known: _Known | None) -> ZoneInfo:
        return ZoneInfo(known.zone) if known and known.zone else self._zone


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
