"""The forms of tasks in a calendar: entries, which all programs show, or tasks with a box."""

from __future__ import annotations

EVENT, TODO = "event", "todo"
FORMS = (EVENT, TODO)
