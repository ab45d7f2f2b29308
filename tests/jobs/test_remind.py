"""`crm job run remind`: each reminder once, at its hour, whatever cron does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.reminders import mails, summary

if TYPE_CHECKING:
    from tests.conftest import Crm

LEDGER = "SELECT subject_id, term_number, channel, days_before, state FROM reminder ORDER BY id"


def _remind(crm: Crm, now: str, *words: str) -> None:
    crm.now = now
    result = crm("job", "run", "remind", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def _employee(crm: Crm, name: str, zone: str, language: str = "en", *more: str) -> int:
    login = name.lower()
    return crm.id(
        *("employee", "add", "--name", name, "--login", login, "--timezone", zone),
        *("--email", f"{login}@firma.example", "--language", language, *more),
    )


@pytest.mark.proves("R126", "R127", "R128", "R238")
def test_run_every_minute(crm: Crm) -> None:
    crm("task", "add", "Sună la Moldo Trans", "--due", "tomorrow")

    for minute in range(57, 60):
        _remind(crm, f"2026-11-24T05:{minute}:00+00:00")
    assert mails(crm) == []
    for minute in range(10):
        _remind(crm, f"2026-11-24T06:0{minute}:00+00:00")

    assert mails(crm) == [
        (
            "Ana Pop <ana@firma.example>",
            "Sarcina 1: Sună la Moldo Trans, termen 24 nov. 2026",
        )
    ]
    assert execute(crm.url, LEDGER) == [(1, 1, "email", 0, "sent")]


@pytest.mark.proves("R128")
def test_mail(crm: Crm) -> None:
    jan = _employee(crm, "Jan", "Europe/Warsaw", "pl")
    account = crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm(
        *("task", "add", "Zadzwoń", "--due", "2026-11-24 10:00", "--assignee", jan),
        *("--account", account, "--note", "Oferta\nnr 7", "--days-before", "1"),
    )

    _remind(crm, "2026-11-23T09:00:00+00:00")

    mail = crm.ok("outbox", "show", "1")
    assert {name: mail[name] for name in ("recipients", "reply_to", "subject", "uncertain")} == {
        "recipients": ["Jan <jan@firma.example>"],
        "reply_to": "Ana Pop <ana@firma.example>",
        "subject": "Zadanie 1: Zadzwoń – Moldo Trans SRL, termin 24 lis 2026",
        "uncertain": "resend",
    }
    assert mail["text"].splitlines()[4:10] == [
        "Termin: wtorek, 24 listopada 2026, 09:00 (jutro)",
        "Od: Ana Pop",
        "",
        "Oferta",
        "nr 7",
        "",
    ]
    assert mail["text"].endswith("crm task done 1\n")
    headers = execute(crm.url, "SELECT headers FROM outbox")[0][0]
    assert json.loads(headers) == {"Auto-Submitted": "auto-generated"}


@pytest.mark.proves("R137", "R237")
def test_message(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today", "--remind", "message")

    _remind(crm, "2026-11-23T08:00:00+00:00")

    (message,) = crm.ok("inbox")
    assert (message["sender"], message["text"], message["task_id"]) == (
        "Ana Pop",
        "Sarcina 1: Sună, termen 23 nov. 2026",
        1,
    )
    assert mails(crm) == []


def test_run_after_three_dead_days(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "+2d", "--days-before", "0", "--days-before", "1")

    _remind(crm, "2026-11-28T09:00:00+00:00")

    assert [subject for _, subject in mails(crm)] == [
        "[întârziat] Sarcina 1: Sună, termen 25 nov. 2026"
    ]
    assert execute(crm.url, LEDGER) == [
        (1, 1, "email", 1, "covered"),
        (1, 1, "email", 0, "sent"),
    ]
    assert summary(crm) == "1 sent, 1 of them late, 1 covered"


@pytest.mark.parametrize(
    ("policy", "count", "letters", "state"),
    [
        ("send", 3, 3, "sent"),
        ("send", 4, 1, "sent"),
        ("digest", 2, 1, "sent"),
        ("skip", 4, 0, "skipped"),
    ],
)
def test_run_with_late_policy(
    sqlite_crm: Crm, policy: str, count: int, letters: int, state: str
) -> None:
    crm = sqlite_crm
    crm("setting", "set", "task.remind.late", policy)
    for number in range(count):
        crm("task", "add", f"Sună {number}", "--due", "+1d")

    _remind(crm, "2026-11-28T09:00:00+00:00")

    assert len(mails(crm)) == letters
    rows = execute(crm.url, "SELECT state, outbox_id FROM reminder")
    assert [row[0] for row in rows] == [state] * count
    assert len({row[1] for row in rows} - {None}) == letters


def test_policy_is_for_late_ones_alone(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("setting", "set", "task.remind.late", "skip")
    crm("task", "add", "Sună", "--due", "+1d")

    _remind(crm, "2026-11-24T06:30:00+00:00")

    assert len(mails(crm)) == 1


def test_late_ones_share_a_letter_by_one_channel_only(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    for number in range(2):
        crm("task", "add", f"Sună {number}", "--due", "+1d", "--remind", "email,message")

    _remind(crm, "2026-11-28T09:00:00+00:00")

    assert (len(mails(crm)), len(crm.ok("inbox"))) == (2, 2)


@pytest.mark.parametrize("now", ["2026-11-23T08:05:00+00:00", "2026-11-28T08:00:00+00:00"])
def test_run_after_task_added_past_its_moment(sqlite_crm: Crm, now: str) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "today", "--days-before", "3", "--days-before", "1")

    _remind(crm, now)

    assert [subject for _, subject in mails(crm)] == ["Sarcina 1: Sună, termen 23 nov. 2026"]


def test_run_after_term_moved(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today")
    _remind(crm, "2026-11-23T08:00:00+00:00")

    crm("task", "edit", "1", "--due", "2026-11-26")
    _remind(crm, "2026-11-25T08:00:00+00:00")
    assert len(mails(crm)) == 1
    _remind(crm, "2026-11-26T08:00:00+00:00")

    assert execute(crm.url, LEDGER) == [(1, 1, "email", 0, "sent"), (1, 2, "email", 0, "sent")]


def test_run_after_term_moved_and_back(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today")
    _remind(crm, "2026-11-23T08:00:00+00:00")

    crm("task", "edit", "1", "--due", "+3d")
    crm("task", "edit", "1", "--due", "today")
    _remind(crm, "2026-11-23T09:00:00+00:00")

    assert execute(crm.url, LEDGER) == [(1, 1, "email", 0, "sent"), (1, 3, "email", 0, "covered")]
    assert len(mails(crm)) == 1


def test_run_after_term_moved_told_and_moved_back(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "today")
    _remind(crm, "2026-11-23T08:00:00+00:00")

    for day in ("2026-11-22", "2026-11-23"):
        crm("task", "edit", "1", "--due", day)
        _remind(crm, "2026-11-23T09:00:00+00:00")

    assert [state for *_, state in execute(crm.url, LEDGER)] == ["sent"] * 3


@pytest.mark.parametrize("verb", ["done", "cancel", "remove"])
def test_run_after_task_closed(sqlite_crm: Crm, verb: str) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "tomorrow")
    crm("task", verb, "1")

    _remind(crm, "2026-11-24T08:00:00+00:00")

    assert mails(crm) == []


def test_run_after_task_reopened(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "tomorrow", "--days-before", "0", "--days-before", "1")
    _remind(crm, "2026-11-23T08:00:00+00:00")
    crm("task", "done", "1")
    _remind(crm, "2026-11-24T08:00:00+00:00")
    crm("task", "reopen", "1")

    _remind(crm, "2026-11-24T08:05:00+00:00")
    _remind(crm, "2026-11-24T08:10:00+00:00")

    assert execute(crm.url, LEDGER) == [(1, 1, "email", 1, "sent"), (1, 1, "email", 0, "sent")]


@pytest.mark.parametrize(
    ("zone", "before", "at"),
    [
        ("Europe/Bucharest", "05:59", "06:00"),
        ("Europe/Warsaw", "06:59", "07:00"),
        ("Europe/London", "07:59", "08:00"),
    ],
)
def test_run_in_zone(sqlite_crm: Crm, zone: str, before: str, at: str) -> None:
    crm = sqlite_crm
    crm("task", "add", "Call", "--due", "+2d", "--assignee", _employee(crm, "Kate", zone))

    _remind(crm, f"2026-11-25T{before}:00+00:00")
    assert mails(crm) == []
    _remind(crm, f"2026-11-25T{at}:00+00:00")

    assert len(mails(crm)) == 1


@pytest.mark.parametrize(
    ("due", "before", "at"),
    [
        ("2027-03-28", "2027-03-28T00:59:00+00:00", "2027-03-28T01:00:00+00:00"),
        ("2026-10-25", "2026-10-24T23:59:00+00:00", "2026-10-25T00:00:00+00:00"),
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_run_in_dst_night(sqlite_crm: Crm, due: str, before: str, at: str) -> None:
    crm = sqlite_crm
    crm("setting", "set", "task.remind.hour", "3")
    crm.now = "2026-10-01T08:00:00+00:00"
    crm("task", "add", "Sună", "--due", due)

    _remind(crm, before)
    assert mails(crm) == []
    _remind(crm, at)
    for hour in ("01", "02", "03"):
        _remind(crm, f"{due}T{hour}:30:00+00:00")

    assert len(mails(crm)) == 1


def test_run_after_employee_moved_to_another_zone(crm: Crm) -> None:
    kate = _employee(crm, "Kate", "Europe/Bucharest")
    crm("task", "add", "Call", "--due", "2026-11-25", "--assignee", kate)
    crm("employee", "edit", kate, "--timezone", "Europe/London")

    _remind(crm, "2026-11-25T07:59:00+00:00")
    assert mails(crm) == []
    _remind(crm, "2026-11-25T08:00:00+00:00")

    assert len(mails(crm)) == 1


@pytest.mark.proves("R134")
def test_run_for_team(crm: Crm) -> None:
    team = crm.id("team", "add", "--code", "service", "--name-en", "Service")
    _employee(crm, "Kate", "Europe/London", "en", "--team", "service")
    _employee(crm, "Jan", "Europe/Warsaw", "pl", "--team", str(team))
    crm("task", "add", "Install", "--due", "2026-11-25", "--assignee", "@service")

    _remind(crm, "2026-11-25T07:00:00+00:00")
    crm("task", "edit", "1", "--assignee", "kate")
    _remind(crm, "2026-11-25T09:00:00+00:00")

    assert mails(crm) == [
        ("Jan <jan@firma.example>", "Zadanie 1: Install, termin 25 lis 2026"),
        ("Kate <kate@firma.example>", "Task 1: Install, due 25 Nov 2026"),
    ]


@pytest.mark.proves("R239")
def test_run_after_constants_changed(crm: Crm) -> None:
    crm("task", "add", "Trecut", "--due", "today")
    crm("task", "add", "Viitor", "--due", "2026-11-27")
    _remind(crm, "2026-11-23T08:00:00+00:00")

    crm("setting", "set", "task.remind.message", "yes")
    crm("setting", "set", "task.remind.days_before", "1,2")
    crm("setting", "set", "task.remind.hour", "10")
    _remind(crm, "2026-11-25T07:59:00+00:00")
    _remind(crm, "2026-11-25T08:00:00+00:00")

    assert execute(crm.url, LEDGER) == [
        (1, 1, "email", 0, "sent"),
        (2, 1, "email", 2, "sent"),
        (2, 1, "message", 2, "sent"),
    ]


def test_run_keeps_what_was_missed_when_constants_change(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "tomorrow")
    crm.now = "2026-11-24T08:00:00+00:00"

    crm("setting", "set", "task.remind.hour", "7")
    _remind(crm, "2026-11-24T08:05:00+00:00")

    assert len(mails(crm)) == 1


def test_run_keeps_what_was_missed_when_an_employee_moves(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    kate = _employee(crm, "Kate", "Europe/London")
    crm("task", "add", "Call", "--due", "tomorrow", "--assignee", kate)
    crm("task", "add", "Late", "--due", "2026-11-24 23:30Z", "--assignee", kate)
    crm.now = "2026-11-25T08:30:00+00:00"

    crm("employee", "edit", kate, "--timezone", "Europe/Bucharest")
    _remind(crm, "2026-11-25T08:35:00+00:00")

    assert [subject for _, subject in mails(crm)] == [
        "[late] Task 1: Call, due 24 Nov 2026",
        "[late] Task 2: Late, due 25 Nov 2026",
    ]


@pytest.mark.proves("R128")
def test_run_for_employee_without_address(crm: Crm) -> None:
    crm("employee", "add", "--name", "Ion", "--login", "ion")
    added = crm("task", "add", "Sună", "--due", "today", "--assignee", "ion", "-q")

    _remind(crm, "2026-11-23T08:00:00+00:00")

    assert added.stderr == (
        "warning: Ion has no e-mail address, so no reminder can reach them:"
        " crm employee edit 2 --email ADDRESS\n"
    )
    assert execute(crm.url, LEDGER) == [(1, 1, "email", 0, "unreachable")]
    assert summary(crm) == "0 sent, 1 unreachable"


def test_run_dry(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "today")

    result = crm("job", "run", "remind", "--dry-run")

    assert result.stderr == "remind (dry run): 1 sent\n"
    assert (mails(crm), execute(crm.url, LEDGER)) == ([], [])


def test_run_with_limit(crm: Crm) -> None:
    for day in ("2026-11-22", "2026-11-20", "2026-11-21"):
        crm("task", "add", day, "--due", day)

    _remind(crm, crm.now, "--limit", "2")

    assert execute(crm.url, "SELECT subject_id FROM reminder ORDER BY subject_id") == [(2,), (3,)]


def test_run_as_of_a_later_day(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "tomorrow")

    _remind(crm, crm.now, "--as-of", "2026-11-24T08:00:00+00:00")
    _remind(crm, "2026-11-24T08:00:00+00:00")

    assert len(mails(crm)) == 1


def test_run_with_a_task_that_cannot_be_told(crm: Crm) -> None:
    crm("task", "add", "Prima", "--due", "today")
    crm("task", "add", "A doua", "--due", "today")
    execute(crm.url, "UPDATE task SET subject = ? WHERE id = 1", "a\x01b")

    result = crm("job", "run", "remind")

    assert result.exit_code == 6
    assert "task 1: " in result.stderr
    assert execute(crm.url, LEDGER) == [(2, 1, "email", 0, "sent")]
    execute(crm.url, "UPDATE task SET subject = 'Prima' WHERE id = 1")
    _remind(crm, "2026-11-23T08:05:00+00:00")
    assert execute(crm.url, LEDGER)[1:] == [(1, 1, "email", 0, "sent")]
