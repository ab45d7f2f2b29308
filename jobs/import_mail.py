"""Import exported mail that was put into the folder `mail.import.folder`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.constants import value_of
from crm_cli.running.job import JobResult

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.running.job import JobContext

SCHEDULE = "*/5 * * * *"
SWITCH = "mail.import.enabled"


def run(app: App, context: JobContext) -> JobResult:
    """Take the files that have stopped growing; does nothing while the import is switched off."""
    if not value_of(app.reader, SWITCH, app.place):
        return JobResult(0, f"switched off: crm setting set {SWITCH} yes")
    from crm_cli.drop_folder import DropFolder

    return DropFolder.of(app).take_in(app, context)
