"""A company of 100,000 accounts and 100,000 tasks, made by set-based SQL."""

from __future__ import annotations

import sqlite3
import subprocess
from typing import TYPE_CHECKING

from benchmarks.processes import crm

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 100_000
STAMPS = "version, created_at, created_by, updated_at, updated_by"
STAMPED = "1, '2026-01-01T00:00:00Z', 'x', '2026-01-01T00:00:00Z', 'x'"
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
ACCOUNTS = f"""{NUMBERS}
INSERT INTO account (name, name_folded, city, city_folded, county, country, tax_id_invalid,
  {STAMPS})
SELECT 'Firma ' || i || ' SRL', 'firma ' || i, 'Iași', 'iasi', 'IS', 'RO', false, {STAMPED}
  FROM n"""
TASKS = f"""{NUMBERS}
INSERT INTO task (subject, subject_folded, kind, status, priority, author_id, assignee_id,
  account_id, due_on, planned_at, term_number, memento_number, billable, duration, {STAMPS})
SELECT 'Sună ' || i, 'suna ' || i, 'task', CASE WHEN i % 3 THEN 'done' ELSE 'open' END, 'normal', 1,
  1 + i % 5, i, date('now', (i % 700 - 3) || ' days'), '2026-01-01T00:00:00Z', 1, 0,
  0, 60, {STAMPED} FROM n"""


def found(folder: Path) -> dict[str, str]:
    """Make the company; the environment of its commands."""
    path = folder / "crm.db"
    environment = {"CRM_DATABASE_URL": str(path), "CRM_USER": "ana", "XDG_CONFIG_HOME": str(folder)}
    subprocess.run(crm("init"), env=environment, check=True, capture_output=True)
    for number in range(2, 6):
        words = crm("employee", "add", "--name", f"Agent {number}", "--login", f"agent{number}")
        subprocess.run(words, env=environment, check=True, capture_output=True)
    connection = sqlite3.connect(path)
    for statement in (ACCOUNTS, TASKS):
        connection.execute(statement, (SIZE,))
    connection.execute("UPDATE task SET done_at = '2026-01-01T00:00:00Z' WHERE status = 'done'")
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    return environment
