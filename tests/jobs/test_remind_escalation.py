"""Open tasks that are long overdue are told to the manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.reminders import employee, ledger, mails, remind, summary

if TYPE_CHECKING:
    from tests.conftest import Crm


def _company(crm: Crm) -> tuple[int, int]:
    """Maria, in Warsaw, is the manager of Jan; tasks are told to her after two days."""
    maria = employee(crm, "Maria", "--timezone", "Europe/Warsaw")
    jan = employee(crm, "Jan", "--manager", "maria")
    crm("setting", "set", "task.escalate_after", "2")
    return maria, jan


def test_manager_is_told_once_at_his_hour(crm: Crm) -> None:
    maria, jan = _company(crm)
    crm("task", "add", "Oferta", "--due", "2026-11-24", "--assignee", "jan")

    remind(crm, "2026-11-24T06:00")
    remind(crm, "2026-11-26T06:59")
    assert len(ledger(crm)) == 1
    remind(crm, "2026-11-26T07:00")
    remind(crm, "2026-11-27T07:00")

    assert ledger(crm) == [
        (f"task:1:1:{jan}:email:0", "sent", False, None),
        (f"escalation:1:1:{maria}:email:0", "sent", False, None),
    ]
    mail = crm.ok("outbox", "show", "2")
    assert (mail["recipients"], mail["reply_to"], mail["subject"]) == (
        ["Maria <maria@firma.example>"],
        "Jan <jan@firma.example>",
        "Overdue task 1 of Jan: Oferta, due 24 Nov 2026",
    )
    assert mail["text"] == (
        "Hello Maria,\n\n"
        'Jan has a task that is 2 days overdue: "Oferta".\n\n'
        "Due: Tuesday, 24 November 2026\n\n"
        "To give it to somebody else, or once it is done:\n"
        "crm task edit 1 --assignee LOGIN\n"
        "crm task done 1\n"
    )


def test_manager_is_told_again_of_another_term_only(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    maria, _ = _company(crm)
    crm("task", "add", "Oferta", "--due", "2026-11-24", "--assignee", "jan")
    crm("task", "add", "Gata", "--due", "2026-11-24", "--assignee", "jan")
    remind(crm, "2026-11-25T07:00")

    crm("task", "edit", "1", "--due", "2026-11-25")
    crm("task", "done", "2")
    remind(crm, "2026-11-27T06:00")
    assert not [key for key, *_ in ledger(crm) if key.startswith("escalation")]
    remind(crm, "2026-11-27T07:00")

    told = [key for key, *_ in ledger(crm) if key.startswith("escalation")]
    assert told == [f"escalation:1:2:{maria}:email:0"]


def test_manager_is_not_told_again_of_a_term_moved_there_and_back(crm: Crm) -> None:
    maria, jan = _company(crm)
    crm("task", "add", "Oferta", "--due", "2026-11-24", "--assignee", "jan")
    remind(crm, "2026-11-24T06:00")
    remind(crm, "2026-11-26T07:00")

    crm("task", "edit", "1", "--due", "2026-12-24")
    crm("task", "edit", "1", "--due", "2026-11-24")
    remind(crm, "2026-11-26T08:00")

    assert [(key, state) for key, state, *_ in ledger(crm)][2:] == [
        (f"task:1:3:{jan}:email:0", "covered"),
        (f"escalation:1:3:{maria}:email:0", "covered"),
    ]
    assert len(mails(crm)) == 2


def test_another_manager_or_another_number_of_days_counts_for_what_is_to_come(
    sqlite_crm: Crm,
) -> None:
    crm = sqlite_crm
    _company(crm)
    crm("task", "add", "Oferta", "--due", "2026-11-24", "--assignee", "jan")
    remind(crm, "2026-11-24T06:00")

    crm("employee", "edit", "jan", "--manager", "1")
    crm("setting", "set", "task.escalate_after", "3")
    remind(crm, "2026-11-27T05:59")
    assert len(ledger(crm)) == 1
    remind(crm, "2026-11-27T06:00")

    assert ledger(crm)[1:] == [("escalation:1:1:1:email:0", "sent", False, None)]


@pytest.mark.parametrize("policy", ["send", "digest"])
def test_what_is_late_and_what_is_in_time_are_letters_of_their_own(
    sqlite_crm: Crm, policy: str
) -> None:
    """Two of each; by one policy those that are late share theirs, never the others."""
    crm = sqlite_crm
    _company(crm)
    crm("setting", "set", "task.remind.late", policy)
    for who, due in (("maria", "2026-11-25"), ("jan", "2026-11-24")):
        for number in range(2):
            crm("task", "add", f"{who}{number}", "--due", due, "--assignee", who)
    crm("task", "edit", "3", "4", "--remind", "none")

    remind(crm, "2026-11-26T08:00")

    together = ["2 reminders of tasks"]
    alone = [f"[late] Task {n + 1}: maria{n}, due 25 Nov 2026" for n in range(2)]
    assert sorted(subject for _, subject in mails(crm)) == sorted(
        [
            *(together if policy == "digest" else alone),
            *(f"Overdue task {n + 3} of Jan: jan{n}, due 24 Nov 2026" for n in range(2)),
        ]
    )


def _team(crm: Crm) -> tuple[int, int]:
    """Jan and Kate of the team have Maria as manager, who is in it; above her is Vera."""
    crm("team", "add", "--code", "service", "--name-en", "Service", "--name-pl", "Serwis")
    vera = employee(crm, "Vera")
    maria = employee(crm, "Maria", "--team", "service", "--manager", "vera", "--language", "pl")
    for name in ("Jan", "Kate"):
        employee(crm, name, "--team", "service", "--manager", "maria")
    crm("setting", "set", "task.escalate_after", "2")
    crm("task", "add", "Install", "--due", "2026-11-24", "--assignee", "@service")
    return maria, vera


@pytest.mark.proves("R134")
def test_manager_is_told_of_a_task_that_nobody_of_the_team_took(crm: Crm) -> None:
    maria, _ = _team(crm)
    remind(crm, "2026-11-24T06:00")

    remind(crm, "2026-11-26T05:59")
    assert len(ledger(crm)) == 3
    remind(crm, "2026-11-26T06:00")
    remind(crm, "2026-11-26T06:01")

    assert ledger(crm)[3:] == [(f"escalation:1:1:{maria}:email:0", "sent", False, None)]
    mail = crm.ok("outbox", "show", "4")
    assert (mail["recipients"], mail["reply_to"], mail["subject"]) == (
        ["Maria <maria@firma.example>"],
        "Ana Pop <ana@firma.example>",
        "Zadanie po terminie 1 (Serwis): Install, termin 24 lis 2026",
    )
    assert mail["text"].splitlines()[2] == (
        "Nikt nie przejął zadania zespołu Serwis, którego termin minął 2 dni temu: „Install”."
    )


def test_managers_of_a_team_are_each_told_once(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    maria, vera = _team(crm)
    employee(crm, "Ion", "--team", "service", "--manager", "vera")
    remind(crm, "2026-11-24T06:00")

    remind(crm, "2026-11-26T06:00")

    assert [key for key, *_ in ledger(crm)][4:] == [
        f"escalation:1:1:{vera}:email:0",
        f"escalation:1:1:{maria}:email:0",
    ]


def test_task_that_somebody_took_is_told_to_his_manager(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _, vera = _team(crm)
    remind(crm, "2026-11-24T06:00")

    crm("task", "edit", "1", "--assignee", "maria")
    remind(crm, "2026-11-26T06:00")

    assert [key for key, *_ in ledger(crm)][3:] == [f"escalation:1:1:{vera}:email:0"]


def test_overdue_tasks_of_a_team_are_one_letter_too(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _team(crm)
    for name in ("B", "C", "D"):
        crm("task", "add", name, "--due", "2026-11-24", "--assignee", "@service")
    remind(crm, "2026-11-24T06:00")

    remind(crm, "2026-11-26T06:00")

    to, subject = mails(crm)[-1]
    assert (to, subject) == (
        "Maria <maria@firma.example>",
        "Zadania współpracowników po terminie: 4",
    )
    lines = crm.ok("outbox", "show", len(mails(crm)))["text"].splitlines()
    assert lines[4] == "- 24 lis 2026, Serwis: Install (crm task done 1)"


def test_managers_zone_moves_the_hour(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _company(crm)
    crm("task", "add", "Oferta", "--due", "2026-11-24", "--assignee", "jan")
    remind(crm, "2026-11-24T06:00")

    crm("employee", "edit", "maria", "--timezone", "Europe/London")
    remind(crm, "2026-11-26T07:59")
    assert len(ledger(crm)) == 1
    remind(crm, "2026-11-26T08:00")

    assert len(ledger(crm)) == 2


def test_nobody_is_told_where_it_is_switched_off(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _company(crm)
    crm("setting", "set", "task.escalate_after", "0")
    crm("task", "add", "Oferta", "--due", "2026-11-24", "--assignee", "jan")

    remind(crm, "2026-11-24T06:00")

    remaining = "SELECT next_reminder_at FROM task"
    assert (len(ledger(crm)), execute(crm.url, remaining)) == (1, [(None,)])


def test_late_ones_of_a_manager_go_together_whoever_has_the_tasks(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    _company(crm)
    employee(crm, "Kate", "--manager", "maria")
    for login in ("jan", "kate", "maria", "maria"):
        crm("task", "add", f"Oferta {login}", "--due", "2026-11-24", "--assignee", login)

    remind(crm, "2026-11-27T09:00")

    together = ("Maria <maria@firma.example>", "4 reminders of tasks")
    mail = crm.ok("outbox", "show", mails(crm).index(together) + 1)
    assert mail["reply_to"] is None
    assert mail["text"].splitlines()[4:8] == [
        "- 24 Nov 2026, Jan: Oferta jan (crm task done 1)",
        "- 24 Nov 2026, Kate: Oferta kate (crm task done 2)",
        "- 24 Nov 2026: Oferta maria (crm task done 3)",
        "- 24 Nov 2026: Oferta maria (crm task done 4)",
    ]
    assert summary(crm) == "6 sent, 6 of them late"


def test_more_than_three_of_a_morning_are_one_letter(crm: Crm) -> None:
    _company(crm)
    for number in range(3):
        crm("task", "add", f"A{number}", "--due", "2026-11-24", "--assignee", "jan")
    for number in range(4):
        crm("task", "add", f"B{number}", "--due", "2026-11-25", "--assignee", "jan")

    remind(crm, "2026-11-25T07:00")
    remind(crm, "2026-11-26T07:00")
    remind(crm, "2026-11-27T07:00")

    sent = [subject for to, subject in mails(crm) if to.startswith("Maria")]
    assert sent == [
        *(f"Overdue task {n + 1} of Jan: A{n}, due 24 Nov 2026" for n in range(3)),
        "4 overdue tasks of colleagues",
    ]
    assert crm.ok("outbox", "show", "11")["text"].splitlines()[2:5] == [
        "these tasks of your colleagues are overdue:",
        "",
        "- 25 Nov 2026, Jan: B0 (crm task done 4)",
    ]
