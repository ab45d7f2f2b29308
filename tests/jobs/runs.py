"""Planting runs of jobs in a test database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

WHOLE = {"trigger": "unattended", "runs": 1, "host": "h", "pid": 1, "items": 0, "failures": 0}


def plant_run(crm: Crm, job: str, at: str, state: str = "done", **more: Any) -> None:
    """Plant a run of a job."""
    times = {"as_of": at, "since": at, "started_at": at}
    values = {**WHOLE, **times, "job": job, "state": state, **more}
    marks = ", ".join("?" * len(values))
    execute(
        crm.url, f"INSERT INTO job_run ({', '.join(values)}) VALUES ({marks})", *values.values()
    )
