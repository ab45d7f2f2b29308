"""Finishing, dropping, reopening and removing tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.task_writing import emit_tasks
from crm_cli import services
from crm_cli.options import chosen_ids, parse_option, targets, writing_options
from crm_cli.views.tasks import TASK
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.transaction import Transaction
    from crm_cli.views.table import Table


@click.command()
@targets
@click.option("--resolution", "--note", metavar="TEXT", help="How it was solved.")
@click.option("--at", metavar="WHEN", help="When it was done; now unless given.")
@writing_options
@click.pass_obj
def done(app: App, /, resolution: str | None, at: str | None, **chosen: Any) -> None:
    """Finish tasks; of one that repeats the next one is made.

    Example: crm task done 7 --resolution 'Client sunat, vrea ofertă'
    """
    with app.transaction() as tx:
        moment = parse_option("--at", MOMENT, at, tx.place) or tx.now
        ids = chosen_ids(app, tx, TASK, **chosen)
        following = services.tasks.done(
            tx.session, ids, by=tx.person_id, at=moment, resolution=resolution
        )
        table, later = tx.read(TASK, *ids), _following(tx, following)
    _emit(app, table, later)


@click.command()
@targets
@click.option("--resolution", "--note", metavar="TEXT", help="Why it is dropped.")
@writing_options
@click.pass_obj
def cancel(app: App, /, resolution: str | None, **chosen: Any) -> None:
    """Drop tasks that will not be done; of one that repeats the next one is made.

    Example: crm task cancel 7 --note 'Clientul a renunțat'
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        following = services.tasks.cancel(tx.session, ids, by=tx.person_id, resolution=resolution)
        table, later = tx.read(TASK, *ids), _following(tx, following)
    _emit(app, table, later)


@click.command()
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


@click.command()
@targets
@writing_options
@click.pass_obj
def remove(app: App, /, **chosen: Any) -> None:
    """Remove tasks; those that mails or messages refer to are archived.

    One that repeats ends with it: `crm task cancel` drops one of a series and goes on.

    Example: crm task remove 7
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        table = tx.read(TASK, *ids)
        ended = services.tasks_repeating.ends_with(tx.session, ids)
        archived = services.tasks.remove(tx.session, ids)
    for number in ended:
        app.say(f"task {number} no longer repeats.")
    for number in archived:
        app.say(f"task {number} is in use and was archived.")
    app.emit(table, TASK)


def _following(tx: Transaction, ids: list[int]) -> tuple[list[str], list[str]]:
    """What to say of the next tasks of series, and what to look out for."""
    if not ids:
        return [], []
    tasks = tx.read(TASK, *ids)
    places = [tasks.columns.index(TASK.by_name[name]) for name in ("id", "due")]
    said = [
        "The next one is task {}, due {}.".format(*(row[i] for i in places)) for row in tasks.rows
    ]
    return said, services.tasks_warnings.warnings(tx.session, ids)


def _emit(app: App, table: Table, later: tuple[list[str], list[str]]) -> None:
    for line in later[0]:
        app.say(line)
    emit_tasks(app, table, later[1])
