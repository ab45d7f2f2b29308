"""An iCalendar file read as a sheet: an event or a task of it is a row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crm_cli.calendars.cells import Cells, cells_of, rule_of
from crm_cli.calendars.content_lines import Reading
from crm_cli.calendars.descriptions import plain
from crm_cli.calendars.unique_ids import uid_of_item
from crm_cli.calendars.zone_reading import KnownZones
from crm_cli.errors import InvalidData
from crm_cli.sheets.sheet import HeldRows, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crm_cli.calendars.content_lines import Component

KIND = "calendar"
MOST, MOST_REPEATED = 20_000, 1_000
"""So many items one file may have, and so many that repeat."""
_TIMES = 8
"""So many times its size a file may take in memory."""
_SHOWN = 5
_CHANGED = "for they change one of a repeated item"
_EXCEPTED = "for they take days out of a repeated item"
_TWICE = "for the file has a newer one of the same id"


def read(path: Path, memory: int) -> Sheet:
    """The items of a file; raises InvalidData for one too large."""
    _require_room(path, memory)
    reading = Reading(path)
    found: list[Component] = []
    repeated = 0
    for one in reading.components():
        found.append(one)
        repeated += rule_of(one) is not None
        _require_few(path, len(found), MOST, "items")
        _require_few(path, repeated, MOST_REPEATED, "repeated items")
    kept, left_out = _parted(found)
    zones = KnownZones(reading.zones)
    rows, broken = [], {}
    for uid, one in kept.items():
        cells, why = cells_of(uid, one, zones)
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
        uid = uid_of_item(one, newest)
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
