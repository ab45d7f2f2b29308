"""`crm operation`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.task_writing import emit_tasks
from crm_cli import services
from crm_cli.addressees import assignees
from crm_cli.options import (
    chosen_ids,
    column_options,
    output_options,
    parse_option,
    take,
    targets,
    writing_options,
)
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.nesting import nested
from crm_cli.views.operations import OPERATION, OPERATION_STEP
from crm_cli.views.tasks import TASK
from crm_cli.views.types import DATE

if TYPE_CHECKING:
    from crm_cli.app import App

LINKS = ("account", "contact", "lead", "opportunity", "document", "campaign")
step_option = click.option(
    "--step",
    multiple=True,
    metavar="'SUBJECT;OFFSET[;ASSIGNEE[;DURATION[;PRIORITY]]]'",
    help="A task of the bundle; its term is +3d, +2wd (working days) or +1w after the first day,"
    " with a time +3d@10:00; may be repeated.",
)


@click.group()
def operation() -> None:
    """Bundles of tasks that are made together, with their terms."""


standard_verbs(operation, OPERATION, "list", "remove")
spreadsheet_verbs(operation, nested(OPERATION))


@operation.command()
@column_options(OPERATION, adding=True)
@step_option
@click.option(
    "--on-match",
    type=click.Choice(["fail", "update", "skip"]),
    default="fail",
    help="What to do when the external id is there already.",
)
@writing_options
@click.pass_obj
def add(app: App, /, step: tuple[str, ...], on_match: str, **values: str | None) -> None:
    """Add an operation with its steps.

    Example: crm operation add --code client-nou --name-en 'New client' --step 'Bun venit;+0d'
    """
    from crm_cli.step_options import steps_of

    with app.transaction() as tx:
        taken, steps = take(tx, OPERATION, values), steps_of(tx, step)
        number = services.operations.add(tx.session, taken, steps, on_match=on_match)
        table = tx.read(OPERATION, number)
    app.emit(table, OPERATION)


@operation.command()
@targets
@column_options(OPERATION)
@step_option
@writing_options
@click.pass_obj
def edit(app: App, /, step: tuple[str, ...], **given: Any) -> None:
    """Change operations; steps that are given take the place of all there were.

    Example: crm operation edit client-nou --step 'Bun venit;+0d' --step 'Vizită;+5wd@10:00;;2h'
    """
    from crm_cli.step_options import steps_of

    chosen = {name: given.pop(name) for name in ("references", "where", "yes")}
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, OPERATION, **chosen)
        taken, steps = take(tx, OPERATION, given), steps_of(tx, step)
        services.operations.edit(tx.session, ids, taken, steps)
        table = tx.read(OPERATION, *ids)
    app.emit(table, OPERATION)


@operation.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show one operation with its steps.

    Example: crm operation show client-nou
    """
    table = app.read(OPERATION, reference)
    number = table.values()["id"]
    table.parts = {"steps": app.part(OPERATION_STEP, "s.operation_id = ?", number, sort="position")}
    app.emit(table, OPERATION)


@operation.command()
@click.argument("reference", metavar="REF")
@click.option(
    "--to", multiple=True, metavar="EMP|@TEAM|%CATEGORY", help="Who is to do it; me unless given."
)
@click.option("--start", metavar="DATE", help="First day; today unless given.")
@column_options(TASK, only=LINKS)
@click.option("--external-id", metavar="TEXT", help="Key of this assignment in another system.")
@click.option(
    "--on-match",
    type=click.Choice(["fail", "skip"]),
    default="fail",
    help="What to do when it was assigned under this external id already.",
)
@writing_options
@click.pass_obj
def assign(app: App, /, reference: str, to: tuple[str, ...], **given: Any) -> None:
    """Make all tasks of an operation, with their terms; everyone named gets each of them.

    Steps with an assignee of their own are made once.

    Example: crm operation assign client-nou --to ana --to @service --start monday --account 7
    """
    with app.transaction() as tx:
        number = tx.resolve(OPERATION, reference)
        links = {name: given[name] for name in LINKS}
        assignment = services.operations_assigning.Assignment(
            owners=assignees(tx, to or ["me"]),
            start=parse_option("--start", DATE, given["start"], tx.place) or tx.place.today,
            links=take(tx, TASK, links),
            external_id=given["external_id"],
            on_match=given["on_match"],
        )
        ids = services.operations_assigning.assign(tx.session, number, assignment)
        warnings = services.tasks_warnings.warnings(tx.session, ids)
        table = tx.read(TASK, *ids)
    emit_tasks(app, table, warnings)
