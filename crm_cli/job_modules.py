"""The jobs there are: the modules of the folder `jobs`, each named like its file."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from crm_cli.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App
    from crm_cli.job import JobContext, JobResult

PACKAGE = "jobs"


@dataclass(frozen=True)
class Job:
    """A job: its name, what it does, when cron should run it, how it is run."""

    name: str
    description: str
    schedule: str
    run: Callable[[App, JobContext], JobResult]
    has_full: bool = False
    """Whether `--full` makes it do again what has not changed."""


def names() -> list[str]:
    """The names of all jobs, in alphabetical order."""
    folder = import_module(PACKAGE).__path__
    return sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(folder))


def load(name: str) -> Job:
    """A job by its name; raises NotFound naming those there are."""
    if name not in names():
        raise NotFound(f"There is no job '{name}'.", hint="crm job list", candidates=names())
    module = import_module(f"{PACKAGE}.{name.replace('-', '_')}")
    description = (module.__doc__ or "").partition("\n")[0]
    return Job(name, description, module.SCHEDULE, module.run, getattr(module, "HAS_FULL", False))
