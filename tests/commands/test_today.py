"""`crm today`: what waits for me."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from crm_cli.database import Database
from crm_cli.reader import Reader
from crm_cli.services import presence
from crm_cli.views.place import Place
from crm_cli.views.today import table

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
        "ID  SECTION  DUE         DUE_AT            SUBJECT     ACCOUNT          SENDER   FOR\n"
        " 2  overdue  2026-11-01                    Restantă    Moldo Trans SRL  Ana Pop\n"
        " 8  overdue  2026-11-23  2026-11-23 09:00  Pierdută                     Ana Pop\n"
        " 3  today    2026-11-23                    Azi                          Ana Pop\n"
        " 1  today    2026-11-23  2026-11-23 16:00  Mai târziu                   Ana Pop\n"
        " 4  next     2026-11-25                    A echipei                    Ana Pop  @sales\n"
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
        "for": None,
    }


def test_today_of_a_deputy(busy: Crm) -> None:
    busy("employee", "add", "--name", "Maria", "--login", "maria")
    away = ("--from", "2026-11-20", "--to", "2026-11-23")
    busy.ok("leave", "add", "jan", *away, "--deputy", "maria")
    busy.ok("leave", "add", "maria", *away, "--deputy", "ana")
    busy("employee", "edit", "me", "--team", "")

    result = busy("today", "--days", "0")

    assert result.stdout == (
        "ID  SECTION  DUE         DUE_AT            SUBJECT     ACCOUNT          SENDER   FOR\n"
        " 2  overdue  2026-11-01                    Restantă    Moldo Trans SRL  Ana Pop\n"
        " 8  overdue  2026-11-23  2026-11-23 09:00  Pierdută                     Ana Pop\n"
        " 3  today    2026-11-23                    Azi                          Ana Pop\n"
        " 5  today    2026-11-23                    Altcuiva                     Ana Pop  Jan\n"
        " 1  today    2026-11-23  2026-11-23 16:00  Mai târziu                   Ana Pop\n"
        " 1  unread                                 Ședință                      Ana Pop\n"
    )
    mine = ("task", "list", "--for-me", "--where", "due = today", "--where", "status = open")
    assert [(row["id"], row["assignee"]) for row in busy.ok(*mine)] == [
        (1, "Ana Pop"),
        (3, "Ana Pop"),
        (5, "Jan"),
        (8, "Ana Pop"),
    ]
    busy.now = "2026-11-24T08:00:00+00:00"
    assert 5 not in [one["id"] for one in busy.ok("today")]


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
def test_watch_until_interrupted(sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_crm("task", "add", "Azi", "--due", "today")
    refreshes: list[float] = []

    def sleep(seconds: float) -> None:
        refreshes.append(seconds)
        if len(refreshes) == 3:
            raise KeyboardInterrupt
        if len(refreshes) == 1:
            sqlite_crm("task", "add", "Sună", "--due", "today")
            sqlite_crm("inbox", "send", "Ședință", "--to", "me")

    monkeypatch.setattr("time.sleep", sleep)
    result = sqlite_crm("today", "--watch", "-q")

    assert (result.exit_code, refreshes) == (130, [300, 300, 300])
    assert result.stdout.split() == ["1", *("1", "2", "1"), *("1", "2", "1")]
    assert result.stderr == "2 new: Sună; Ședință\n"


def test_watch_interrupted_while_it_waits(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Azi", "--due", "today")
    watching = subprocess.Popen(
        [sys.executable, "-m", "crm_cli", "today", "--watch", "-q"],
        env={**os.environ, **sqlite_crm.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    first = watching.stdout.readline()

    watching.send_signal(signal.SIGINT)
    rest = watching.communicate()

    assert (first, rest, watching.returncode) == ("1\n", ("", ""), 130)


@pytest.mark.proves("R129", "R240")
def test_watch_switched_off(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "task.refresh_minutes", "0")
    sqlite_crm("task", "add", "Azi", "--due", "today")

    result = sqlite_crm("today", "--watch", "-q")

    assert (result.exit_code, result.stdout) == (0, "1\n")
    assert result.stderr == "task.refresh_minutes is 0, so this is not shown again.\n"


def test_watch_in_a_batch(sqlite_crm: Crm) -> None:
    result = sqlite_crm("batch", input="today --watch\n")

    assert '"error": "--watch has no end, so it cannot stand in a batch."' in result.stdout


PLACE = Place(datetime(2026, 11, 23, 8, tzinfo=UTC), ZoneInfo("UTC"), "RO", 1)
INDEXED = {
    "sqlite": {"EXPLAIN QUERY PLAN": "SCAN (t|l)( |$)"},
    "postgresql": {"EXPLAIN": "Seq Scan on (task|leave)"},
}


class Noting(Reader):
    """A reader that notes what it is asked."""

    asked: dict[str, Any]

    def rows(self, sql: str, parameters: Any = ()) -> Any:
        self.asked[sql] = parameters
        return super().rows(sql, parameters)

    def _execute(self, sql: str, parameters: Any) -> Any:
        self.asked[sql] = parameters
        return super()._execute(sql, parameters)


def test_today_reads_by_indexes(url: str) -> None:
    database = Database(url)
    reader = Noting(database.reader.connection, database.reader.dialect.name)
    reader.asked = {}
    if reader.dialect.name == "postgresql":
        reader.connection.cursor().execute("SET enable_seqscan = off")
    ((explain, scanned),) = INDEXED[reader.dialect.name].items()

    table(reader, PLACE, me=1, days=7)
    presence.read(reader, PLACE.today, PLACE.today)  # what a deputy is shown

    asked = list(reader.asked.items())
    plans = [row[-1] for sql, values in asked for row in reader.all(f"{explain} {sql}", values)]
    assert (len(asked), [step for step in plans if re.search(scanned, step)]) == (8, [])
    database.close()
