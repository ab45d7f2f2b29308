"""Calendars given to `crm task import`, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Crm, Result


def imported(crm: Crm, text: str, *words: object) -> Result:
    """Import a text as a file."""
    path = crm.home / "back.ics"
    path.write_text(text, encoding="utf-8", newline="")
    return crm("task", "import", path, *words)


def taken(crm: Crm, text: str, *words: object) -> str:
    """Import what must go well; gives the summary."""
    result = imported(crm, text, *words)
    assert result.exit_code == 0, result.stderr
    return result.stderr.splitlines()[-1].removeprefix("back.ics: ")


def todos(*items: str) -> str:
    """A calendar of tasks."""
    body = "".join(f"BEGIN:VTODO\r\n{item}END:VTODO\r\n" for item in items)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"


def task_of(crm: Crm, number: int, *names: str) -> dict[str, Any]:
    """These fields of a task."""
    found = crm.ok("task", "show", number)
    return {name: found[name] for name in names}
