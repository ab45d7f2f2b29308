"""As what tasks are written: entries of the calendar, which all programs show, or its tasks."""

from __future__ import annotations

EVENT, TODO = "event", "todo"
FORMS = (EVENT, TODO)
