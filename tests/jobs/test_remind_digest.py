"""The daily digest: one letter a working day, which covers the reminders of whole days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.reminders import DOUBLE_TASKS, employee, ledger, mails, remind, summary

if TYPE_CHECKING:
    from tests.conftest import Crm

SUNDAY = "2026-11-22T18:00:00+00:00"
MONDAY, TUESDAY, WEDNESDAY = 739943, 739944, 739945
"""The ordinals of 23, 24 and 25 November 2026."""
DAY = "digest:1:{0}:1:email:0"


@pytest.fixture
def kept(sqlite_crm: Crm) -> Crm:
    """Ana has chosen a digest by mail, on the Sunday before; she reads English."""
    sqlite_crm.now = SUNDAY
    sqlite_crm("employee", "edit", "1", "--digest", "email", "--language", "en")
    return sqlite_crm


@pytest.mark.proves("R126")
def test_digest_tells_what_waits(crm: Crm) -> None:
    crm.now = SUNDAY
    crm("employee", "edit", "1", "--digest", "email", "--language", "en")
    account = crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm("task", "add", "Old", "--due", "2026-11-20")
    crm("task", "add", "Call", "--due", "2026-11-23 10:00", "--account", account)
    crm("task", "add", "Soon", "--due", "2026-11-30")
    crm("task", "add", "Far", "--due", "2026-12-01")
    crm("inbox", "send", "Hello", "--to", "1")

    remind(crm, "2026-11-23T05:59")
    assert [key for key, *_ in ledger(crm)] == ["task:1:1:1:email:0"]
    remind(crm, "2026-11-23T06:00")
    remind(crm, "2026-11-23T06:05")

    mail = crm.ok("outbox", "show", "2")
    assert mail["subject"] == (
        "Your tasks, 23 Nov 2026 · overdue: 1 · today: 1 · next 7 days: 1 · unread messages: 1"
    )
    assert mail["text"] == (
        "Hello Ana Pop,\n\nthis is what waits for you.\n\n"
        "Overdue (1)\n- 20 Nov 2026: Old [1]\n\n"
        "Today (1)\n- 10:00: Call – Moldo Trans SRL [2]\n\n"
        "Next 7 days (1)\n- 30 Nov 2026: Soon [3]\n\n"
        "Unread messages: 1. To read them:\ncrm inbox\n\n"
        "When a task is done (its number is in brackets):\ncrm task done N\n"
    )
    assert ledger(crm)[1:] == [(DAY.format(MONDAY), "sent", False, None)]
    assert summary(crm) == "0 sent"


def test_whole_days_are_covered_times_and_mementos_are_not(kept: Crm) -> None:
    kept("task", "add", "Day", "--due", "2026-11-24", "--days-before", "1,0")
    kept("task", "add", "Time", "--due", "2026-11-23 10:00")
    kept("task", "add", "Memento", "--due", "2026-12-24", "--memento", "2026-11-23 10:00")
    kept("task", "add", "Message", "--due", "2026-11-23", "--remind", "message")

    remind(kept, "2026-11-23T08:00")

    assert sorted(ledger(kept)) == [
        (DAY.format(MONDAY), "sent", False, None),
        ("memento:3:1:1:email:0", "sent", False, None),
        ("task:1:1:1:email:1", "covered", False, None),
        ("task:2:1:1:email:0", "sent", False, None),
        ("task:4:1:1:message:0", "sent", False, None),
    ]
    assert summary(kept) == "3 sent, 1 covered, 1 digest"


def test_term_set_after_the_digest_is_told_by_itself(kept: Crm) -> None:
    kept("task", "add", "Old", "--due", "2026-11-23")
    remind(kept, "2026-11-23T06:00")
    kept("task", "add", "New", "--due", "2026-11-23")

    kept.now = "2026-11-23T08:00:00+00:00"
    kept("task", "add", "Newer", "--due", "2026-11-23")
    remind(kept, "2026-11-23T08:00")

    states = {key: state for key, state, *_ in ledger(kept)}
    assert (states["task:1:1:1:email:0"], states["task:3:1:1:email:0"]) == ("covered", "sent")


def test_nothing_goes_where_nothing_waits(kept: Crm) -> None:
    remind(kept, "2026-11-23T06:00")
    kept("task", "add", "New", "--due", "2026-11-23")
    remind(kept, "2026-11-23T08:00")

    assert ledger(kept)[0] == (DAY.format(MONDAY), "skipped", False, None)
    assert [subject for _, subject in mails(kept)] == ["Task 1: New, due 23 Nov 2026"]


@pytest.mark.parametrize(
    ("policy", "state", "subject"),
    [
        ("send", "sent", "[late] Your tasks, 25 Nov 2026 · overdue: 1"),
        ("skip", "skipped", None),
    ],
)
def test_after_an_outage_the_last_one_goes(
    kept: Crm, policy: str, state: str, subject: str | None
) -> None:
    kept("setting", "set", "task.remind.late", policy)
    kept("task", "add", "Old", "--due", "2026-11-24")

    remind(kept, "2026-11-26T05:00")

    assert ledger(kept) == [
        ("task:1:1:1:email:0", "covered", False, None),
        (DAY.format(MONDAY), "covered", False, None),
        (DAY.format(TUESDAY), "covered", False, None),
        (DAY.format(WEDNESDAY), state, True, None),
    ]
    assert [found for _, found in mails(kept)] == ([subject] if subject else [])


def test_digests_older_than_a_month_are_forgotten(kept: Crm) -> None:
    kept("inbox", "send", "Hello", "--to", "1")

    remind(kept, "2027-01-11T07:00")

    days = [date.fromordinal(int(key.split(":")[2])) for key, *_ in ledger(kept)]
    assert (days[0], days[-1]) == (date(2026, 12, 11), date(2027, 1, 11))


def test_digest_tells_of_the_team_in_the_order_of_terms(kept: Crm) -> None:
    kept("team", "add", "--code", "service", "--name-en", "Service")
    kept("employee", "edit", "1", "--team", "service")
    for subject, due, who in (
        ("Late", "2026-11-24 15:00", "1"),
        ("Early", "2026-11-24 09:00", "1"),
        ("Day", "2026-11-24", "@service"),
    ):
        kept("task", "add", subject, "--due", due, "--assignee", who)

    remind(kept, "2026-11-24T06:00")

    digest = [one for one in kept.ok("outbox", "list") if one["subject"].startswith("Your tasks")]
    assert kept.ok("outbox", "show", digest[0]["id"])["text"].splitlines()[4:8] == [
        "Today (3)",
        "- Day (team) [3]",
        "- 09:00: Early [2]",
        "- 15:00: Late [1]",
    ]


def test_no_digest_on_days_off(kept: Crm) -> None:
    """Sunday the 29th, St Andrew's, the national day, and leave on Wednesday."""
    kept("leave", "add", "1", "--from", "2026-12-02", "--to", "2026-12-02")
    kept("task", "add", "Old", "--due", "2026-11-27")
    remind(kept, "2026-11-27T07:00")
    for day in ("2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02"):
        kept("task", "add", day, "--due", day)
        remind(kept, f"{day}T07:00")

    remind(kept, "2026-12-03T06:00")

    sent = [key for key, state, *_ in ledger(kept) if state == "sent"]
    assert sent == [
        DAY.format(739947),
        *(f"task:{number}:1:1:email:0" for number in (2, 3, 4, 5)),
        DAY.format(739953),
    ]


def test_digest_chosen_at_noon_begins_the_next_day(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("task", "add", "Old", "--due", "2026-11-23")
    crm("employee", "edit", "1", "--digest", "email")

    remind(crm, "2026-11-23T10:00")
    remind(crm, "2026-11-24T06:00")

    assert [(key, state) for key, state, *_ in ledger(crm)] == [
        ("task:1:1:1:email:0", "sent"),
        (DAY.format(TUESDAY), "sent"),
    ]


@pytest.mark.parametrize("chosen", ["06:00", "09:00"])
def test_what_was_missed_before_a_digest_was_chosen_goes_by_itself(
    sqlite_crm: Crm, chosen: str
) -> None:
    crm = sqlite_crm
    crm.now = SUNDAY
    crm("task", "add", "Day", "--due", "2026-11-23")
    crm.now = f"2026-11-23T{chosen}:00+00:00"
    crm("employee", "edit", "1", "--digest", "email")

    remind(crm, "2026-11-23T10:00")

    assert ledger(crm) == [("task:1:1:1:email:0", "sent", False, None)]


def test_what_was_missed_before_the_company_chose_digests_goes_by_itself(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.now = SUNDAY
    kate = employee(crm, "Kate")
    crm("task", "add", "Day", "--due", "2026-11-23", "--assignee", "kate")
    crm.now = "2026-11-23T09:00:00+00:00"
    crm("setting", "set", "task.digest", "email")

    remind(crm, "2026-11-23T10:00")

    assert ledger(crm) == [(f"task:1:1:{kate}:email:0", "sent", False, None)]


def test_what_the_company_chooses_moves_no_digest_of_ones_own(kept: Crm) -> None:
    kept("task", "add", "Day", "--due", "2026-11-23")
    kept.now = "2026-11-23T09:00:00+00:00"
    kept("setting", "set", "task.digest", "message")

    remind(kept, "2026-11-23T10:00")

    assert ledger(kept) == [
        ("task:1:1:1:email:0", "covered", False, None),
        (DAY.format(MONDAY), "sent", False, None),
    ]


def test_digest_that_reaches_nobody_covers_nothing(kept: Crm) -> None:
    ion = kept.id("employee", "add", "--name", "Ion", "--login", "ion", "--digest", "email")
    kept("task", "add", "Day", "--due", "2026-11-23", "--assignee", "ion")

    remind(kept, "2026-11-23T06:00")

    unreachable = [key for key, state, *_ in ledger(kept) if state == "unreachable"]
    assert unreachable == [f"task:1:1:{ion}:email:0", f"digest:{ion}:{MONDAY}:{ion}:email:0"]


def test_digest_stays_though_its_reader_is_edited_before_it_goes(kept: Crm) -> None:
    kept("task", "add", "Day", "--due", "2026-11-23")
    kept.now = "2026-11-23T06:00:30+00:00"
    kept("employee", "edit", "1", "--phone", "0722 123 456", "--timezone", "Europe/Athens")

    remind(kept, "2026-11-23T06:01")

    assert ledger(kept) == [
        ("task:1:1:1:email:0", "covered", False, None),
        (DAY.format(MONDAY), "sent", False, None),
    ]


def test_digest_that_a_file_chooses_begins_the_next_day(kept: Crm) -> None:
    file = kept.home / "people.csv"
    file.write_text("name,email,digest\nAna Pop,ana@firma.example,message\n", "utf-8")
    kept("task", "add", "Old", "--due", "2026-11-20", "--remind", "none")
    kept.now = "2026-11-23T09:00:00+00:00"
    assert kept("employee", "import", file, "--on-match", "update").exit_code == 0

    remind(kept, "2026-11-23T10:00")
    assert ledger(kept) == []
    remind(kept, "2026-11-24T06:00")

    assert ledger(kept) == [(f"digest:1:{TUESDAY}:1:message:0", "sent", False, None)]


def test_own_choice_goes_before_the_companys(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm.now = SUNDAY
    crm("setting", "set", "task.digest", "message")
    dan = employee(crm, "Dan")
    kate = employee(crm, "Kate", "--digest", "none")
    crm("employee", "add", "--name", "Ion")
    for who in ("dan", "kate", "Ion"):
        crm("task", "add", "Sună", "--due", "2026-11-23", "--assignee", who)

    remind(crm, "2026-11-23T06:00")

    assert sorted(ledger(crm)) == [
        (f"digest:{dan}:{MONDAY}:{dan}:message:0", "sent", False, None),
        (f"digest:4:{MONDAY}:4:message:0", "unreachable", False, None),
        (f"task:1:1:{dan}:email:0", "sent", False, None),
        (f"task:2:1:{kate}:email:0", "sent", False, None),
        ("task:3:1:4:email:0", "unreachable", False, None),
    ]
    crm.user = "dan"
    assert [message["text"].splitlines()[0] for message in crm.ok("inbox")] == [
        "Your tasks, 23 Nov 2026 · today: 1"
    ]


def test_deputy_reads_what_waits_for_who_is_away(kept: Crm) -> None:
    employee(kept, "Kate")
    kept("leave", "add", "kate", "--from", "2026-11-23", "--to", "2026-11-23", "--deputy", "1")
    kept("task", "add", "Call", "--due", "2026-11-23", "--assignee", "kate", "--days-before", "3")

    remind(kept, "2026-11-23T06:00")

    digest = [one for one in kept.ok("outbox", "list") if one["subject"].startswith("Your tasks")]
    text = kept.ok("outbox", "show", digest[0]["id"])["text"]
    assert "- Call (for: Kate) [1]\n" in text


def test_long_sections_are_cut(kept: Crm) -> None:
    kept("task", "add", "T", "--due", "2026-11-25")
    for _ in range(6):
        execute(kept.url, DOUBLE_TASKS)

    remind(kept, "2026-11-23T06:00")

    lines = kept.ok("outbox", "show", "1")["text"].splitlines()
    assert lines[4] == "Next 7 days (64)"
    assert lines[54:56] == ["- 25 Nov 2026: T [50]", "… and 14 more: crm today"]


def test_new_digest_in_the_inbox_takes_the_place_of_the_old_one(crm: Crm) -> None:
    crm.now = SUNDAY
    crm("employee", "edit", "1", "--digest", "message", "--language", "en")
    crm("task", "add", "Old", "--due", "2026-11-20", "--remind", "none")
    crm("inbox", "send", "Hello", "--to", "1")

    remind(crm, "2026-11-23T06:00")
    remind(crm, "2026-11-24T06:00")
    crm("task", "done", "1")
    crm("inbox", "read", "1")
    remind(crm, "2026-11-25T06:00")

    assert [state for _, state, *_ in ledger(crm)] == ["sent", "sent", "skipped"]
    (digest,) = crm.ok("inbox")
    assert digest["id"] == 3
    assert "Unread messages: 1. To read them:" in digest["text"]


def test_account_that_the_subject_names_is_not_named_again(kept: Crm) -> None:
    account = kept.id("account", "add", "--name", "Moldo Trans SRL")
    task = ("task", "add", "Call Moldo Trans SRL", "--account", account)
    kept(*task, "--due", "2026-11-23 10:00")

    remind(kept, "2026-11-23T08:00")

    assert mails(kept)[0][1] == "Task 1: Call Moldo Trans SRL, due 23 Nov 2026"
    digest = kept.ok("outbox", "show", "2")["text"]
    assert "- 10:00: Call Moldo Trans SRL [1]\n" in digest
