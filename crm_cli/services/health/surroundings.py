"""Checks of what surrounds the program: its settings, the packages beside it, time zones."""

from __future__ import annotations

import stat
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_cli.views.health import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App

OURS = ("crm_cli", "commands", "jobs", "schema")
DISTRIBUTION = "crm-in-shell"
ZONES = ("Europe/Bucharest", "Europe/Warsaw")


def settings(app: App) -> Iterator[Finding]:
    """The settings file; one that others may read is refused before any command runs."""
    file = app.settings.file
    if file is None:
        yield Finding("settings", "ok", "There is no settings file; the environment decides.")
        return
    mode = stat.S_IMODE(file.stat().st_mode)
    yield Finding("settings", "ok", f"{file} is readable by its owner only ({mode:o}).")


def packages(app: App) -> Iterator[Finding]:
    """Whether the packages that are imported are ours: their names are common words."""
    home = Path(str(import_module("crm_cli").__file__)).parent.parent
    faults = [*_claimed(), *_strayed(home)]
    for fault in faults:
        yield Finding("packages", "fail", fault, "Install crm into an environment of its own.")
    if not faults:
        yield Finding("packages", "ok", f"The program's packages are those in {home}.")


def _claimed() -> Iterator[str]:
    shipped = packages_distributions()
    for name in OURS:
        for other in sorted(set(shipped.get(name, ())) - {DISTRIBUTION}):
            yield f"The distribution {other} ships a package '{name}' too."


def _strayed(home: Path) -> Iterator[str]:
    for name in OURS:
        file = import_module(name).__file__
        if file is None or Path(file).parent.parent != home:
            yield f"The package '{name}' is imported from {file}, not from {home}."


def zones(app: App) -> Iterator[Finding]:
    """Whether there are time zone data."""
    for name in ZONES:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError):
            yield Finding("zones", "fail", f"There are no data of {name}.", "pip install tzdata")
            return
    yield Finding("zones", "ok", f"Time zones are known: {', '.join(ZONES)}.")
