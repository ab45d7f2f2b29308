"""Publishing the figures of the jobs for Prometheus, also where the database cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli import prometheus, services
from crm_cli.errors import CrmError, NotFound
from crm_cli.sheets.writing.atomic import replace_file

if TYPE_CHECKING:
    from crm_cli.app import App

READABLE = 0o644
"""The exporter is another user."""


def publish(app: App, job: str | None) -> None:
    """Print the figures, or replace the file of `--output`; raises what hid them, once told."""
    try:
        with app.database.translated():
            statuses = services.job_status.examine(app, job)
            text = prometheus.exposition(statuses, services.queues.measure(app.reader, app.now))
    except CrmError as error:
        if not isinstance(error, NotFound):
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
