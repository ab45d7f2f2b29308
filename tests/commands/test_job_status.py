"""`crm job status`: what each job is, what counts as late, and the figures for Prometheus."""

from __future__ import annotations

import os
import socket
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crm_cli.running.prometheus import Metric
from tests.execute import execute
from tests.jobs.runs import plant_run
from tests.outgoing import queue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

JOBS = ("campaign-returns", "import-mail", "remind", "send-outbox")
IN_TIME = "2026-11-23T07:58:00Z"
"""Two minutes before the clock of the tests."""


def made_well(crm: Crm) -> Crm:
    """Let all jobs have run two minutes ago; later jobs than these are switched off."""
    execute(crm.url, "UPDATE audit_tx SET at = ?", "2026-01-01T00:00:00Z")
    for job in [one["name"] for one in crm.ok("job", "list")]:
        if job in JOBS:
            plant_run(crm, job, IN_TIME, ended_at=IN_TIME)
        else:
            crm("setting", "set", f"job.schedule.{job}", "off")
    return crm


@pytest.fixture
def well(sqlite_crm: Crm) -> Crm:
    """An installation whose jobs are well."""
    return made_well(sqlite_crm)


@pytest.fixture
def well_on_both(crm: Crm) -> Crm:
    """The same on each database."""
    return made_well(crm)


def status(crm: Crm, job: str, **env: str) -> dict[str, Any]:
    """What is told of one job, whatever the exit code."""
    (found,) = crm("job", "status", "--job", job, "--format", "json", **env).json
    return dict(found)


def figures(text: str) -> dict[str, float]:
    """The samples of an exposition, read by Prometheus' own parser."""
    return {
        sample.name + sample.labels.get("job", ""): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_all_is_well(well: Crm) -> None:
    result = well("job", "status", "--job", "send-outbox")

    assert (result.exit_code, result.stderr) == (0, "")
    heading, row = result.stdout.splitlines()
    assert heading.split() == [
        *("JOB", "STATE", "LAST_RUN", "RESULT", "LAST_SUCCESS"),
        *("AGE", "LAG", "NEXT_DUE", "FAILURES", "RUNNING_SINCE"),
    ]
    assert row.split()[:8] == [
        *("send-outbox", "ok", "2026-11-23", "09:58", "done", "2026-11-23", "09:58", "2m"),
    ]
    assert well("job", "status").exit_code == 0


def test_late(well: Crm) -> None:
    well.now = "2026-11-23T08:30:00+00:00"
    plant_run(well, "campaign-returns", "2026-11-23T08:29:00Z")

    result = well("job", "status")

    assert result.exit_code == 1
    assert result.stderr == (
        "crm: Not all jobs are well: import-mail (late), remind (late), send-outbox (late).\n"
        "hint: crm job log\n"
    )
    found = status(well, "import-mail")
    assert (found["state"], found["lag"], found["age"]) == ("late", 30 * 60, 32 * 60)


def test_schedule_of_ones_own_decides(well: Crm) -> None:
    well.now = "2026-11-23T08:30:00+00:00"

    well("setting", "set", "job.schedule.import-mail", "0 * * * *")
    well("setting", "set", "job.schedule.send-outbox", "off")
    wrong = well("setting", "set", "job.schedule.remind", "hourly")

    assert status(well, "import-mail")["state"] == "ok"
    assert status(well, "send-outbox")["state"] == "off"
    assert "job run import-mail" in well("job", "crontab").stdout
    assert "job run send-outbox" not in well("job", "crontab").stdout
    assert wrong.exit_code == 5
    assert "'hourly' is neither the five numbers of a crontab line nor off." in wrong.stderr


def test_failing_until_it_ends_well(well_on_both: Crm) -> None:
    well = well_on_both
    plant_run(well, "remind", "2026-11-23T07:59:00Z", "failed", runs=3, error="no network")
    plant_run(well, "remind", "2026-11-23T08:00:00Z", "partial", error="task 7: no")

    failing = status(well, "remind")
    code = well("job", "status").exit_code
    plant_run(well, "remind", "2026-11-23T08:00:00Z", "stopped")
    stopped = status(well, "remind")
    plant_run(well, "remind", "2026-11-23T08:00:00Z")

    assert (failing["state"], failing["failures"], failing["result"], failing["error"], code) == (
        *("failing", 4, "partial", "task 7: no", 1),
    )
    assert failing["last_success"] == "2026-11-23T07:58:00+00:00"
    assert (stopped["state"], stopped["result"]) == ("failing", "stopped")
    assert status(well, "remind")["state"] == "ok"


def test_running(well: Crm) -> None:
    host, pid = socket.gethostname(), os.getpid()
    plant_run(well, "remind", "2026-11-23T07:59:00Z", "running", host=host, pid=pid)

    found = status(well, "remind")

    assert (found["state"], found["pid"], found["host"]) == ("running", pid, host)
    assert found["running_since"] == "2026-11-23T07:59:00+00:00"
    assert status(well, "remind", CRM_NOW="2026-11-23T14:01:00+00:00")["state"] == "late"


@pytest.mark.parametrize(("host", "state"), [("here", "failing"), ("elsewhere", "running")])
def test_run_whose_process_is_gone(well: Crm, host: str, state: str) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    name = socket.gethostname() if host == "here" else host
    plant_run(well, "remind", "2026-11-23T07:59:00Z", "running", host=name, pid=ended.pid)

    assert status(well, "remind")["state"] == state


def test_switched_off_while_it_failed(well: Crm) -> None:
    plant_run(well, "remind", "2026-11-23T07:59:00Z", "failed", error="no network")
    well("setting", "set", "job.schedule.remind", "off")

    found = figures(well("job", "status", "--format", "prometheus").stdout)

    assert well("job", "status").exit_code == 0
    assert found["crm_job_offremind"] == 1
    assert found["crm_job_failingremind"] == found["crm_job_consecutive_failuresremind"] == 0


def test_clock_that_was_put_back(well: Crm) -> None:
    plant_run(well, "remind", "2026-11-23T09:00:00Z", ended_at="2026-11-23T09:00:00Z")

    found = status(well, "remind")

    assert (found["state"], found["age"], found["lag"]) == ("ok", 0, 0)


@pytest.mark.parametrize(
    ("installed", "state"), [("2026-11-23T07:56:00Z", "never"), ("2026-11-23T07:40:00Z", "late")]
)
def test_never_ran(sqlite_crm: Crm, installed: str, state: str) -> None:
    execute(sqlite_crm.url, "UPDATE audit_tx SET at = ?", installed)

    assert status(sqlite_crm, "import-mail")["state"] == state


def test_figures_are_what_prometheus_reads(well_on_both: Crm) -> None:
    well = well_on_both
    queue(well, 2)
    plant_run(well, "remind", IN_TIME, "failed", ended_at="2026-11-23T07:58:09Z")

    text = well("job", "status", "--format", "prometheus").stdout
    found = figures(text)

    assert found["crm_database_up"] == 1
    assert found["crm_job_failingremind"] == found["crm_job_consecutive_failuresremind"] == 1
    assert found["crm_job_last_run_timestamp_secondssend-outbox"] == 1795420680
    assert found["crm_job_last_run_duration_secondsremind"] == 9
    assert found["crm_job_latesend-outbox"] == found["crm_job_lag_secondssend-outbox"] == 0
    assert (found["crm_outbox_waiting"], found["crm_outbox_held"]) == (2, 0)
    assert found["crm_reminders_overdue"] == 0


def test_label_is_escaped() -> None:
    odd = 'a"b\\c\nd'

    text = "".join(f"{line}\n" for line in Metric("x", "a\\b\nc", [({"job": odd}, 1.5)]).lines())
    (family,) = text_string_to_metric_families(text)

    assert family.documentation == "a\\b\nc"
    assert [(one.labels, one.value) for one in family.samples] == [({"job": odd}, 1.5)]


def test_file_for_the_collector(well: Crm, tmp_path: Path) -> None:
    file = tmp_path / "crm.prom"
    before = os.umask(0o077)
    try:
        result = well("job", "status", "--format", "prometheus", "--output", file)
    finally:
        os.umask(before)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert file.stat().st_mode & 0o777 == 0o644
    assert figures(file.read_text())["crm_database_up"] == 1
    assert [path.name for path in tmp_path.glob(".*.tmp")] == []


def test_database_that_cannot_be_opened(sqlite_crm: Crm, tmp_path: Path) -> None:
    nowhere = ("--database", tmp_path / "no.db")
    file = tmp_path / "crm.prom"

    asked = sqlite_crm(*nowhere, "job", "status")
    written = sqlite_crm(*nowhere, "job", "status", "--output", file)

    assert asked.exit_code == written.exit_code == 7
    assert asked.stderr == written.stderr
    assert asked.stderr.splitlines()[0] == f"crm: There is no database at {tmp_path / 'no.db'}."
    assert figures(file.read_text()) == {"crm_database_up": 0}


def test_status_of_an_unknown_job(sqlite_crm: Crm) -> None:
    assert sqlite_crm("job", "status", "--job", "fly").exit_code == 3
    assert sqlite_crm("job", "status", "--job", "fly", "--format", "prometheus").stdout == ""
