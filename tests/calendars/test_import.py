"""`crm task import FILE.ics`: what was moved, ticked and made in a calendar comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.calendars.strict import feed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm, Result

pytestmark = [pytest.mark.proves("R135"), pytest.mark.proves("R143")]

LATER = "2026-11-24T09:00:00+00:00"


def _import(crm: Crm, text: str, *words: object) -> Result:
    path = crm.home / "back.ics"
    path.write_text(text, encoding="utf-8", newline="")
    return crm("task", "import", path, *words)


def _taken(crm: Crm, text: str, *words: object) -> str:
    """Import what must go well; gives the summary."""
    result = _import(crm, text, *words)
    assert result.exit_code == 0, result.stderr
    return result.stderr.splitlines()[-1].removeprefix("back.ics: ")


def _todos(*items: str) -> str:
    body = "".join(f"BEGIN:VTODO\r\n{item}END:VTODO\r\n" for item in items)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"


def _task(crm: Crm, number: int, *names: str) -> dict[str, Any]:
    found = crm.ok("task", "show", number)
    return {name: found[name] for name in names}


def test_bring_back_what_was_moved_ticked_and_dropped(crm: Crm) -> None:
    crm.id("task", "add", "Sună", "--due", "2026-11-27@10:00", "--note", "De sunat")
    crm.id("task", "add", "Raport", "--due", "2026-11-28")
    crm.id("task", "add", "Vizită", "--due", "2026-11-30")
    crm.id("task", "add", "Neatins", "--due", "2026-12-01")
    text = feed(crm, "--as", "todo")
    crm.now = LATER
    first, second, third, fourth = re.split("(?=BEGIN:VTODO)", text)[1:]
    edited = [
        first.replace("20261127T100000", "20261129T113000").replace("De sunat", "Urgent"),
        second.replace("NEEDS-ACTION", "COMPLETED\r\nCOMPLETED:20261124T063000Z"),
        third.replace("NEEDS-ACTION", "CANCELLED").replace("SUMMARY:Vizită", "SUMMARY:Fără"),
        fourth,
    ]
    back = "".join([text.partition("BEGIN:VTODO")[0], *edited])

    counts = "4 items read, 0 created, 3 updated, 1 unchanged, 0 rejected."
    assert _taken(crm, back) == counts
    assert _task(crm, 1, "due", "due_at", "term_number", "description", "next_reminder_at") == {
        "due": "2026-11-29",
        "due_at": "2026-11-29T09:30:00+00:00",
        "term_number": 2,
        "description": "Urgent",
        "next_reminder_at": "2026-11-29T09:30:00+00:00",
    }
    assert _task(crm, 2, "status", "done_at", "done_by", "next_reminder_at") == {
        "status": "done",
        "done_at": "2026-11-24T06:30:00+00:00",
        "done_by": "Ana Pop",
        "next_reminder_at": None,
    }
    assert _task(crm, 3, "status", "subject", "done_at") == {
        "status": "cancelled",
        "subject": "Fără",
        "done_at": None,
    }
    assert _task(crm, 4, "version") == {"version": 1}
    assert crm.ok("outbox", "list") == []
    assert _taken(crm, back) == "4 items read, 0 created, 0 updated, 4 unchanged, 0 rejected."
    crm.ok("import", "undo", *[one["id"] for one in crm.ok("import", "list") if one["updated"]])
    assert [_task(crm, number, "status", "due") for number in (1, 2, 3)] == [
        {"status": "open", "due": f"2026-11-{day}"} for day in (27, 28, 30)
    ]


def test_tick_an_event_by_its_title(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27@10:00", "--duration", "30m")
    crm.id("task", "add", "✓ cu bifă", "--due", "2026-11-28")
    text = feed(crm)
    assert _taken(crm, text) == "2 items read, 0 created, 0 updated, 2 unchanged, 0 rejected."

    ticked = text.replace("SUMMARY:Sună", "SUMMARY:✅ Sună").replace("PT30M", "PT45M")
    _taken(crm, ticked)

    assert _task(crm, 1, "subject", "status", "done_at", "duration") == {
        "subject": "Sună",
        "status": "done",
        "done_at": "2026-11-23T08:00:00+00:00",
        "duration": 45,
    }
    assert _task(crm, 2, "version", "subject") == {"version": 1, "subject": "✓ cu bifă"}
    untick = feed(crm).replace("✓ Sună", "Sună")
    _taken(crm, untick)
    assert _task(crm, 1, "status", "done_at", "done_by") == {
        "status": "open",
        "done_at": None,
        "done_by": None,
    }


def test_drop_an_event_by_its_title(sqlite_crm: Crm) -> None:
    """Outlook and Google know no cancelled entries: only the title of one says what it is."""
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    crm.id("task", "add", "✗ cu cruce", "--due", "2026-11-28")
    crm.ok("task", "cancel", 1)
    forgotten = feed(crm).replace("STATUS:CANCELLED", "STATUS:CONFIRMED")

    unchanged = "2 items read, 0 created, 0 updated, 2 unchanged, 0 rejected."
    assert _taken(crm, forgotten) == unchanged
    _taken(crm, forgotten.replace("✗ Sună", "Sună").replace("☐ ✗", "✗ ☐ ✗"))
    assert [_task(crm, number, "subject", "status") for number in (1, 2)] == [
        {"subject": "Sună", "status": "open"},
        {"subject": "✗ cu cruce", "status": "cancelled"},
    ]


def test_believe_no_clock_that_is_ahead(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    text = feed(crm, "--as", "todo")

    _taken(crm, text.replace("NEEDS-ACTION", "COMPLETED\r\nCOMPLETED:20261123T080230Z"))

    assert _task(crm, 1, "done_at") == {"done_at": "2026-11-23T08:00:00+00:00"}


def test_make_the_next_of_a_series(crm: Crm) -> None:
    crm.id("task", "add", "Raport", "--due", "2026-11-27", "--repeat", "weekly")

    _taken(crm, feed(crm, "--as", "todo").replace("NEEDS-ACTION", "COMPLETED"))

    found = crm.ok("task", "list", "--columns", "id,status,due,repeat")
    assert sorted(tuple(one.values())[1:3] for one in found) == [
        ("done", "2026-11-27"),
        ("open", "2026-12-04"),
    ]
    assert "RELATED-TO;RELTYPE=SIBLING:task-1@" in feed(crm)
    crm.ok("import", "undo", 1)
    assert [one["id"] for one in crm.ok("task", "list")] == [1]


def test_leave_alone_what_both_changed(crm: Crm) -> None:
    for subject in ("Ambele", "Aici", "Amândoi"):
        crm.id("task", "add", subject, "--due", "2026-11-27")
    text = feed(crm, "--as", "todo")
    crm.now = LATER
    crm.ok("task", "edit", 1, "--due", "2026-12-01")
    crm.ok("task", "edit", 2, "--subject", "Altfel")
    crm.ok("task", "done", 3)
    moved = text.replace("20261127", "20261202").replace("NEEDS-ACTION", "COMPLETED", 3)

    result = _import(crm, moved)

    assert result.exit_code == 6
    assert result.stderr == (
        "back.ics: 3 items.\n"
        "back.ics: 3 items read, 0 created, 2 updated, 0 unchanged, 0 rejected, 1 in conflict.\n"
        "crm: 1 record was changed here since the export, and left alone.\n"
        "  item 1 'Ambele', due: '2026-11-27' is '2026-12-02' in the file and '2026-12-01' here"
        " by ana on 2026-11-24\n"
        f"hint: See {crm.home}/back.ics.conflicts.xlsx; then import again with"
        " --resolve mine or --resolve theirs.\n"
    )
    assert _task(crm, 2, "subject", "due", "status") == {
        "subject": "Altfel",
        "due": "2026-12-02",
        "status": "done",
    }
    assert _import(crm, moved, "--resolve", "mine").exit_code == 0
    assert _task(crm, 1, "due", "status") == {"due": "2026-12-02", "status": "done"}


def test_take_a_rule_once(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Raport", "--due", "2026-11-27")
    path = crm.home / "mine.ics"
    path.write_text(
        feed(crm, "--as", "todo").replace("PRIORITY", "RRULE:FREQ=WEEKLY\r\nPRIORITY")
        + _todos("UID:w\r\nSUMMARY:Ședință\r\nDUE:20260105\r\nRRULE:FREQ=WEEKLY\r\n"),
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


def test_refuse_to_tick_a_responsibility(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("lead", "add", "--name", "Alfa SRL")
    when = ("--owner", "ana", "--first-contact", "2026-11-26T10:00")
    crm.ok("lead", "activate", 1, *when)
    text = feed(crm, "--as", "todo")

    ticked = _import(crm, text.replace("NEEDS-ACTION", "COMPLETED"))

    assert ticked.exit_code == 5
    assert ticked.stderr.splitlines()[3].endswith(
        "It is a responsibility of lead 1, which only the lead can end. crm lead advance 1"
    )
    moved = text.replace("20261126T100000", "20261127T090000")
    assert _taken(crm, moved).startswith("1 item read, 0 created, 1 updated")
    assert _task(crm, 1, "due_at", "status") == {
        "due_at": "2026-11-27T07:00:00+00:00",
        "status": "open",
    }


def test_make_tasks_of_what_is_new(crm: Crm) -> None:
    new = _todos("UID:a-1\r\nSUMMARY:Nou\\, azi\r\nDUE:20261127T090000\r\nPRIORITY:2\r\n")

    _taken(crm, new, "--on-new", "skip")
    assert crm.ok("task", "list") == []
    _taken(crm, new)
    again = _taken(crm, new.replace("27T09", "28T09").replace("PRIORITY", "STATUS:COMPLETED\r\nX"))

    assert again == "1 item read, 0 created, 1 updated, 0 unchanged, 0 rejected."
    assert _task(crm, 1, "subject", "assignee", "due_at", "priority", "external_id", "status") == {
        "subject": "Nou, azi",
        "assignee": "Ana Pop",
        "due_at": "2026-11-28T07:00:00+00:00",
        "priority": "high",
        "external_id": "ical:a-1",
        "status": "done",
    }
    assert "UID:a-1\r\n" in feed(crm)
    assert _taken(crm, new, "--set", "subject=Alt").startswith("1 item read, 0 created, 1 updated")
    assert _task(crm, 1, "status") == {"status": "done"}  # a calendar of its own takes none back


def test_give_tasks_to_somebody_in_another_zone(sqlite_crm: Crm) -> None:
    """It is the first of December in Bucharest, and still November in Warsaw."""
    crm = sqlite_crm
    crm.id("employee", "add", "--name", "Jan", "--login", "jan", "--timezone", "Europe/Warsaw")
    new = _todos(
        "UID:a\r\nSUMMARY:Noaptea\r\nDUE:20261130T223000Z\r\n",
        "UID:b\r\nSUMMARY:Plutitor\r\nDUE:20261130T233000\r\n",
        "UID:c\r\nSUMMARY:Lunar\r\nDUE:20261031T223000Z\r\nRRULE:FREQ=MONTHLY\r\n",
    )

    assert _taken(crm, new, "--set", "assignee=jan").startswith("3 items read, 3 created")

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
    kept = _todos(
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

    result = _import(crm, kept.replace("END:VCALENDAR", f"{events}END:VCALENDAR"))

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

    assert _taken(crm, copied) == "1 item read, 1 created, 0 updated, 0 unchanged, 0 rejected."
    assert _task(crm, 2, "subject", "description") == {"subject": "Sună", "description": "De sunat"}


def test_know_tasks_without_our_own_property(sqlite_crm: Crm) -> None:
    """Programs that drop what they do not know keep the unique id and the description."""
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    text = re.sub("X-CRM-RECORD.*\r\n", "", feed(crm))
    crm.ok("task", "edit", 1, "--subject", "Altfel")

    assert _taken(crm, text.replace("20261127", "20261130")).startswith("1 item read, 0 created, 1")
    assert _task(crm, 1, "subject", "due") == {"subject": "Altfel", "due": "2026-11-30"}
    bare = re.sub("DESCRIPTION:---.*\r\n(?: .*\r\n)*", "", text)
    assert _import(crm, bare).exit_code == 6  # nobody knows what was exported


def test_know_tasks_in_programs_that_keep_no_ids(sqlite_crm: Crm) -> None:
    """Calcurse keeps but the description, vdirsyncer makes an id of the content of an item."""
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    crm.id("task", "add", "Raport", "--due", "2026-11-28")
    text = feed(crm)
    bare = re.sub("(?:UID|X-CRM-RECORD):.*\r\n", "", text)
    mirrored = re.sub("UID:task-([0-9]).*", lambda found: f"UID:{found[1] * 64}", text)
    for one in (bare, mirrored):
        assert _taken(crm, one) == "2 items read, 0 created, 0 updated, 2 unchanged, 0 rejected."

    copy = bare[bare.rindex("BEGIN:VEVENT") :].replace("20261128", "20261205")
    moved = bare.replace("END:VCALENDAR\r\n", copy).replace("DATE:20261127", "DATE:20261130")

    assert _taken(crm, moved) == "3 items read, 1 created, 1 updated, 1 unchanged, 0 rejected."
    found = crm.ok("task", "list", "--sort", "id", "--columns", "subject,due")
    assert [tuple(one.values()) for one in found] == [
        ("Sună", "2026-11-30"),
        ("Raport", "2026-11-28"),
        ("Raport", "2026-12-05"),
    ]


def test_keep_what_was_removed_here(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    text = feed(crm)
    crm.ok("task", "remove", 1)

    result = _import(crm, text)

    assert result.exit_code == 0, result.stderr
    assert crm.ok("task", "list") == []


def test_try_an_import(sqlite_crm: Crm) -> None:
    new = _todos("UID:a\r\nSUMMARY:Nou\r\nDUE:20261127\r\n")

    assert _taken(sqlite_crm, new, "--dry-run") == (
        "1 item read, 1 created, 0 updated, 0 unchanged, 0 rejected."
        " Nothing was kept: it was a dry run."
    )
    assert sqlite_crm.ok("task", "list") == []


def test_take_back_nothing_that_is_missing(sqlite_crm: Crm) -> None:
    sqlite_crm.id("task", "add", "Sună", "--due", "2026-11-27")

    assert _taken(sqlite_crm, _todos()) == (
        "0 items read, 0 created, 0 updated, 0 unchanged, 0 rejected."
    )
    assert _task(sqlite_crm, 1, "status") == {"status": "open"}


def test_read_from_the_standard_input(sqlite_crm: Crm, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text(_todos("UID:a\r\nSUMMARY:Nou\r\nDUE:20261127\r\n"), encoding="utf-16")

    assert sqlite_crm("task", "import", new).exit_code == 0
    other = sqlite_crm("contact", "import", new)

    assert (other.exit_code, other.stderr) == (
        5,
        "crm: new holds a calendar.\nhint: Import it as tasks: crm task import FILE\n",
    )
