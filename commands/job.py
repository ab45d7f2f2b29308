"""`crm job`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.errors import UsageError
from crm_cli.options import (
    columns_option,
    dry_run_option,
    file_options,
    format_option,
    list_options,
    output_options,
)
from crm_cli.output import FORMATS
from crm_cli.running import crontab as cron
from crm_cli.running import installed, job_metrics, job_modules, runner, systemd
from crm_cli.running.job_lock import AlreadyRunning
from crm_cli.running.job_told import Repeated
from crm_cli.sheets.writing.atomic import replace_file
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.job_runs import JOB_RUN, job_table, result_table
from crm_cli.views.job_status import listed, table
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.app import App
    from crm_cli.running.job_modules import Job

PROMETHEUS = "prometheus"
UNITS = Path("/etc/systemd/system")


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
@format_option
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

    While another run of the job is under way it ends at once with exit code 75, silently too. What
    fails again and again in the same way is told after 1, 2, 4, 8 ... runs and once a day.

    Example: crm job run send-outbox -v
    """
    app: App = ctx.obj
    noted = {"note": app.say} if verbose else {}
    wish = runner.Wish(limit=limit, full=full, as_of=_moment(app, as_of), **noted)
    try:
        result = runner.run(app, name, wish)
    except AlreadyRunning as error:
        if verbose:
            raise
        ctx.exit(error.exit_code)
    except Repeated as again:
        if verbose and again.__cause__:
            raise again.__cause__ from None
        ctx.exit(again.exit_code)
    if not verbose and not app.choices.dry_run:
        return
    if app.choices.format == "table":
        app.say(f"{name}{' (dry run)' if app.choices.dry_run else ''}: {result.summary}")
    else:
        app.emit(result_table(name, result))


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
    app.emit(job_table(job_modules.scheduled(app.reader)))


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
@click.option("--job", "name", metavar="NAME", help="This job only.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, PROMETHEUS]),
    default="table",
    help="Form of the output.",
)
@columns_option
@file_options
@click.pass_context
def status(ctx: click.Context, name: str | None, form: str) -> None:
    """Say how each job stands: late, failing, running or ok.

    A job is late when it did not start although its schedule came round twice, failing when its
    last run did not end well. Exit code 1 when any is; but for figures for Prometheus, which say
    so themselves, and go with --output to a file FILE.prom that is replaced whole.

    Example: crm job status --format prometheus --output /var/lib/node_exporter/crm.prom
    """
    app: App = ctx.obj
    if form == PROMETHEUS or (app.choices.output or "").endswith(".prom"):
        _publish(ctx, app, name)
        return
    app.choices.format = form
    with app.database.translated():
        found = services.job_status.examine(app, name)
    shown = table(found)
    plain = form == "table" and not app.choices.columns and not app.choices.output
    app.emit(listed(shown) if plain else shown)
    services.job_status.check(found)


def _publish(ctx: click.Context, app: App, name: str | None) -> None:
    app.choices.format = "table"
    try:
        job_metrics.publish(app, name)
    except Repeated as again:
        ctx.exit(again.exit_code)


@job.command()
@click.option("--install", is_flag=True, help="Put them into the crontab of this user.")
@click.option("--mailto", metavar="ADDRESS", help="Whom cron mails what goes wrong.")
@click.pass_obj
def crontab(app: App, *, install: bool, mailto: str | None) -> None:
    """Print the lines for cron of this installation, or install them; other lines stay.

    Example: crm job crontab --install --mailto admin@firma.example
    """
    jobs, found = _switched_on(app), installed.find(app)
    if install:
        cron.install(jobs, found, mailto)
        app.say("The crontab has the jobs; crontab -l shows them.")
        return
    for line in cron.lines(jobs, found, mailto):
        app.stdout.write(line + "\n")


@job.command("systemd")
@click.option("--run-as", metavar="USER", help="The user whom jobs run as.")
@click.option("--output", metavar="FOLDER", help="Write the units into FOLDER.")
@click.pass_obj
def systemd_(app: App, run_as: str | None, output: str | None) -> None:
    """Print units for systemd: a service for all jobs, a timer for each.

    Example: crm job systemd --run-as crm --output /etc/systemd/system
    """
    jobs, found = _switched_on(app), installed.find(app, run_as)
    units = list(systemd.units(jobs, found))
    if output is None:
        app.stdout.write("\n".join(f"# {name}\n{text}" for name, text in units))
        return
    Path(output).mkdir(exist_ok=True)
    for name, text in units:
        with replace_file(Path(output) / name) as draft:
            draft.write_text(text, encoding="utf-8")
            draft.chmod(0o644)
    if missing := [folder for folder in found.folders if not folder.exists()]:
        app.say(f"First, as {found.user}: {shlex.join(['mkdir', '-p', *map(str, missing)])}")
    timers = " ".join(map(systemd.timer, jobs))
    written = Path(output).absolute()
    copied = "" if written == UNITS else f"cp {shlex.quote(str(written))}/crm* {UNITS} && "
    enabled = f"systemctl daemon-reload && systemctl enable --now {timers}"
    app.say(f"Then, as root: {copied}{enabled}")


def _switched_on(app: App) -> list[Job]:
    with app.database.translated():
        return [job for job in job_modules.scheduled(app.reader) if not job.is_off]
