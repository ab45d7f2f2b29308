"""The verbs every noun has: list, show, add, edit, remove, made from its view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.options import (
    chosen_ids,
    column_options,
    flag_of,
    list_options,
    metavar_of,
    output_options,
    take,
    targets,
    writing_options,
)

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.views.view import View

on_match_option = click.option(
    "--on-match",
    type=click.Choice(["fail", "update", "skip"]),
    default="fail",
    help="What to do when the external id is there already.",
)

STANDARD = ("list", "show", "add", "edit", "remove")


def standard_verbs(group: click.Group, view: View, *verbs: str) -> None:
    """Give a group the standard verbs, or only those named."""
    for verb in verbs or STANDARD:
        group.add_command(MAKERS[verb](view))


def list_command(view: View) -> click.Command:
    """`crm NOUN list`."""

    @click.command("list", help=f"List {view.noun} records.\n\nExample: crm {view.noun} list")
    @list_options
    @click.pass_obj
    def command(app: App, /, **chosen: Any) -> None:
        table = app.select(view, **chosen)
        app.emit(app.say_if_empty(table, f"No {view.noun} matches."))

    return command


def show_command(view: View) -> click.Command:
    """`crm NOUN show REF`."""

    @click.command("show", help=f"Show one {view.noun}.\n\nExample: crm {view.noun} show 1")
    @click.argument("reference", metavar="REF")
    @output_options
    @click.pass_obj
    def command(app: App, reference: str) -> None:
        app.emit(app.read(view, reference), view)

    return command


def add_command(view: View) -> click.Command:
    """`crm NOUN add`."""

    @click.command("add", help=f"Add one {view.noun}.\n\nExample: {_example('add', view)}")
    @column_options(view, adding=True)
    @on_match_option
    @writing_options
    @click.pass_obj
    def command(app: App, /, on_match: str, **values: str | None) -> None:
        with app.transaction() as tx:
            taken = take(tx, view, values)
            added = services.records.add(tx.session, view, taken, on_match=on_match)
            warnings = services.records.warnings(tx.session, view, [added])
            table = tx.read(view, added)
        for warning in warnings:
            app.warn(warning)
        app.emit(table, view)

    return command


def edit_command(view: View) -> click.Command:
    """`crm NOUN edit REF...`."""

    @click.command(
        "edit",
        help=f"Change {view.noun} records; an empty value clears."
        f"\n\nExample: {_example('edit 1', view)}",
    )
    @targets
    @column_options(view)
    @writing_options
    @click.pass_obj
    def command(
        app: App,
        /,
        references: tuple[str, ...],
        where: tuple[str, ...],
        yes: bool,
        **values: str | None,
    ) -> None:
        with app.transaction() as tx:
            ids = chosen_ids(app, tx, view, references, where=where, yes=yes)
            services.records.edit(tx.session, view, ids, take(tx, view, values))
            warnings = services.records.warnings(tx.session, view, ids)
            table = tx.read(view, *ids)
        for warning in warnings:
            app.warn(warning)
        app.emit(table, view)

    return command


def remove_command(view: View) -> click.Command:
    """`crm NOUN remove REF...`."""

    @click.command(
        "remove",
        help=f"Remove {view.noun} records; those in use are archived."
        f"\n\nExample: crm {view.noun} remove 1",
    )
    @targets
    @writing_options
    @click.pass_obj
    def command(
        app: App, /, references: tuple[str, ...], where: tuple[str, ...], yes: bool
    ) -> None:
        with app.transaction() as tx:
            ids = chosen_ids(app, tx, view, references, where=where, yes=yes)
            table = tx.read(view, *ids)
            archived = services.records.remove(tx.session, view, ids)
            warnings = services.records.left_behind(tx.session, view, archived)
        for number in archived:
            app.say(f"{view.noun} {number} is in use and was archived.")
        for warning in warnings:
            app.warn(warning)
        app.emit(table, view)

    return command


def _example(verb: str, view: View) -> str:
    """A command with the options that must be given, else with the first one there is."""
    chosen = [column for column in view.editable if column.required] or view.editable[:1]
    options = (f"{flag_of(column)} {metavar_of(column)}" for column in chosen)
    return f"crm {view.noun} {verb} {' '.join(options)}"


MAKERS = {
    "list": list_command,
    "show": show_command,
    "add": add_command,
    "edit": edit_command,
    "remove": remove_command,
}
