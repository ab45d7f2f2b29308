"""`crm doctor`: all checks of an installation; one that cannot be made is a failure itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.errors import CrmError
from crm_cli.services.health import mail, storage, surroundings, work
from crm_cli.views.health import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crm_cli.app import App

ALONE: dict[str, Callable[[App], Iterator[Finding]]] = {
    "settings": surroundings.settings,
    "packages": surroundings.packages,
    "zones": surroundings.zones,
    "files": storage.files,
    "disk": storage.disk,
    "database": storage.database,
}
"""Checks that need no database."""
ON_DATABASE: dict[str, Callable[[App], Iterator[Finding]]] = {
    "engine": storage.engine,
    "clock": work.clock,
    "mail": mail.mail,
    "attachments": work.attachments,
    "jobs": work.jobs,
}


def examine(app: App) -> list[Finding]:
    """Make all checks; those on the database only where it can be read."""
    found = [finding for name in ALONE for finding in _made(app, name, ALONE[name])]
    if any(finding.check == "database" and finding.level == "fail" for finding in found):
        app.do_without_database()
        return found
    found.extend(finding for name in ON_DATABASE for finding in _made(app, name, ON_DATABASE[name]))
    return found


def _made(app: App, name: str, check: Callable[[App], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        with app.database.translated():
            yield from check(app)
    except CrmError as error:
        yield Finding(name, "fail", error.message, error.hint)
