"""A task as calendars know it, and the feed of an employee's tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from crm_cli.origins import Origin

BOX = "☐"
MARKS = {"open": "", "done": "✓", "cancelled": "✗"}
"""What the title of an event begins with: calendars have no other place to say that it is done, and
forget that it is cancelled. A box comes before words that begin like a mark themselves."""
_READ = {
    "open": (BOX, "[ ]"),
    "done": ("✓", "✔", "☑", "✅", "[x]", "[X]"),
    "cancelled": ("✗", "✘", "❌"),
}
_MEANT = {mark: status for status, marks in _READ.items() for mark in marks}

PRIORITIES = {"high": 1, "normal": 5, "low": 9}


@dataclass(frozen=True, kw_only=True)
class Item:
    """What a calendar says of one task."""

    uid: str
    origin: Origin
    created_at: datetime
    changed_at: datetime
    subject: str
    description: str
    """With what stands below it."""
    status: str
    priority: str
    due_on: date
    due_at: datetime | None
    minutes: int | None
    done_at: datetime | None
    category: str
    place: str
    sibling: str
    """The unique id of the first task of its series."""
    alarms: Sequence[datetime]


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The tasks of one employee, in his zone."""

    name: str
    zone: ZoneInfo
    items: Sequence[Item]


def titled(item: Item) -> str:
    """The title of an event, with the mark of its status."""
    box = BOX if item.subject.startswith((*_MEANT,)) else ""
    return " ".join(filter(None, (MARKS[item.status], box, item.subject)))


def untitled(title: str) -> tuple[str, str]:
    """The words of a title, and the status that its mark tells."""
    for mark, status in _MEANT.items():
        if title.startswith(mark):
            words = title.removeprefix(mark).lstrip("\ufe0f ")
            boxed = status != "open" and words.startswith(BOX)
            return words.removeprefix(BOX if boxed else "").strip(), status
    return title, "open"
