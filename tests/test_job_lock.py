"""The lock of a job, and the silence of those who do not get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.job_lock import AlreadyRunning, job_lock, lock_file
from schema.connection import DatabaseUrl

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
