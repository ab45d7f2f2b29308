"""`crm task`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.task_calendar import ics
from crm_cli import services
from crm_cli.addressees import assignees
from crm_cli.options import (
    chosen_ids,
    column_options,
    list_options,
    output_options,
    parse_option,
    take,
    targets,
    writing_options,
)
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.attachments import ATTACHMENT
from crm_cli.views.task_scopes import SCOPES
from crm_cli.views.tasks import TASK
from crm_cli.views.term import TERM
from crm_cli.views.types import MOMENT, TIMED_MOMENT
from schema.task_states import CHANNELS, DAYS_BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App
    from crm_cli.transaction import Transaction

BY_HAND = (
    "subject",
    "due",
    "assignee",
    "remind",
    "days_before",
    "memento_at",
    "description",
)


@click.group()
def task() -> None:
    """Work for employees and teams, with a term and reminders."""


spreadsheet_verbs(task, TASK)
task.add_command(ics)


@task.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show one task, and the files of its mails.

    Example: crm task show 1
    """
    table = app.read(TASK, reference)
    files = app.part(ATTACHMENT, "x.task_id = ?", table.values()["id"])
    table.parts = {"files": files} if files.rows else {}
    app.emit(table, TASK)


def _joined(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    return ",".join(value) if value else None


def _planning(*, adding: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Term, assignee, reminders and note, which are not written as their columns are."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in (
            click.option("--description", "--note", metavar="TEXT", help="What is to be done."),
            click.option("--memento", metavar="WHEN", help=TASK.by_name["memento_at"].help),
            click.option(
                "--days-before",
                multiple=True,
                metavar="|".join(DAYS_BEFORE),
                callback=_joined,
                help="Remind so many days before the term; may be repeated.",
            ),
            click.option(
                "--remind",
                multiple=True,
                metavar="|".join(CHANNELS),
                callback=_joined,
                help="How to remind, in place of the company's choice; may be repeated.",
            ),
            click.option(
                "--assignee",
                multiple=adding,
                metavar="EMP|@TEAM" + ("|%CATEGORY" if adding else ""),
                help="Who is to do it" + ("; each one gets a task." if adding else "."),
            ),
            click.option("--due", required=adding, metavar="WHEN", help=TASK.by_name["due"].help),
            column_options(TASK, without=BY_HAND if not adding else (*BY_HAND, "resolution")),
        ):
            command = option(command)
        return command

    return decorate


@task.command()
@click.argument("subject")
@_planning(adding=True)
@click.option(
    "--on-match",
    type=click.Choice(["fail", "update", "skip"]),
    default="fail",
    help="What to do when the external id is there already.",
)
@writing_options
@click.pass_obj
def add(
    app: App,
    /,
    assignee: tuple[str, ...],
    due: str,
    memento: str | None,
    on_match: str,
    **values: str | None,
) -> None:
    """Add a task; for several assignees or a category, one for each.

    Example: crm task add 'Sună la Moldo Trans' --due tomorrow@10:00 --days-before 1
    """
    with app.transaction() as tx:
        taken = take(tx, TASK, values) | _term(tx, due) | _memento(tx, memento)
        owners = assignees(tx, assignee)
        ids = services.tasks.add(tx.session, taken, owners, on_match=on_match)
        warnings = services.reminder_warnings.unreached(tx.session, ids)
        table = tx.read(TASK, *ids)
    for warning in warnings:
        app.warn(warning)
    app.emit(table, TASK)


@task.command()
@targets
@_planning(adding=False)
@click.option("--subject", metavar="TEXT", help="Subject.")
@writing_options
@click.pass_obj
def edit(
    app: App, /, assignee: str | None, due: str | None, memento: str | None, **given: Any
) -> None:
    """Change tasks; a new term or assignee begins the reminders anew.

    Example: crm task edit 7 --due +2d --assignee jan
    """
    chosen = {name: given.pop(name) for name in ("references", "where", "yes")}
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        taken = take(tx, TASK, given) | _term(tx, due) | _memento(tx, memento)
        taken |= _assignee(tx, assignee)
        services.records.edit(tx.session, TASK, ids, taken)
        warnings = services.reminder_warnings.unreached(tx.session, ids)
        table = tx.read(TASK, *ids)
    for warning in warnings:
        app.warn(warning)
    app.emit(table, TASK)


def _term(tx: Transaction, text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    day, moment = parse_option("--due", TERM, text, tx.place)
    return {"due_on": day, "due_at": moment}


def _memento(tx: Transaction, text: str | None) -> dict[str, Any]:
    """A date with its time; an empty text takes the memento off."""
    if text is None:
        return {}
    moment = parse_option("--memento", TIMED_MOMENT, text, tx.place) if text else None
    return {"memento_at": moment}


def _assignee(tx: Transaction, word: str | None) -> dict[str, Any]:
    """A team takes the task from its assignee; an employee leaves the team as it is."""
    if word is None:
        return {}
    if not word:
        return {"assignee_id": None}
    ((employee, team),) = assignees(tx, [word])
    return {"assignee_id": employee} | ({"team_id": team} if team else {})


def _scopes(command: Callable[..., None]) -> Callable[..., None]:
    for name, scope in reversed(SCOPES.items()):
        command = click.option(f"--{name}", "scope", flag_value=name, help=scope.help)(command)
    return command


@task.command("list")
@_scopes
@list_options
@click.pass_obj
def list_(app: App, /, scope: str | None, sort: str, **chosen: Any) -> None:
    """List tasks of everyone, or of one scope.

    Example: crm task list --for-me --where 'status = open' --where 'due < +7d'
    """
    if scope:
        condition, values = SCOPES[scope].condition(app.reader, app.me, app.place.today)
        chosen |= {"also": condition, "also_values": values}
        sort = sort or SCOPES[scope].sort
    app.emit(app.say_if_empty(app.select(TASK, sort=sort, **chosen), "No task matches."))


@task.command()
@targets
@click.option("--resolution", "--note", metavar="TEXT", help="How it was solved.")
@click.option("--at", metavar="WHEN", help="When it was done; now unless given.")
@writing_options
@click.pass_obj
def done(app: App, /, resolution: str | None, at: str | None, **chosen: Any) -> None:
    """Finish tasks.

    Example: crm task done 7 --resolution 'Client sunat, vrea ofertă'
    """
    with app.transaction() as tx:
        moment = parse_option("--at", MOMENT, at, tx.place) or tx.now
        ids = chosen_ids(app, tx, TASK, **chosen)
        services.tasks.done(tx.session, ids, by=tx.person_id, at=moment, resolution=resolution)
        table = tx.read(TASK, *ids)
    app.emit(table, TASK)


@task.command()
@targets
@click.option("--resolution", "--note", metavar="TEXT", help="Why it is dropped.")
@writing_options
@click.pass_obj
def cancel(app: App, /, resolution: str | None, **chosen: Any) -> None:
    """Drop tasks that will not be done.

    Example: crm task cancel 7 --note 'Clientul a renunțat'
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        services.tasks.cancel(tx.session, ids, resolution=resolution)
        table = tx.read(TASK, *ids)
    app.emit(table, TASK)


@task.command()
@targets
@writing_options
@click.pass_obj
def reopen(app: App, /, **chosen: Any) -> None:
    """Take up tasks again that were done or cancelled.

    Example: crm task reopen 7
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        services.tasks.reopen(tx.session, ids)
        table = tx.read(TASK, *ids)
    app.emit(table, TASK)


@task.command()
@targets
@writing_options
@click.pass_obj
def remove(app: App, /, **chosen: Any) -> None:
    """Remove tasks; those that mails or messages refer to are archived.

    Example: crm task remove 7
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        table = tx.read(TASK, *ids)
        archived = services.tasks.remove(tx.session, ids)
    for number in archived:
        app.say(f"task {number} is in use and was archived.")
    app.emit(table, TASK)
