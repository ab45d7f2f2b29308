"""The job `remind`, 10,000 tasks due of a million, against the same of 20,000."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

from benchmarks.company import NUMBERS, STAMPED, STAMPS
from benchmarks.processes import crm, once
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE, DUE, FEW, MANY, REMINDED, ROUNDS = 50, 10_000, 20_000, 1_000_000, 300_000, 3
LONG_AGO = "2026-01-01T00:00:00Z"
EMPLOYEES = f"""{NUMBERS}
INSERT INTO employee (name, name_folded, login, email, hours_per_day, {STAMPS})
SELECT 'Agent ' || i, 'agent ' || i, 'agent' || i, 'agent' || i || '@firma.example', 80000,
  {STAMPED} FROM n"""
TASKS = f"""{NUMBERS}
INSERT INTO task (subject, subject_folded, kind, status, priority, author_id, assignee_id, owner_id,
  due_on, planned_at, next_reminder_at, done_at, term_number, memento_number, billable, duration,
  {STAMPS})
SELECT 'Sună ' || i, 'suna ' || i, 'task', ?2, 'normal', 1, 2 + i % {PEOPLE}, 1,
  ?3, '{LONG_AGO}', ?4, CASE ?2 WHEN 'done' THEN '{LONG_AGO}' END, 1, 0, 0, 60,
  {STAMPED} FROM n"""
MAILS = f"""
INSERT INTO outbox (id, message_id, kind, status, uncertain, recipients, domain, subject, text,
  headers, task_id, employee_id, created_at, due_at, attempts, sent_at)
SELECT id, '<' || id || '@firma.example>', 'reminder', 'sent', 'resend', 'agent@firma.example',
  'firma.example', subject, subject, '{{}}', id, assignee_id, '{LONG_AGO}', '{LONG_AGO}', 1,
  '{LONG_AGO}' FROM task WHERE status = 'open' AND next_reminder_at IS NULL"""
LEDGER = f"""
INSERT INTO reminder (ledger_key, kind, subject_id, term_number, term, recipient_id, channel,
  days_before, state, is_late, due_at, decided_at, outbox_id)
SELECT 'task:' || id || ':1:' || assignee_id || ':email:0', 'task', id, 1, due_on, assignee_id,
  'email', 0, 'sent', 0, '{LONG_AGO}', '{LONG_AGO}', id
FROM task WHERE status = 'open' AND next_reminder_at IS NULL"""
SENT = "SELECT count(*) FROM reminder WHERE decided_at > ? AND state = 'sent'"


def reminders() -> Iterator[Row]:
    """What is due costs the same however many tasks there are."""
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as folder:
        few, many = (Path(folder, name) for name in ("few.db", "many.db"))
        _company(few, FEW, reminded=0)
        _company(many, MANY, reminded=REMINDED)
        rounds = [(_run(few), _run(many)) for _ in range(ROUNDS)]
        floor, cost = (min(some) for some in zip(*rounds, strict=True))
    yield Row(f"remind, {DUE:,} due of {MANY:,} tasks", cost / floor, 1.3)


def _company(path: Path, tasks: int, *, reminded: int) -> None:
    """Tasks of which some are due today, some were told of long ago, and the rest is done."""
    words = crm("--database", str(path), "--user", "ana", "init", "--country", "RO")
    subprocess.run(words, check=True, capture_output=True)
    today, due = f"{datetime.now(UTC):%Y-%m-%d}", f"{datetime.now(UTC):%Y-%m-%dT05:00:00Z}"
    database = sqlite3.connect(path)
    database.execute(EMPLOYEES, (PEOPLE,))
    database.execute(TASKS, (DUE, "open", today, due))
    if reminded:
        database.execute(TASKS, (reminded, "open", "2026-01-01", None))
    database.execute(TASKS, (tasks - DUE - reminded, "done", "2026-01-01", None))
    database.execute(MAILS)
    database.execute(LEDGER)
    database.commit()
    database.execute("ANALYZE")
    database.close()


def _run(company: Path) -> float:
    """CPU seconds of a run on a copy; all that is due must have gone."""
    used = company.with_name("used.db")
    copy(company, used)
    now = f"{datetime.now(UTC):%Y-%m-%dT12:00:00Z}"
    words = crm("--database", str(used), "--user", "ana", "job", "run", "remind", "--as-of", now)
    cost = once(words, {})
    ((sent,),) = sqlite3.connect(used).execute(SENT, (LONG_AGO,))
    if sent != DUE:
        raise SystemExit(f"{sent} reminders went, not {DUE}.")
    return cost.seconds
