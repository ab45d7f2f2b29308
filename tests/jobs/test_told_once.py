"""Failures that repeat themselves: told after 1, 2, 4, 8 ... runs and once a day."""

from __future__ import annotations

import socket
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest

from crm_cli.running import job_modules, job_told
from crm_cli.running.job_lock import job_lock
from schema.connection import DatabaseUrl
from tests.jobs.runs import plant_run
from tests.outgoing import use_folder

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.app import App
    from crm_cli.running.job import JobContext
    from tests.conftest import Crm


@pytest.fixture(autouse=True)
def _surroundings_of_cron(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No journal, and what this process remembers is what commands of the test remember."""
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def ago(**span: int) -> str:
    """A moment on the clock on the wall, by which runs are recorded."""
    return f"{datetime.now(UTC) - timedelta(**span):%FT%TZ}"


def told(crm: Crm, runs: int, *words: object, **env: str) -> list[int]:
    """After which of so many runs something was said."""
    results = [crm(*words, **env) for _ in range(runs)]
    assert 0 not in {result.exit_code for result in results}
    return [number for number, result in enumerate(results, 1) if result.stdout + result.stderr]


def test_same_failure_is_told_after_more_and_more_runs(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "mail.import.enabled", "yes")

    first = told(sqlite_crm, 9, "job", "run", "import-mail")
    asked = sqlite_crm("job", "run", "import-mail", "-v")
    sqlite_crm("setting", "set", "mail.import.folder", "/nowhere/at/all")
    other = sqlite_crm("job", "run", "import-mail")

    assert first == [1, 2, 4, 8]
    assert asked.stderr.startswith("crm: No folder is set for mail to import.\n")
    assert other.stderr.startswith("crm: The folder /nowhere/at/all is not there")
    assert asked.exit_code == other.exit_code == 7
    assert [run["runs"] for run in sqlite_crm.ok("job", "log")] == [1, 10]


def test_database_that_is_gone(sqlite_crm: Crm, tmp_path: Path) -> None:
    database = tmp_path / "crm.db"
    run = ("job", "run", "send-outbox")
    use_folder(sqlite_crm)

    database.rename(tmp_path / "moved.db")
    gone = told(sqlite_crm, 9, *run)
    (tmp_path / "moved.db").rename(database)
    back = sqlite_crm(*run)
    database.unlink()
    again = told(sqlite_crm, 3, *run)

    assert (gone, back.exit_code, again) == ([1, 2, 4, 8], 0, [1, 2])


def test_server_that_is_gone(sqlite_crm: Crm) -> None:
    nobody = {"CRM_DATABASE_URL": "postgresql://crm@127.0.0.1:1/crm"}

    assert told(sqlite_crm, 5, "job", "run", "remind", **nobody) == [1, 2, 4]


def test_figures_that_cannot_be_read(sqlite_crm: Crm, tmp_path: Path) -> None:
    publish = ("job", "status", "--output", tmp_path / "crm.prom")

    gone = told(sqlite_crm, 3, "--database", tmp_path / "no.db", *publish)

    assert gone == [1, 2]
    assert told(sqlite_crm, 3, "job", "status", "--output", "/nowhere/crm.prom") == [1, 2]
    assert (tmp_path / "crm.prom").read_text().endswith("crm_database_up 0\n")


def test_jobs_and_databases_are_told_apart(sqlite_crm: Crm) -> None:
    for database in ("/nowhere/a.db", "/nowhere/b.db"):
        for job in ("remind", "send-outbox"):
            assert told(sqlite_crm, 3, "--database", database, "job", "run", job) == [1, 2]


def test_journal_of_systemd_has_all(sqlite_crm: Crm) -> None:
    run = ("--database", "/nowhere/crm.db", "job", "run", "remind")

    assert told(sqlite_crm, 3, *run, JOURNAL_STREAM="8:17") == [1, 2, 3]


def test_once_a_day(sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_795_420_800.0
    monkeypatch.setattr("time.time", lambda: now)
    missing = ("--database", "/nowhere/crm.db", "job", "run", "remind")
    assert told(sqlite_crm, 8, *missing) == [1, 2, 4, 8]

    now += 86_399
    early = told(sqlite_crm, 1, *missing)
    now += 1
    late = told(sqlite_crm, 2, *missing)

    assert (early, late) == ([], [1])


def test_bug(sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_app: App, _context: JobContext) -> NoReturn:
        raise RuntimeError("never foreseen")

    job = job_modules.load("remind")
    monkeypatch.setattr("crm_cli.running.runner.load", lambda _: replace(job, run=run))

    for _ in (1, 2):
        with pytest.raises(RuntimeError, match="never foreseen"):
            sqlite_crm("job", "run", "remind")
    third = sqlite_crm("job", "run", "remind")

    assert (third.exit_code, third.stderr) == (70, "")
    assert [run["runs"] for run in sqlite_crm.ok("job", "log")] == [3]


def test_nowhere_to_remember(sqlite_crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "state").touch()

    assert told(sqlite_crm, 3, "--database", "/nowhere/crm.db", "job", "run", "remind") == [1, 2, 3]


def test_what_is_remembered_is_read_whatever_it_is(sqlite_crm: Crm, tmp_path: Path) -> None:
    missing = ("--database", "/nowhere/crm.db", "job", "run", "remind")
    told(sqlite_crm, 2, *missing)
    (file,) = (tmp_path / "state" / "crm").glob("*.told")
    file.write_bytes(b"\xff nonsense")

    assert told(sqlite_crm, 3, *missing) == [1, 2]


def test_run_that_hangs_is_told_by_those_that_find_it(crm: Crm) -> None:
    run = ("job", "run", "remind")
    plant_run(crm, "remind", ago(minutes=361), "running", host="office", pid=17)
    with job_lock(DatabaseUrl.parse(crm.url), "remind"):
        results = [crm(*run) for _ in range(3)]

    said = (
        "crm: A run of the job remind has not ended for six hours: process 17 on office.\n"
        "hint: Look what it waits for, then end it there: kill 17\n"
    )
    assert [result.exit_code for result in results] == [1, 1, 1]
    assert [result.stderr for result in results] == [said, said, ""]


def test_run_under_way_is_not_told(sqlite_crm: Crm) -> None:
    sqlite_crm.now = "2027-11-23T08:00:00+00:00"
    plant_run(sqlite_crm, "remind", ago(minutes=359), "running")
    with job_lock(DatabaseUrl.parse(sqlite_crm.url), "remind"):
        result = sqlite_crm("job", "run", "remind")

    assert (result.exit_code, result.stderr) == (75, "")


def test_dead_run_does_not_hang_while_the_next_one_begins(sqlite_crm: Crm) -> None:
    died = subprocess.Popen(["true"])
    died.wait()
    here = {"host": socket.gethostname(), "pid": died.pid}
    plant_run(sqlite_crm, "remind", ago(days=1), "running", **here)
    with job_lock(DatabaseUrl.parse(sqlite_crm.url), "remind"):
        result = sqlite_crm("job", "run", "remind")

    assert (result.exit_code, result.stderr) == (75, "")


def test_death_of_a_run_is_told_by_the_next_one(sqlite_crm: Crm) -> None:
    plant_run(sqlite_crm, "remind", "2026-11-23T07:59:00Z", "running", pid=17)

    after, later = (sqlite_crm("job", "run", "remind") for _ in range(2))

    assert (after.exit_code, after.stderr) == (
        0,
        "crm: Process 17 on h died without ending the run. The job remind goes on where it was.\n",
    )
    assert (later.exit_code, later.stderr) == (0, "")


def test_runs_of_which_each_dies(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "mail.import.enabled", "yes")
    url = DatabaseUrl.parse(sqlite_crm.url)

    told_of = [job_told.is_news(url, "import-mail", "died") for _ in range(3)]
    plant_run(sqlite_crm, "import-mail", "2026-11-23T07:59:00Z", "running", pid=17)
    fourth = sqlite_crm("job", "run", "import-mail")

    assert told_of == [True, True, False]
    assert fourth.stderr.splitlines()[0].startswith("crm: Process 17 on h died")
