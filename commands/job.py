"""`crm job`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import crontab as cron
from crm_cli import job_modules, runner
from crm_cli.errors import UsageError
from crm_cli.job_lock import AlreadyRunning
from crm_cli.options import dry_run_option, list_options, output_options
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.job_runs import JOB_RUN, job_table
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.app import App


@click.group()
def job() -> None:
    """The work that cron starts: reminders, outgoing mail, campaign figures."""


@job.command()
@click.argument("name")
@click.option("-v", "--verbose", is_flag=True, help="Say what was done.")
@click.option("--limit", type=click.IntRange(0), help="At most so many items.")
@click.option("--full", is_flag=True, help="What has not changed too, where a job leaves it out.")
@click.option("--as-of", metavar="WHEN", help="Judge what is due as of this moment.")
@dry_run_option
@click.pass_context
def run(
    ctx: click.Context,
    name: str,
    *,
    verbose: bool,
    limit: int | None,
    full: bool,
    as_of: str | None,
) -> None:
    """Run one job; silent when all went well.

    While another run of the job is under way it ends at once with exit code 75, silently too.

    Example: crm job run send-outbox -v
    """
    app: App = ctx.obj
    try:
        result = runner.run(app, name, limit=limit, full=full, as_of=_moment(app, as_of))
    except AlreadyRunning as error:
        if verbose:
            raise
        ctx.exit(error.exit_code)
    if verbose or app.choices.dry_run:
        app.say(f"{name}: {result.summary}")


def _moment(app: App, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment: datetime = MOMENT.parse(text, app.place)
    except InvalidValue as error:
        raise UsageError(f"--as-of: {error.message}", hint=error.hint) from error
    return moment


@job.command("list")
@output_options
@click.pass_obj
def list_(app: App) -> None:
    """List the jobs there are and when cron should run them.

    Example: crm job list
    """
    app.emit(job_table(map(job_modules.load, job_modules.names())))


@job.command()
@click.option("--job", "name", metavar="NAME", help="Runs of this job only.")
@list_options
@click.pass_obj
def log(app: App, /, name: str | None, **chosen: Any) -> None:
    """List the runs of jobs, the newest first.

    Example: crm job log --job remind --where 'state != done' --limit 10
    """
    if name is not None:
        chosen |= {"also": "r.job = ?", "also_values": (job_modules.load(name).name,)}
    app.emit(app.say_if_empty(app.select(JOB_RUN, **chosen), "No job has run."))


@job.command()
@click.pass_obj
def crontab(app: App) -> None:
    """Print a crontab for this installation, ready to be installed.

    Example: crm job crontab | crontab -
    """
    jobs = map(job_modules.load, job_modules.names())
    for line in cron.lines(jobs, app.settings, app.database):
        app.stdout.write(line + "\n")
