"""What tests of reminders share: people, runs of the job, what went and what the ledger says."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

DOUBLE_TASKS = """
INSERT INTO task (subject, subject_folded, kind, status, priority, author_id, assignee_id, owner_id,
  due_on, planned_at, next_reminder_at, term_number, memento_number, billable, duration, version,
  created_at, created_by, updated_at, updated_by)
SELECT subject, subject_folded, kind, status, priority, author_id, assignee_id, owner_id,
  due_on, planned_at, next_reminder_at, 1, 0, 0, 60, 1, created_at, 'ana', updated_at, 'ana'
FROM task"""
"""Each task there is once more."""
LEDGER = "SELECT ledger_key, state, is_late, deputy_id FROM reminder ORDER BY id"


def employee(crm: Crm, name: str, *more: object) -> int:
    """Somebody with login and address, who reads English in the company's zone."""
    login = name.lower()
    return crm.id(
        *("employee", "add", "--name", name, "--login", login, "--language", "en"),
        *("--email", f"{login}@firma.example", *more),
    )


def remind(crm: Crm, now: str) -> None:
    """A run of the job in silence, at a moment without its zone: UTC."""
    crm.now = f"{now}:00+00:00"
    result = crm("job", "run", "remind")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def mails(crm: Crm) -> list[tuple[str, str]]:
    """To whom mails went, and their subjects, in the order in which they were written."""
    found = sorted(crm.ok("outbox", "list"), key=itemgetter("id"))
    return [(mail["recipients"][0], mail["subject"]) for mail in found]


def ledger(crm: Crm) -> list[tuple[Any, ...]]:
    """Key, state and deputy of each row, and whether it was late."""
    return [(key, state, bool(late), who) for key, state, late, who in execute(crm.url, LEDGER)]


def summary(crm: Crm) -> Any:
    """What the last run said of itself."""
    return execute(crm.url, "SELECT summary FROM job_run ORDER BY id DESC LIMIT 1")[0][0]
