"""Checks of what the program works with: its clock, mail, attachments and jobs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli import job_modules
from crm_cli.attachments import attachments_of
from crm_cli.constants import value_of
from crm_cli.outgoing import Outgoing
from crm_cli.schedule import Schedule
from crm_cli.views.health import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App
    from crm_cli.job_modules import Job

LAST_RUN = """
SELECT started_at, state, error FROM job_run WHERE job = ? AND state <> 'running'
ORDER BY started_at DESC, id DESC LIMIT 1"""


def clock(app: App) -> Iterator[Finding]:
    """Whether CRM_NOW may move the clock, which is meant for trials."""
    if value_of(app.reader, "clock.override", app.place):
        hint = "crm setting set clock.override no"
        yield Finding("clock", "warn", "CRM_NOW may move the clock of a command.", hint)
    else:
        yield Finding("clock", "ok", "The clock is the machine's.")


def mail(app: App) -> Iterator[Finding]:
    """Whether mail leaves the house."""
    outgoing = Outgoing(app).account()
    outgoing.transport(app)
    if outgoing.url.startswith("maildir:"):
        folder = outgoing.url.removeprefix("maildir:")
        hint = "crm setting set mail.url smtps://USER@HOST"
        yield Finding("mail", "warn", f"Mail leaves into the folder {folder} only.", hint)
    else:
        yield Finding("mail", "ok", f"Mail leaves by {outgoing.url}, from {outgoing.sender}.")


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
    """Whether cron runs the jobs, and how their last runs ended."""
    return (_job(app, job_modules.load(name)) for name in job_modules.names())


def _job(app: App, job: Job) -> Finding:
    check = f"job {job.name}"
    row = app.reader.one(LAST_RUN, (job.name,))
    if row is None:
        return Finding(check, "warn", "It has never run.", "crm job crontab | crontab -")
    started, state, error = _moment(row[0]), row[1], row[2]
    when = started.astimezone(app.place.zone).strftime("%Y-%m-%d %H:%M")
    if started < Schedule.parse(job.schedule).last_but_one(app.now.astimezone()):
        text = f"It ran last on {when}, its schedule is '{job.schedule}'."
        return Finding(check, "warn", text, "crm job crontab | crontab -")
    if state != "done":
        text = f"Its run of {when} ended as {state}: {error or 'no reason given'}"
        return Finding(check, "warn", text, f"crm job log --job {job.name}")
    return Finding(check, "ok", f"It ran on {when}.")


def _moment(raw: datetime | str) -> datetime:
    return (datetime.fromisoformat(raw) if isinstance(raw, str) else raw).astimezone(UTC)
