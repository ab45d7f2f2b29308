"""Calendars that mean harm, or are too much: one sentence, soon, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

pytestmark = pytest.mark.proves("R143")

ITEM = "BEGIN:VTODO\nUID:{0}\nSUMMARY:x\nDUE:20261130\nEND:VTODO\n"
WRAPPED = f"040000008200E00074C5B7101A82E008{'0' * 48}7643616C2D55696401000000"
"""What Outlook puts before the unique id of another program."""
NINE = "BYHOUR=9;BYMINUTE=0"
BOMB = """BEGIN:VTIMEZONE
TZID:Bomb
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=SECONDLY
END:STANDARD
END:VTIMEZONE
BEGIN:VTODO
UID:1
SUMMARY:zone
DUE;TZID=Bomb:20261130T100000
END:VTODO
"""


def _refusal(crm: Crm, path: Path, body: str) -> tuple[int, str]:
    path.write_text(f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n", encoding="utf-8")
    result = crm("task", "import", path)
    assert crm.ok("task", "list") == []
    return result.exit_code, result.stderr


def test_refuse_more_items_than_anybody_has_to_do(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "many.ics"

    exit_code, stderr = _refusal(sqlite_crm, path, "".join(map(ITEM.format, range(20_001))))
    assert exit_code == 5
    assert stderr == (
        f"crm: {path} has more than 20,000 items, too many for tasks.\n"
        "hint: Export fewer: the months to come, or one calendar at a time.\n"
    )
    repeated = ITEM.replace("DUE", "RRULE:FREQ=DAILY\nDUE")
    exit_code, stderr = _refusal(sqlite_crm, path, "".join(map(repeated.format, range(1_001))))
    assert exit_code == 5
    assert stderr == (
        f"crm: {path} has more than 1,000 repeated items, too many for tasks.\n"
        "hint: Export fewer: the months to come, or one calendar at a time.\n"
    )


def test_refuse_a_file_without_end(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("setting", "set", "import.memory", "100")
    path = tmp_path / "large.ics"

    exit_code, stderr = _refusal(sqlite_crm, path, f"X:{'a' * 13_000_000}\n")
    assert exit_code == 5
    assert stderr == (
        f"crm: {path} has 13 MB, too much for a calendar.\n"
        "hint: Export it without attachments, or some months at a time.\n"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (ITEM.format(1).replace("x\n", f"{'a' * 150_000}\n"), "longer than 100000 letters"),
        (ITEM.format(1).replace("x\n", "x\n" + " a\n" * 150_000), "longer than 100000 letters"),
        (ITEM.format(1).replace("SUMMARY", 'SUMMARY;a="' * 9_001), "of the task is missing"),
        (ITEM.format(1).replace("END", "BEGIN:VALARM\n" * 9 + "END"), "item is cut off"),
        ("BEGIN:VALARM\n" * 21, "is no calendar: it has parts within parts for ever."),
        (ITEM.format(1).replace("END", "BEGIN:VALARM\n" * 21 + "END"), "parts for ever"),
        ("\n" * 1_000_000, "has more than 1,000,000 lines, too many for tasks."),
        (BOMB, "'Bomb' is no time zone that is known."),
        (ITEM.format(1).replace("DUE", "RRULE:FREQ=SECONDLY\nDUE"), "is no rule by which a task"),
        (
            ITEM.format(1).replace("DUE:2026", "RRULE:FREQ=DAILY;BYMONTH=2\nDUE:2020"),
            "is no rule by which a task can repeat.",
        ),
        (ITEM.format(1).replace("2026", "1601"), "lies outside the years 1900 to 2199."),
        (ITEM.format(1).replace("DUE", "DUE;TZID=../../etc/passwd").replace("30", "30T10"), "date"),
    ],
)  # fmt: skip
def test_name_what_is_wrong(sqlite_crm: Crm, tmp_path: Path, body: str, said: str) -> None:
    exit_code, stderr = _refusal(sqlite_crm, tmp_path / "bad.ics", body)

    assert exit_code == 5
    assert said in stderr


def test_keep_ids_as_long_as_a_database_can(crm: Crm, tmp_path: Path) -> None:
    uid = "".join(chr(0x20000 + at * 7) for at in range(501))
    path = tmp_path / "long.ics"

    for given in (uid[1:], WRAPPED + uid[1:].encode().hex()):
        path.write_text(f"BEGIN:VCALENDAR\n{ITEM.format(given)}END:VCALENDAR\n", encoding="utf-8")
        assert crm("task", "import", path).exit_code == 0
    assert [one["external_id"] for one in crm.ok("task", "list", "--columns", "external_id")] == [
        f"ical:{uid[1:]}"
    ]
    path.write_text(f"BEGIN:VCALENDAR\n{ITEM.format(uid)}END:VCALENDAR\n", encoding="utf-8")
    result = crm("task", "import", path)
    assert result.exit_code == 5
    assert "item 1 'x': The external id is longer than 500 letters." in result.stderr


def test_follow_old_rules_to_the_days_to_come(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "old.ics"
    rules = {
        "FREQ=WEEKLY;INTERVAL=2": "19900101T090000",
        "FREQ=DAILY": "19900102T090000",
        "FREQ=YEARLY": "20000229",
        "FREQ=WEEKLY;UNTIL=20200101": "19900104",
    }
    items = (
        f"BEGIN:VEVENT\nUID:{at}\nSUMMARY:{at}\nDTSTART:{start}\nRRULE:{rule}\nEND:VEVENT\n"
        for at, (rule, start) in enumerate(rules.items())
    )
    path.write_text("BEGIN:VCALENDAR\n" + "".join(items) + "END:VCALENDAR\n", encoding="utf-8")

    assert sqlite_crm("task", "import", path).exit_code == 0
    found = sqlite_crm.ok("task", "list", "--sort", "id", "--columns", "due,due_at,repeat")
    assert [tuple(one.values()) for one in found] == [
        ("2026-11-30", "2026-11-30T07:00:00+00:00", f"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;{NINE}"),
        ("2026-11-23", "2026-11-23T07:00:00+00:00", f"FREQ=DAILY;{NINE}"),
        ("2027-02-28", None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
    ]
