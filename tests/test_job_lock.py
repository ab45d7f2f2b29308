"""The lock of a job, and the silence of those who do not get it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from crm_cli.running.job_lock import AlreadyRunning, job_lock, lock_file
from schema.connection import DatabaseUrl
from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_hold_one_lock_a_job(url: str) -> None:
    found = DatabaseUrl.parse(url)

    with (
        job_lock(found, "remind"),
        job_lock(found, "send-outbox"),
        pytest.raises(AlreadyRunning),
        job_lock(found, "remind"),
    ):
        pass
    for _ in range(20):
        with job_lock(found, "remind"):
            pass


def test_start_beside_a_healthy_run(crm: Crm) -> None:
    with job_lock(DatabaseUrl.parse(crm.url), "send-outbox"):
        silent = crm("job", "run", "send-outbox")
        asked = crm("job", "run", "send-outbox", "-v")

    assert (silent.exit_code, silent.stdout, silent.stderr) == (75, "", "")
    assert (asked.exit_code, asked.stderr) == (
        75,
        "crm: Another run of this job is under way.\nhint: crm job log\n",
    )


def test_lock_is_open_to_whoever_may_write_the_database(sqlite_url: str) -> None:
    found = DatabaseUrl.parse(sqlite_url)
    found.file.chmod(0o660)

    with job_lock(found, "remind"):
        pass

    assert lock_file(found.file, "remind").stat().st_mode & 0o777 == 0o660


def test_lock_belongs_to_the_owner_of_the_database_whoever_runs_first(sqlite_url: str) -> None:
    found = DatabaseUrl.parse(sqlite_url)
    with suppress(OSError):  # only root can give files away
        os.chown(found.file, 4711, -1)
    owner = found.file.stat().st_uid

    with job_lock(found, "remind"):
        pass

    assert lock_file(found.file, "remind").stat().st_uid == owner


def test_two_names_of_one_database_have_one_lock(sqlite_crm: Crm) -> None:
    found = DatabaseUrl.parse(sqlite_crm.url)
    linked = sqlite_crm.home / "elsewhere" / "link.db"
    linked.parent.mkdir()
    linked.symlink_to(found.file)

    with job_lock(found, "remind"):
        result = sqlite_crm("--database", linked, "job", "run", "remind")

    assert result.exit_code == 75
    assert list(linked.parent.iterdir()) == [linked]


def test_lock_outlives_the_patience_of_the_server(postgresql_url: str) -> None:
    impatient = "&options=-c%20idle_in_transaction_session_timeout%3D50"
    found = DatabaseUrl.parse(postgresql_url + impatient)

    with job_lock(found, "remind"):
        time.sleep(0.2)
        with pytest.raises(AlreadyRunning), job_lock(found, "remind"):
            pass


def test_lock_does_not_hold_up_the_cleaning_of_tables(postgresql_url: str) -> None:
    activity = "SELECT backend_xmin FROM pg_stat_activity WHERE application_name = ?"

    with job_lock(DatabaseUrl.parse(postgresql_url), "remind"):
        found = execute(postgresql_url, activity, "crm job run remind")

    assert found == [(None,)]
