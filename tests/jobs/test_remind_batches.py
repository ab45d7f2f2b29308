"""Transactions of `remind`: never between the reminders that go as one letter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crm_cli.services.reminders import batches, run
from crm_cli.start import make_app
from tests.execute import execute
from tests.reminders import DOUBLE_TASKS, employee, ledger, mails, remind

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Crm

HIRE = """
INSERT INTO employee (name, name_folded, email, hours_per_day, team_id, version,
  created_at, created_by, updated_at, updated_by)
SELECT name, name_folded, email, hours_per_day, team_id, 1, created_at, 'ana', updated_at, 'ana'
FROM employee WHERE team_id IS NOT NULL"""


def test_late_letter_is_one_however_long(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("employee", "edit", "1", "--language", "en")
    crm("task", "add", "Sună", "--due", "2026-11-24")
    for _ in range(7):
        execute(crm.url, DOUBLE_TASKS)

    remind(crm, "2026-11-25T08:00")

    assert mails(crm) == [("Ana Pop <ana@firma.example>", "128 reminders of tasks")]
    assert "\n… and 78 more\n" in crm.ok("outbox", "show", "1")["text"]
    assert [(state, late) for _, state, late, _ in ledger(crm)] == [("sent", True)] * 128


def test_late_letter_in_the_inbox_is_whole_and_from_the_company(sqlite_crm: Crm) -> None:
    crm = sqlite_crm
    crm("employee", "edit", "1", "--language", "en")
    crm("setting", "set", "company.name", "Firma SRL")
    for number in range(4):
        crm("task", "add", f"T{number}", "--due", "2026-11-24", "--remind", "message")

    remind(crm, "2026-11-25T08:00")

    (message,) = crm.ok("inbox")
    assert (message["sender"], message["task_id"]) == ("Firma SRL", None)
    assert "- 24 Nov 2026: T3 (crm task done 4)" in message["text"].splitlines()


def test_late_letter_holds_own_tasks_and_those_of_the_team(crm: Crm) -> None:
    crm("team", "add", "--code", "service", "--name-en", "Service")
    for name in ("Kate", "Jan"):
        employee(crm, name, "--team", "service")
    for who in ("@service", "@service", "kate", "kate", "jan"):
        crm("task", "add", "Install", "--due", "2026-11-24", "--assignee", who)

    remind(crm, "2026-11-25T08:00")

    assert sorted(mails(crm)) == [
        *[("Jan <jan@firma.example>", f"[late] Task {n}: Install, due 24 Nov 2026") for n in "125"],
        ("Kate <kate@firma.example>", "4 reminders of tasks"),
    ]


def test_task_that_is_edited_meanwhile_waits_for_the_next_run(
    sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = sqlite_crm
    crm("task", "add", "Sună", "--due", "2026-11-24")
    monkeypatch.setenv("CRM_NOW", "2026-11-24T08:00:00+00:00")
    app = make_app(color=False, config=None, database=crm.url, user=crm.user)
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    (batch,) = batches.plan(app.reader, app.place, now, None)
    crm("task", "edit", "1", "--priority", "high")

    with app.transaction() as tx:
        outcome = run.remind(tx.session, batch, now, ())
    app.database.close()

    assert (outcome.counts.total(), ledger(crm)) == (0, [])
    remind(crm, "2026-11-24T08:05")
    assert [key for key, *_ in ledger(crm)] == ["task:1:1:1:email:0"]


def test_manager_whose_day_has_begun_is_told_in_the_batch_of_his_own_tasks(sqlite_crm: Crm) -> None:
    """Eight in the morning in Auckland is the evening before in London."""
    crm = sqlite_crm
    mia = employee(crm, "Mia", "--timezone", "Pacific/Auckland")
    employee(crm, "Jan", "--manager", "mia")
    crm("setting", "set", "task.escalate_after", "1")
    crm("task", "add", "Own", "--due", "2026-11-24", "--assignee", "mia")
    for _ in range(7):
        execute(crm.url, DOUBLE_TASKS)
    number = crm.id("task", "add", "Call", "--due", "2026-11-24", "--assignee", "jan")
    for moment in ("2026-11-23T19:00", "2026-11-24T08:00"):
        remind(crm, moment)
    execute(crm.url, "UPDATE task SET next_reminder_at = ?", "2026-11-24T19:00:00Z")

    remind(crm, "2026-11-24T19:00")

    assert ledger(crm)[129:] == [(f"escalation:{number}:1:{mia}:email:0", "sent", False, None)]


def test_task_that_one_batch_could_not_tell_is_not_settled_by_another(sqlite_crm: Crm) -> None:
    """Ana has a batch of her own; in that of Kate, whose digest tells her, nothing fails."""
    crm = sqlite_crm
    crm("team", "add", "--code", "service", "--name-en", "Service")
    employee(crm, "Kate", "--team", "service", "--digest", "email")
    crm("employee", "edit", "1", "--team", "service")
    crm("task", "add", "Sună", "--due", "2026-11-24")
    for _ in range(7):
        execute(crm.url, DOUBLE_TASKS)
    number = crm.id("task", "add", "Install", "--due", "2026-11-24", "--assignee", "@service")
    rename = "UPDATE task SET subject = ? WHERE id = ?"
    execute(crm.url, rename, "a\x01b", number)
    crm.now = "2026-11-24T06:00:00+00:00"
    assert crm("job", "run", "remind").exit_code == 6

    execute(crm.url, rename, "Install", number)
    remind(crm, "2026-11-24T06:05")

    states = {key: state for key, state, *_ in ledger(crm)}
    assert states[f"task:{number}:1:1:email:0"] == "sent"


def test_memento_that_was_set_after_its_moment_reaches_a_team_of_many_batches(
    sqlite_crm: Crm,
) -> None:
    crm = sqlite_crm
    crm("team", "add", "--code", "service", "--name-en", "Service")
    employee(crm, "Kate", "--team", "service")
    for _ in range(7):
        execute(crm.url, HIRE)
    crm("task", "add", "Install", "--due", "2026-12-24", "--assignee", "@service")
    crm("task", "edit", "1", "--memento", "2026-11-23 06:00")

    remind(crm, "2026-11-23T08:00")
    crm("task", "edit", "1", "--assignee", "1")
    remind(crm, "2026-11-23T09:05")

    assert len({to for to, *_ in ledger(crm)}) == len(mails(crm)) == 128
