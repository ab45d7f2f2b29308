"""Checks of what the program works with: its clock, attachments and jobs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.attachments import attachments_of
from crm_cli.constants import value_of
from crm_cli.running import heartbeat
from crm_cli.services import job_status
from crm_cli.views.health import Finding
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App
    from crm_cli.services.job_status import JobStatus

INSTALL = "crm job crontab --install"


def clock(app: App) -> Iterator[Finding]:
    """Whether CRM_NOW may move the clock, which is meant for trials."""
    if value_of(app.reader, "clock.override", app.place):
        hint = "crm setting set clock.override no"
        yield Finding("clock", "warn", "CRM_NOW may move the clock of a command.", hint)
    else:
        yield Finding("clock", "ok", "The clock is the machine's.")


def attachments(app: App) -> Iterator[Finding]:
    """Whether attachments can be kept."""
    folder = attachments_of(app).folder
    present = next((path for path in (folder, *folder.parents) if path.exists()), Path("/"))
    if not present.is_dir() or not os.access(present, os.W_OK | os.X_OK):
        hint = "crm setting set attachments.folder FOLDER"
        yield Finding("attachments", "fail", f"{folder} cannot be written.", hint)
    else:
        yield Finding("attachments", "ok", f"Attachments are kept in {folder}.")


def jobs(app: App) -> Iterator[Finding]:
    """Whether cron runs the jobs, how their last runs ended, and who is told."""
    yield from (_job(app, status) for status in job_status.examine(app))
    url = app.settings.other.get("heartbeat_url")
    if url and heartbeat.is_usable(url):
        yield Finding("heartbeat", "ok", f"Ends of runs are told to {heartbeat.host_of(url)}.")
    elif url:
        yield Finding("heartbeat", "warn", "The heartbeat URL is neither http nor https.")


def _job(app: App, status: JobStatus) -> Finding:
    check, last, state = f"job {status.job.name}", status.last, status.state
    if state == "off":
        return Finding(check, "ok", "It is switched off.")
    if status.running:
        when = MOMENT.text(status.running.started_at, app.place.zone)
        return Finding(check, _level(status), f"It has been running since {when}.")
    if last is None:
        return Finding(check, "warn", "It has never run.", INSTALL)
    when = MOMENT.text(last.started_at, app.place.zone)
    if state == "late":
        text = f"It ran last on {when}, its schedule is '{status.job.schedule}'."
        return Finding(check, "warn", text, INSTALL)
    if state == "failing":
        text = f"Its run of {when} ended as {last.state}: {last.error or 'no reason given'}"
        return Finding(check, "warn", text, f"crm job log --job {status.job.name}")
    return Finding(check, "ok", f"It ran on {when}.")


def _level(status: JobStatus) -> str:
    return "warn" if status.is_fault else "ok"
