"""`crm task ics`: whose tasks are in it, and what it says of them."""

from __future__ import annotations

import re
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.calendars.strict import checked, feed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

pytestmark = pytest.mark.proves("R135")

HOUR = timedelta(hours=1)
TASK = """\
BEGIN:VEVENT
UID:task-1@STAMP
DTSTAMP:20261123T080000Z
CREATED:20261123T080000Z
LAST-MODIFIED:20261123T080000Z
SEQUENCE:0
SUMMARY:Sună la Moldo\\, azi
DTSTART;TZID=Europe/Warsaw:20261127T100000
DURATION:PT1H30M
STATUS:CONFIRMED
TRANSP:OPAQUE
PRIORITY:1
CATEGORIES:zadanie
LOCATION:Str. Lungă 5\\, Iași
DESCRIPTION:Despre ofertă\\nși transport\\n\\n--- task-1@STAMP:1 ---\\nKo\
ntrahent: Moldo Trans SRL\\, +40232211555\\nOsoba kontaktowa: Popescu Ion\\, +40722\
123456\\ncrm task done 1
X-CRM-RECORD:task-1@STAMP:1
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Sună la Moldo\\, azi
TRIGGER:-PT26H
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Sună la Moldo\\, azi
TRIGGER:PT0M
END:VALARM
END:VEVENT
"""


def test_write_a_task_with_all_it_has(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans SRL", "--phone", "0232 211 555",
           "--address", "Str. Lungă 5", "--city", "Iași")  # fmt: skip
    crm.id("contact", "add", "--account", 1, "--name", "Popescu Ion", "--phone", "0722 123 456")
    crm.id("employee", "add", "--name", "Jan Nowak", "--login", "jan", "--email", "jan@f.example",
           "--timezone", "Europe/Warsaw", "--language", "pl")  # fmt: skip
    crm.id("task", "add", "Sună la Moldo, azi", "--due", "2026-11-27T11:00", "--assignee", "jan",
           "--account", 1, "--contact", 1, "--note", "Despre ofertă\nși transport",
           "--duration", "1h30m", "--days-before", 0, "--days-before", 1,
           "--priority", "high")  # fmt: skip

    text = feed(crm, "jan")

    checked(text)
    stamp = re.findall("@([0-9a-f]{8})", text)[0]
    item = text.replace("\r\n ", "").replace("\r\n", "\n").partition("END:VTIMEZONE\n")[2]
    assert item == TASK.replace("@STAMP", f"@{stamp}") + "END:VCALENDAR\n"
    assert "X-WR-CALNAME:Zadania CRM: Jan Nowak\r\n" in text
    assert feed(crm, "jan") == text


def test_show_what_the_employee_has_to_do(crm: Crm) -> None:
    crm.id("team", "add", "--code", "service", "--name-en", "Service")
    crm.id("employee", "add", "--name", "Jan", "--login", "jan", "--team", "service")
    for subject, owner in (("mine", "me"), ("his", "jan"), ("ours", "@service"), ("late", "jan")):
        crm.id("task", "add", subject, "--due", "2026-11-24", "--assignee", owner)
    crm.id("task", "done", 4)
    crm.id("task", "add", "dropped", "--due", "2026-11-25", "--assignee", "jan")
    crm.id("task", "cancel", 5)

    assert _titles(crm, "jan") == ["his", "ours", "✓ late", "✗ dropped"]
    assert _titles(crm, "jan", "--as", "todo") == ["his", "ours", "late", "dropped"]
    crm.now = "2026-12-24T08:00:00+00:00"
    assert _titles(crm, "jan") == ["his", "ours"]
    assert _titles(crm, "jan", "--days", "40") == ["his", "ours", "✓ late", "✗ dropped"]
    assert _titles(crm) == ["mine"]


def test_show_the_deputy_what_waits_for_who_is_away(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("employee", "add", "--name", "Jan Nowak", "--login", "jan")
    crm.id("task", "add", "his", "--due", "2026-11-27", "--assignee", "jan")
    crm.id("leave", "add", "jan", "--from", "2026-11-23", "--to", "2026-11-27", "--deputy", "ana")

    (item,) = checked(feed(crm))

    assert str(item["DESCRIPTION"]).splitlines()[1:] == ["Executant: Jan Nowak", "crm task done 1"]
    assert _titles(crm, "jan") == ["his"]
    crm.now = "2026-11-28T08:00:00+00:00"
    assert _titles(crm) == []


def test_ring_as_the_task_reminds(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.ok("setting", "set", "task.remind.hour", "9")
    crm.id("task", "add", "day", "--due", "2026-11-27", "--days-before", 2)
    crm.id("task", "add", "silent", "--due", "2026-11-27", "--remind", "none")
    crm.id("task", "add", "once", "--due", "2026-11-28", "--memento", "2026-11-26@18:30")
    crm.id("task", "add", "changing", "--due", "2027-03-28")

    found = checked(feed(crm))

    rings = {
        str(one["SUMMARY"]): [ring["TRIGGER"].dt / HOUR for ring in one.walk("VALARM")]
        for one in found
    }
    assert rings == {
        "day": [-39],
        "silent": [],
        "once": [-29.5, 9],
        "changing": [8],  # at nine, in the night that is an hour shorter
    }


def test_grow_with_every_change(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.id("task", "add", "Raport", "--due", "2026-11-27")
    crm.now = "2026-11-23T09:00:00+00:00"
    crm.ok("task", "edit", 1, "--subject", "Alt raport")

    (item,) = checked(feed(crm))

    assert (item["SEQUENCE"], item["DTSTAMP"].to_ical()) == (1, b"20261123T090000Z")


def test_write_a_file_for_each_employee(sqlite_crm: Crm, tmp_path: Path) -> None:
    crm = sqlite_crm
    crm.id("employee", "add", "--name", "Jan", "--login", "jan")
    crm.id("employee", "add", "--name", "Delegat")
    folder = tmp_path / "feeds"
    folder.mkdir()

    result = crm("task", "ics", "--all", folder)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert sorted(path.name for path in folder.iterdir()) == [
        *("ana.ics", "employee-3.ics", "jan.ics")
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    (folder / "ana.ics").chmod(0o640)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    crm.id("task", "add", "Raport", "--due", "2026-11-27")
    crm("task", "ics", "--all", folder, "--shared")
    changed = [
        path.name for path in folder.iterdir() if path.stat().st_mtime_ns != before[path.name]
    ]
    assert changed == ["ana.ics"]
    assert stat.S_IMODE((folder / "ana.ics").stat().st_mode) == 0o640
    crm("task", "ics", "--output", folder / "shared.ics", "--shared")
    assert stat.S_IMODE((folder / "shared.ics").stat().st_mode) == 0o644


def test_write_to_the_standard_output(sqlite_crm: Crm) -> None:
    sqlite_crm.id("task", "add", "Raport", "--due", "2026-11-27")
    expected = feed(sqlite_crm).replace("\r\n", "\n")

    assert sqlite_crm("task", "ics").stdout == expected
    assert sqlite_crm("task", "ics", "--output", "-").stdout == expected


def test_refuse_what_cannot_be_written(sqlite_crm: Crm, tmp_path: Path) -> None:
    both = sqlite_crm("task", "ics", "ana", "--all", tmp_path)
    nowhere = sqlite_crm("task", "ics", "--output", tmp_path / "no" / "x.ics")

    assert (both.exit_code, both.stderr) == (
        2,
        "crm: --all writes a file for each employee.\nhint: Name none, nor --output.\n",
    )
    assert sqlite_crm("task", "ics", "--all", "").stderr == (
        "crm: A file or folder needs a name.\nhint: crm task ics --output ana.ics\n"
    )
    stranger = sqlite_crm("--user", "nobody", "task", "ics")
    assert (stranger.exit_code, stranger.stderr.splitlines()[0]) == (
        7,
        "crm: No employee has the login 'nobody'.",
    )
    batch = sqlite_crm("batch", input="task ics\n")
    assert "A calendar is no answer in JSON." in batch.stdout
    assert (nowhere.exit_code, nowhere.stderr) == (
        3,
        f"crm: There is no folder {tmp_path}/no.\n",
    )


def _titles(crm: Crm, *words: object) -> list[str]:
    return [str(one["SUMMARY"]) for one in checked(feed(crm, *words))]
