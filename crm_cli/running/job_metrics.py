"""Publishing the figures of the jobs for Prometheus, also where the database cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.errors import CrmError
from crm_cli.running import job_modules, job_told, prometheus
from crm_cli.sheets.writing.atomic import replace_file

if TYPE_CHECKING:
    from crm_cli.app import App

READABLE = 0o644
"""The exporter is another user."""
LINE = "status"
"""The line of a crontab that publishes; what it fails by is told like the failures of a job."""


def publish(app: App, job: str | None) -> None:
    """Print the figures, or replace the file of `--output`; raises what hid them, or Repeated."""
    if job is not None:
        job_modules.load(job)
    try:
        _publish(app, job)
    except CrmError as error:
        job_told.hush(app.database.url, LINE, error)
        raise
    job_told.forget(app.database.url, LINE)


def _publish(app: App, job: str | None) -> None:
    try:
        with app.database.translated():
            statuses = services.job_status.examine(app, job)
            text = prometheus.exposition(statuses, services.queues.measure(app.reader, app.now))
    except CrmError:
        _put(app, prometheus.unreachable())
        raise
    _put(app, text)


def _put(app: App, text: str) -> None:
    if app.choices.output is None:
        app.stdout.write(text)
        return
    with replace_file(Path(app.choices.output)) as draft:
        draft.write_text(text, encoding="utf-8")
        draft.chmod(READABLE)
