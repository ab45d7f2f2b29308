"""The tasks of an employee, read for his calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from crm_cli.calendars.descriptions import described, plain
from crm_cli.calendars.feed_view import FEED
from crm_cli.calendars.items import Feed, Item
from crm_cli.calendars.unique_ids import uid_of_task
from crm_cli.constants import value_of
from crm_cli.languages import LANGUAGES
from crm_cli.languages.vocabulary import shown
from crm_cli.origins import Origin
from crm_cli.services.reminders.rules import Defaults, Plan, moments
from crm_cli.sheets.roundtrip import stamp
from crm_cli.views.query import Selection, select
from crm_cli.views.task_scopes import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from crm_cli.reader import Reader
    from crm_cli.views.types import Place

_CALLED = ("CRM tasks: {name}", "Sarcini CRM: {name}", "Zadania CRM: {name}")
_CLOSED_SINCE = "(t.status = 'open' OR COALESCE(t.done_at, t.updated_at) >= ?)"
_PEOPLE = """
SELECT id, name, timezone, language, login FROM employee WHERE {which} ORDER BY id
"""


class Owner(NamedTuple):
    """An employee as his calendar needs him."""

    id: int
    name: str
    zone: ZoneInfo
    language: str
    login: str | None


def owners(reader: Reader, place: Place, number: int | None = None) -> list[Owner]:
    """Everybody who works here, or the one with this id."""
    which, values = ("archived_at IS NULL", ()) if number is None else ("id = ?", (number,))
    rows = reader.all(_PEOPLE.format(which=which), values)
    company = {name: value_of(reader, name, place) for name in ("timezone", "language")}
    return [
        Owner(key, name, ZoneInfo(zone or company["timezone"]), tongue or company["language"], who)
        for key, name, zone, tongue, who in rows
    ]


class Feeds:
    """Makes the feeds of employees; what all have in common is read once."""

    def __init__(self, reader: Reader, place: Place, *, days: int) -> None:
        self._reader = reader
        self._place = place
        self._since = place.now - timedelta(days=days)
        self._stamp = stamp(reader)
        self._defaults = _defaults(reader, place)

    def of(self, owner: Owner) -> Feed:
        """His open tasks, those of whom he stands in for, and those closed of late, by term."""
        called = _CALLED[LANGUAGES.index(owner.language)].format(name=owner.name)
        items = tuple(self._item(owner, record) for record in self._records(owner))
        return Feed(name=called, zone=owner.zone, items=items)

    def _records(self, owner: Owner) -> Iterator[Mapping[str, Any]]:
        today = self._place.now.astimezone(owner.zone).date()
        mine, values = SCOPES["for-me"].condition(self._reader, owner.id, today)
        selection = Selection(
            columns=FEED.columns,
            sort="due,id",
            also=f"{mine} AND {_CLOSED_SINCE}",
            also_values=(*values, self._since),
        )
        names = [column.name for column in FEED.columns]
        for row in select(self._reader, FEED, selection, self._place):
            yield dict(zip(names, row, strict=True))

    def _item(self, owner: Owner, record: Mapping[str, Any]) -> Item:
        number = record["id"]
        origin = Origin("task", number, record["version"], self._stamp)
        series = record["series_id"]
        sibling = series not in {None, number}
        command = f"crm task {'done' if record['status'] == 'open' else 'show'} {number}"
        own = plain(record["description"] or "")
        changes = (record["updated_at"], record["account_changed"], record["contact_changed"])
        return Item(
            uid=uid_of_task(number, record["external_id"], self._stamp),
            origin=origin,
            created_at=record["created_at"],
            changed_at=max(filter(None, changes)),
            subject=plain(record["subject"]),
            description=described(own, origin, _facts(owner, record), command),
            status=record["status"],
            priority=record["priority"],
            due_on=record["due"],
            due_at=record["due_at"],
            minutes=record["duration"],
            done_at=record["done_at"],
            category=shown(record["kind"], owner.language),
            place=_joined(record, "address", "postal_code", "city"),
            sibling=uid_of_task(series, record["series_uid"], self._stamp) if sibling else "",
            alarms=self._alarms(owner, record) if record["status"] == "open" else (),
        )

    def _alarms(self, owner: Owner, record: Mapping[str, Any]) -> Sequence[datetime]:
        """When the task reminds; not at all where it reminds by nothing."""
        plan = Plan(
            due_on=record["due"],
            due_at=record["due_at"],
            remind=record["remind"] or (),
            days_before=record["days_before"] or (),
            planned_at=record["updated_at"],
            memento_at=record["memento_at"],
        )
        return sorted({one.at for one in moments(plan, self._defaults, owner.zone)})


def _defaults(reader: Reader, place: Place) -> Defaults:
    """What the constants of the company say."""
    channels = ("email", "message")
    return Defaults(
        channels=tuple(one for one in channels if value_of(reader, f"task.remind.{one}", place)),
        days_before=value_of(reader, "task.remind.days_before", place),
        hour=value_of(reader, "task.remind.hour", place),
    )


def _facts(owner: Owner, record: Mapping[str, Any]) -> Iterator[str]:
    """For whom it is, if for somebody who is away; whom it is about and how to reach them."""
    at = LANGUAGES.index(owner.language)
    if record["assignee_id"] not in {None, owner.id}:
        yield f"{FEED.by_name['assignee'].labels[at]}: {plain(record['assignee'])}"
    for noun in ("account", "contact"):
        if said := _joined(record, noun, f"{noun}_phone"):
            yield f"{FEED.by_name[noun].labels[at]}: {plain(said)}"


def _joined(record: Mapping[str, Any], *names: str) -> str:
    return ", ".join(record[name] for name in names if record[name])
