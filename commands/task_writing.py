"""Adding and changing tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.addressees import assignee as one_assignee
from crm_cli.addressees import assignees
from crm_cli.options import (
    chosen_ids,
    column_options,
    parse_option,
    take,
    targets,
    writing_options,
)
from crm_cli.views.tasks import TASK
from crm_cli.views.term import TERM
from crm_cli.views.types import DATE, TIMED_MOMENT
from schema.task_states import CHANNELS, DAYS_BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crm_cli.app import App
    from crm_cli.transaction import Transaction
    from crm_cli.views.table import Table

DUE = "Date, or date and time: tomorrow, +3d, 2026-11-22, friday@10:00."
BY_HAND = ("subject", "due", "assignee", "remind", "days_before", "memento_at", "description")


def _joined(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    return ",".join(value) if value else None


def _planning(*, adding: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Term, assignee, reminders and note, which are not written as their columns are."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in (
            click.option("--description", "--note", metavar="TEXT", help="What is to be done."),
            click.option("--until", metavar="DATE", help="The last day on which it repeats."),
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
                help="Who is to do it"
                + ("; each one gets a task, a team one for all." if adding else "."),
            ),
            click.option("--due", required=adding, metavar="WHEN", help=DUE),
            column_options(TASK, without=BY_HAND if not adding else (*BY_HAND, "resolution")),
        ):
            command = option(command)
        return command

    return decorate


@click.command()
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
def add(app: App, /, assignee: tuple[str, ...], on_match: str, **given: str | None) -> None:
    """Add a task; for several assignees or a category, one for each.

    Example: crm task add 'Sună la Moldo Trans' --due tomorrow@10:00 --days-before 1
    """
    with app.transaction() as tx:
        values = _values(tx, given)
        owners = assignees(tx, assignee)
        ids = services.tasks.add(tx.session, values, owners, on_match=on_match)
        warnings = services.tasks_warnings.warnings(tx.session, ids)
        table = tx.read(TASK, *ids)
    emit_tasks(app, table, warnings)


@click.command()
@targets
@_planning(adding=False)
@click.option("--subject", metavar="TEXT", help="Subject.")
@writing_options
@click.pass_obj
def edit(app: App, /, assignee: str | None, **given: Any) -> None:
    """Change tasks; a new term or assignee begins the reminders anew.

    Of tasks that repeat only this one is changed, unless --repeat is given.

    Example: crm task edit 7 --due +2d --assignee jan
    """
    chosen = {name: given.pop(name) for name in ("references", "where", "yes")}
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, TASK, **chosen)
        values = _values(tx, given) | _assignee(tx, assignee)
        services.tasks.edit(tx.session, ids, values)
        warnings = services.tasks_warnings.warnings(tx.session, ids)
        table = tx.read(TASK, *ids)
    emit_tasks(app, table, warnings)


def emit_tasks(app: App, table: Table, warnings: Iterable[str]) -> None:
    """Say what to look out for, then what was written."""
    for warning in warnings:
        app.warn(warning)
    app.emit(table, TASK)


def _values(tx: Transaction, given: dict[str, Any]) -> dict[str, Any]:
    """Typed values by attribute; those of `until` and of terms are no columns."""
    by_hand = {name: given.pop(name) for name in ("due", "memento", "until")}
    values = take(tx, TASK, given) | _term(tx, by_hand["due"])
    for flag, attribute, kind in (
        ("memento", "memento_at", TIMED_MOMENT),
        ("until", "until", DATE),
    ):
        text = by_hand[flag]
        if text is not None:
            values[attribute] = parse_option(f"--{flag}", kind, text or None, tx.place)
    return values


def _term(tx: Transaction, text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    day, moment = parse_option("--due", TERM, text, tx.place)
    return {"due_on": day, "due_at": moment}


def _assignee(tx: Transaction, word: str | None) -> dict[str, Any]:
    if word is None:
        return {}
    return services.tasks.given_to(*(one_assignee(tx, word) if word else (None, None)))
