"""The jobs there are: the modules of the folder `jobs`, each named like its file."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from crm_cli.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App
    from crm_cli.reader import Reader
    from crm_cli.running.job import JobContext, JobResult

PACKAGE = "jobs"
OFF = "off"
SCHEDULES = "SELECT name, value FROM setting WHERE name LIKE ?"


@dataclass(frozen=True)
class Job:
    """A job: its name, what it does, when cron should run it, how it is run."""

    name: str
    description: str
    schedule: str
    run: Callable[[App, JobContext], JobResult]
    has_full: bool = False
    """Whether `--full` makes it do again what has not changed."""

    @property
    def is_off(self) -> bool:
        """Whether the company has switched it off."""
        return self.schedule == OFF


def names() -> list[str]:
    """The names of all jobs, in alphabetical order."""
    (folder,) = import_module(PACKAGE).__path__
    files = (name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py"))  # noqa: PTH208 - without pathlib's import
    return sorted(name.replace("_", "-") for name in files if not name.startswith("_"))


def load(name: str) -> Job:
    """A job by its name; raises NotFound naming those there are."""
    if name not in names():
        raise NotFound(f"There is no job '{name}'.", hint="crm job list", candidates=names())
    module = import_module(f"{PACKAGE}.{name.replace('-', '_')}")
    description = (module.__doc__ or "").partition("\n")[0]
    return Job(name, description, module.SCHEDULE, module.run, getattr(module, "HAS_FULL", False))


def scheduled(reader: Reader) -> list[Job]:
    """All jobs, each with the schedule the company set, else the one it came with."""
    chosen = dict(reader.all(SCHEDULES, ("job.schedule.%",)))
    jobs = map(load, names())
    return [
        replace(job, schedule=chosen.get(f"job.schedule.{job.name}") or job.schedule)
        for job in jobs
    ]
