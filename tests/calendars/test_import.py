"""`crm task import FILE.ics`: what was moved, ticked and made in a calendar comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.calendars.importing import imported, taken, task_of, todos
from tests.calendars.strict import feed

if TYPE_CHECKING:
    from tests.conftest import Crm

pytestmark = [pytest.mark.proves("R135"), pytest.mark.proves("R143")]

LATER = "2026-11-24T09:00:00+00:00"


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
    assert taken(crm, back) == counts
    assert task_of(crm, 1, "due", "due_at", "term_number", "description", "next_reminder_at") == {
        "due": "2026-11-29",
        "due_at": "2026-11-29T09:30:00+00:00",
        "term_number": 2,
        "description": "Urgent",
        "next_reminder_at": "2026-11-29T09:30:00+00:00",
    }
    assert task_of(crm, 2, "status", "done_at", "done_by", "next_reminder_at") == {
        "status": "done",
        "done_at": "2026-11-24T06:30:00+00:00",
        "done_by": "Ana Pop",
        "next_reminder_at": None,
    }
    assert task_of(crm, 3, "status", "subject", "done_at") == {
        "status": "cancelled",
        "subject": "Fără",
        "done_at": None,
    }
    assert task_of(crm, 4, "version") == {"version": 1}
    assert crm.ok("outbox", "list") == []
    assert taken(crm, back) == "4 items read, 0 created, 0 updated, 4 unchanged, 0 rejected."
    crm.ok("import", "undo", *[one["id"] for one in crm.ok("import", "list") if one["updated"]])
    assert [task_of(crm, number, "status", "due") for number in (1, 2, 3)] == [
        {"status": "open", "due": f"2026-11-{day}"} for day in (27, 28, 30)
    ]


def test_tick_an_event_by_its_title(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27@10:00", "--duration", "30m")
    crm.id("task", "add", "✓ cu bifă", "--due", "2026-11-28")
    text = feed(crm)
    assert taken(crm, text) == "2 items read, 0 created, 0 updated, 2 unchanged, 0 rejected."

    ticked = text.replace("SUMMARY:Sună", "SUMMARY:✅ Sună").replace("PT30M", "PT45M")
    taken(crm, ticked)

    assert task_of(crm, 1, "subject", "status", "done_at", "duration") == {
        "subject": "Sună",
        "status": "done",
        "done_at": "2026-11-23T08:00:00+00:00",
        "duration": 45,
    }
    assert task_of(crm, 2, "version", "subject") == {"version": 1, "subject": "✓ cu bifă"}
    untick = feed(crm).replace("✓ Sună", "Sună")
    taken(crm, untick)
    assert task_of(crm, 1, "status", "done_at", "done_by") == {
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
    assert taken(crm, forgotten) == unchanged
    taken(crm, forgotten.replace("✗ Sună", "Sună").replace("☐ ✗", "✗ ☐ ✗"))
    assert [task_of(crm, number, "subject", "status") for number in (1, 2)] == [
        {"subject": "Sună", "status": "open"},
        {"subject": "✗ cu cruce", "status": "cancelled"},
    ]


def test_believe_no_clock_that_is_ahead(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    text = feed(crm, "--as", "todo")

    taken(crm, text.replace("NEEDS-ACTION", "COMPLETED\r\nCOMPLETED:20261123T080230Z"))

    assert task_of(crm, 1, "done_at") == {"done_at": "2026-11-23T08:00:00+00:00"}


def test_make_the_next_of_a_series(crm: Crm) -> None:
    crm.id("task", "add", "Raport", "--due", "2026-11-27", "--repeat", "weekly")

    taken(crm, feed(crm, "--as", "todo").replace("NEEDS-ACTION", "COMPLETED"))

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

    result = imported(crm, moved)

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
    assert task_of(crm, 2, "subject", "due", "status") == {
        "subject": "Altfel",
        "due": "2026-12-02",
        "status": "done",
    }
    assert imported(crm, moved, "--resolve", "mine").exit_code == 0
    assert task_of(crm, 1, "due", "status") == {"due": "2026-12-02", "status": "done"}


def test_refuse_to_tick_a_responsibility(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("lead", "add", "--name", "Alfa SRL")
    when = ("--owner", "ana", "--first-contact", "2026-11-26T10:00")
    crm.ok("lead", "activate", 1, *when)
    text = feed(crm, "--as", "todo")

    ticked = imported(crm, text.replace("NEEDS-ACTION", "COMPLETED"))

    assert ticked.exit_code == 5
    assert ticked.stderr.splitlines()[3].endswith(
        "It is a responsibility of lead 1, which only the lead can end. crm lead advance 1"
    )
    moved = text.replace("20261126T100000", "20261127T090000")
    assert taken(crm, moved).startswith("1 item read, 0 created, 1 updated")
    assert task_of(crm, 1, "due_at", "status") == {
        "due_at": "2026-11-27T07:00:00+00:00",
        "status": "open",
    }


def test_know_tasks_without_our_own_property(sqlite_crm: Crm) -> None:
    """Programs that drop what they do not know keep the unique id and the description."""
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    text = re.sub("X-CRM-RECORD.*\r\n", "", feed(crm))
    crm.ok("task", "edit", 1, "--subject", "Altfel")

    assert taken(crm, text.replace("20261127", "20261130")).startswith("1 item read, 0 created, 1")
    assert task_of(crm, 1, "subject", "due") == {"subject": "Altfel", "due": "2026-11-30"}
    bare = re.sub("DESCRIPTION:---.*\r\n(?: .*\r\n)*", "", text)
    assert imported(crm, bare).exit_code == 6  # nobody knows what was exported


def test_keep_what_was_removed_here(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Sună", "--due", "2026-11-27")
    text = feed(crm)
    crm.ok("task", "remove", 1)

    result = imported(crm, text)

    assert result.exit_code == 0, result.stderr
    assert crm.ok("task", "list") == []


def test_take_back_nothing_that_is_missing(sqlite_crm: Crm) -> None:
    sqlite_crm.id("task", "add", "Sună", "--due", "2026-11-27")

    assert taken(sqlite_crm, todos()) == (
        "0 items read, 0 created, 0 updated, 0 unchanged, 0 rejected."
    )
    assert task_of(sqlite_crm, 1, "status") == {"status": "open"}
