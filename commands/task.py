"""`crm task`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.task_calendar import ics
from commands.task_steps import cancel, done, remove, reopen
from commands.task_writing import add, edit
from crm_cli.options import list_options, output_options
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.attachments import ATTACHMENT
from crm_cli.views.task_parts import REMINDER, repetition
from crm_cli.views.task_scopes import SCOPES, together
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App


@click.group()
def task() -> None:
    """Work for employees and teams, with a term and reminders."""


spreadsheet_verbs(task, TASK)
for command in (add, edit, done, cancel, reopen, remove, ics):
    task.add_command(command)


@task.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show one task: how it repeats, whom it has reminded, the files of its mails.

    Example: crm task show 1
    """
    table = app.read(TASK, reference)
    values = table.values()
    number = values["id"]
    parts = {
        "repeats": repetition(values, app.place),
        "reminders": app.part(REMINDER, "r.subject_id = ?", number, sort="due_at"),
        "files": app.part(ATTACHMENT, "x.task_id = ?", number),
    }
    table.parts = {name: part for name, part in parts.items() if part and part.rows}
    app.emit(table, TASK)


def _scopes(command: Callable[..., None]) -> Callable[..., None]:
    for name, scope in reversed(SCOPES.items()):
        command = click.option(f"--{name}", is_flag=True, help=scope.help)(command)
    return command


@task.command("list")
@_scopes
@list_options
@click.pass_obj
def list_(app: App, /, sort: str, **chosen: Any) -> None:
    """List tasks of everyone, or those that are for me, from me, or answered.

    Example: crm task list --for-me --where 'status = open' --where 'due < +7d'
    """
    view, scopes = TASK, [one for name, one in SCOPES.items() if chosen.pop(name.replace("-", "_"))]
    if scopes:
        condition, values = together(scopes, app.reader, app.me, app.place.today)
        chosen |= {"also": condition, "also_values": values}
        view, sort = scopes[-1].view, sort or scopes[-1].sort
    app.emit(app.say_if_empty(app.select(view, sort=sort, **chosen), "No task matches."))
