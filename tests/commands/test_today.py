"""`crm today`: what waits for me."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm

MODULES = """
import sys
from crm_cli.main import cli
cli.main(["today"], standalone_mode=False)
print(sorted({"sqlalchemy", "sqlmodel", "pydantic", "jinja2", "babel"} & set(sys.modules)))
"""


@pytest.fixture
def busy(crm: Crm) -> Crm:
    """Tasks of mine and of others around today, and a message."""
    account = crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm("team", "add", "--code", "sales", "--name-en", "Sales")
    crm("employee", "add", "--name", "Jan", "--login", "jan")
    crm("employee", "edit", "1", "--team", "sales")
    crm("task", "add", "Mai târziu", "--due", "today@16:00")
    crm("task", "add", "Restantă", "--due", "2026-11-01", "--account", account)
    crm("task", "add", "Azi", "--due", "today", "--priority", "high")
    crm("task", "add", "A echipei", "--due", "+2d", "--assignee", "@sales")
    crm("task", "add", "Altcuiva", "--due", "today", "--assignee", "jan")
    crm("task", "add", "Departe", "--due", "+8d")
    crm("task", "add", "Gata", "--due", "today")
    crm("task", "done", "7")
    crm("task", "add", "Pierdută", "--due", "today@09:00")
    crm("inbox", "send", "Ședință", "--to", "me")
    return crm


@pytest.mark.proves("R136", "R137")
def test_today(busy: Crm) -> None:
    result = busy("today")

    assert result.stdout == (
        "ID  SECTION  DUE         DUE_AT            SUBJECT     ACCOUNT          SENDER\n"
        " 2  overdue  2026-11-01                    Restantă    Moldo Trans SRL  Ana Pop\n"
        " 8  overdue  2026-11-23  2026-11-23 09:00  Pierdută                     Ana Pop\n"
        " 3  today    2026-11-23                    Azi                          Ana Pop\n"
        " 1  today    2026-11-23  2026-11-23 16:00  Mai târziu                   Ana Pop\n"
        " 4  next     2026-11-25                    A echipei                    Ana Pop\n"
        " 1  unread                                 Ședință                      Ana Pop\n"
    )


def test_today_as_json(busy: Crm) -> None:
    found = busy.ok("today", "--days", "0")

    assert [(one["section"], one["noun"], one["id"]) for one in found] == [
        ("overdue", "task", 2),
        ("overdue", "task", 8),
        ("today", "task", 3),
        ("today", "task", 1),
        ("unread", "message", 1),
    ]
    assert found[2] == {
        "id": 3,
        "section": "today",
        "noun": "task",
        "due": "2026-11-23",
        "due_at": None,
        "priority": "high",
        "subject": "Azi",
        "account": None,
        "sender": "Ana Pop",
    }


def test_today_with_nothing(sqlite_crm: Crm) -> None:
    result = sqlite_crm("today")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Nothing waits for you.\n"


def test_today_loads_nothing_heavy(sqlite_crm: Crm) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MODULES],
        env={**os.environ, **sqlite_crm.environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


@pytest.mark.proves("R129", "R240")
def test_watch_until_interrupted(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Azi", "--due", "today")
    watching = subprocess.Popen(
        [sys.executable, "-m", "crm_cli", "today", "--watch", "-q"],
        env={**os.environ, **sqlite_crm.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    first = watching.stdout.readline()

    watching.send_signal(signal.SIGINT)

    assert (first, watching.wait(timeout=10)) == ("1\n", 130)
    watching.stdout.close()


@pytest.mark.proves("R129", "R240")
def test_watch_switched_off(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "task.refresh_minutes", "0")
    sqlite_crm("task", "add", "Azi", "--due", "today")

    assert sqlite_crm("today", "--watch", "-q").stdout == "1\n"
