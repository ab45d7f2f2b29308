"""A task as calendars know it, and the feed of an employee's tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from crm_cli.calendars.origins import Origin

EVENT, TODO = "event", "todo"
FORMS = (EVENT, TODO)
"""As what tasks are written: entries of the calendar, which all programs show, or tasks."""

DONE, UNDONE = "✓ ", "☐ "
"""What the title of an event begins with that stands for a task done; and for one open, where its
own words begin like that."""
TICKS = ("✓", "✔", "☑", "✅", "[x]", "[X]")
BOXES = ("☐", "[ ]")

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
    """The title of an event, which has no other place to say that it is done."""
    if item.status == "done":
        return f"{DONE}{item.subject}"
    looks_marked = item.subject.startswith((*TICKS, *BOXES))
    return f"{UNDONE}{item.subject}" if looks_marked else item.subject


def untitled(title: str) -> tuple[str, bool]:
    """The words of a title, and whether it says that the task is done."""
    for mark in (*TICKS, *BOXES):
        if title.startswith(mark):
            return title.removeprefix(mark).lstrip("\ufe0f ").strip(), mark in TICKS
    return title, False
