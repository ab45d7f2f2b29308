"""`crm task import FILE.ics`: which items are tasks there are, which become new ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.calendars.importing import imported, taken, task_of, todos
from tests.calendars.strict import feed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

pytestmark = [pytest.mark.proves("R135"), pytest.mark.proves("R143")]


def test_take_a_rule_once(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Raport", "--due", "2026-11-27")
    path = crm.home / "mine.ics"
    path.write_text(
        feed(crm, "--as", "todo").replace("PRIORITY", "RRULE:FREQ=WEEKLY\r\nPRIORITY")
        + todos("UID:w\r\nSUMMARY:Ședință\r\nDUE:20260105\r\nRRULE:FREQ=WEEKLY\r\n"),
        encoding="utf-8",
    )
    assert crm("task", "import", path).exit_code == 0
    crm.ok("task", "done", 1, 2)

    again = crm("task", "import", path)

    assert again.stderr.endswith("2 items read, 0 created, 0 updated, 2 unchanged, 0 rejected.\n")
    found = crm.ok("task", "list", "--sort", "id", "--columns", "subject,status,due,repeat")
    assert [tuple(one.values()) for one in found] == [
        ("Raport", "done", "2026-11-27", None),
        ("Ședință", "done", "2026-11-23", None),
        ("Raport", "open", "2026-12-04", "FREQ=WEEKLY;BYDAY=FR"),
        ("Ședință", "open", "2026-11-30", "FREQ=WEEKLY;BYDAY=MO"),
    ]


def test_make_tasks_of_what_is_new(crm: Crm) -> None:
    new = todos("UID:a-1\r\nSUMMARY:Nou\\, azi\r\nDUE:20261127T090000\r\nPRIORITY:2\r\n")

    taken(crm, new, "--on-new", "skip")
    assert crm.ok("task", "list") == []
    taken(crm, new)
    again = taken(crm, new.replace("27T09", "28T09").replace("PRIORITY", "STATUS:COMPLETED\r\nX"))

    assert again == "1 item read, 0 created, 1 updated, 0 unchanged, 0 rejected."
    assert task_of(
        crm, 1, "subject", "assignee", "due_at", "priority", "external_id", "status"
    ) == {
        "subject": "Nou, azi",
        "assignee": "Ana Pop",
        "due_at": "2026-11-28T07:00:00+00:00",
        "priority": "high",
        "external_id": "ical:a-1",
        "status": "done",
    }
    assert "UID:a-1\r\n" in feed(crm)
    assert taken(crm, new, "--set", "subject=Alt").startswith("1 item read, 0 created, 1 updated")
    assert task_of(crm, 1, "status") == {"status": "done"}  # a calendar of its own takes none back


def test_give_tasks_to_somebody_in_another_zone(sqlite_crm: Crm) -> None:
    """It is the first of December in Bucharest, and still November in Warsaw."""
    crm = sqlite_crm
    crm.id("employee", "add", "--name", "Jan", "--login", "jan", "--timezone", "Europe/Warsaw")
    new = todos(
        "UID:a\r\nSUMMARY:Noaptea\r\nDUE:20261130T223000Z\r\n",
        "UID:b\r\nSUMMARY:Plutitor\r\nDUE:20261130T233000\r\n",
        "UID:c\r\nSUMMARY:Lunar\r\nDUE:20261031T223000Z\r\nRRULE:FREQ=MONTHLY\r\n",
    )

    assert taken(crm, new, "--set", "assignee=jan").startswith("3 items read, 3 created")

    found = crm.ok("task", "list", "--sort", "id", "--columns", "assignee,due,due_at,repeat")
    assert [tuple(one.values()) for one in found] == [
        ("Jan", "2026-11-30", "2026-11-30T22:30:00+00:00", None),
        ("Jan", "2026-11-30", "2026-11-30T22:30:00+00:00", None),
        (
            *("Jan", "2026-11-30", "2026-11-30T22:30:00+00:00"),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;BYHOUR=23;BYMINUTE=30",
        ),
    ]


def test_leave_out_events_that_are_over(sqlite_crm: Crm) -> None:
    """A whole calendar of meetings makes no heap of overdue tasks."""
    crm = sqlite_crm
    kept = todos(
        "UID:t\r\nSUMMARY:Restant\r\nDUE:20260105\r\n",
        "UID:c\r\nSUMMARY:Anulat\r\nDUE:20261205\r\nSTATUS:CANCELLED\r\n",
    )
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{at}\r\nSUMMARY:{title}\r\nDTSTART:{start}\r\n{rule}END:VEVENT\r\n"
        for at, (title, start, rule) in enumerate(
            (
                ("Demult", "20250105T100000", ""),
                ("Ieri", "20261122", ""),
                ("Azi", "20261123T070000", ""),
                ("✓ Vizită", "20261120", ""),
                ("Încă", "20260105", "RRULE:FREQ=WEEKLY;UNTIL=20261123\r\n"),
                ("Apus", "20260105", "RRULE:FREQ=WEEKLY;UNTIL=20261122T220000Z\r\n"),
            )
        )
    )

    result = imported(crm, kept.replace("END:VCALENDAR", f"{events}END:VCALENDAR"))

    assert result.stderr == (
        "back.ics: 8 items. Left out, for they are cancelled: 'Anulat' (1)."
        " Left out, for they are over: 'Demult' (1), 'Ieri' (1), 'Apus' (1).\n"
        "back.ics: 4 items read, 4 created, 0 updated, 0 unchanged, 0 rejected.\n"
    )
    found = crm.ok("task", "list", "--sort", "id", "--columns", "subject,status,due")
    assert [tuple(one.values()) for one in found] == [
        ("Restant", "open", "2026-01-05"),
        ("Azi", "open", "2026-11-23"),
        ("Vizită", "done", "2026-11-20"),
        ("Încă", "open", "2026-11-23"),
    ]


def test_read_a_copy_as_a_task_of_its_own(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27", "--note", "De sunat")
    text = feed(crm)

    copied = re.sub(r"UID:task-1@\w+", "UID:copy", text)

    assert taken(crm, copied) == "1 item read, 1 created, 0 updated, 0 unchanged, 0 rejected."
    assert task_of(crm, 2, "subject", "description") == {
        "subject": "Sună",
        "description": "De sunat",
    }


def test_know_tasks_in_programs_that_keep_no_ids(sqlite_crm: Crm) -> None:
    """Calcurse keeps but the description, vdirsyncer makes an id of the content of an item."""
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    crm.id("task", "add", "Raport", "--due", "2026-11-28")
    text = feed(crm)
    bare = re.sub("(?:UID|X-CRM-RECORD):.*\r\n", "", text)
    mirrored = re.sub("UID:task-([0-9]).*", lambda found: f"UID:{found[1] * 64}", text)
    for one in (bare, mirrored):
        assert taken(crm, one) == "2 items read, 0 created, 0 updated, 2 unchanged, 0 rejected."

    copy = bare[bare.rindex("BEGIN:VEVENT") :].replace("20261128", "20261205")
    moved = bare.replace("END:VCALENDAR\r\n", copy).replace("DATE:20261127", "DATE:20261130")

    assert taken(crm, moved) == "3 items read, 1 created, 1 updated, 1 unchanged, 0 rejected."
    found = crm.ok("task", "list", "--sort", "id", "--columns", "subject,due")
    assert [tuple(one.values()) for one in found] == [
        ("Sună", "2026-11-30"),
        ("Raport", "2026-11-28"),
        ("Raport", "2026-12-05"),
    ]


def test_try_an_import(sqlite_crm: Crm) -> None:
    new = todos("UID:a\r\nSUMMARY:Nou\r\nDUE:20261127\r\n")

    assert taken(sqlite_crm, new, "--dry-run") == (
        "1 item read, 1 created, 0 updated, 0 unchanged, 0 rejected."
        " Nothing was kept: it was a dry run."
    )
    assert sqlite_crm.ok("task", "list") == []


def test_read_from_the_standard_input(sqlite_crm: Crm, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text(todos("UID:a\r\nSUMMARY:Nou\r\nDUE:20261127\r\n"), encoding="utf-16")

    assert sqlite_crm("task", "import", new).exit_code == 0
    other = sqlite_crm("contact", "import", new)

    assert (other.exit_code, other.stderr) == (
        5,
        "crm: new holds a calendar.\nhint: Import it as tasks: crm task import FILE\n",
    )
