"""`crm inbox`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.addressees import recipients
from crm_cli.options import chosen_ids, list_options, targets, writing_options
from crm_cli.views.messages import MESSAGE

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group(invoke_without_command=True)
@list_options
@click.pass_context
def inbox(ctx: click.Context, /, **chosen: Any) -> None:
    """Messages to me; without a verb, those I have not read.

    Example: crm inbox
    """
    if ctx.invoked_subcommand is None:
        _show(ctx.obj, **chosen)


@inbox.command("list")
@list_options
@click.pass_obj
def list_(app: App, /, **chosen: Any) -> None:
    """List my unread messages; with --all those I have read too.

    Example: crm inbox list --all --where 'received_at > -7d'
    """
    _show(app, **chosen)


def _show(app: App, **chosen: Any) -> None:
    table = app.select(MESSAGE, also="m.employee_id = ?", also_values=(app.me,), **chosen)
    app.emit(app.say_if_empty(table, "No message matches."))


@inbox.command()
@targets
@writing_options
@click.pass_obj
def read(app: App, /, **chosen: Any) -> None:
    """Show messages and mark them as read.

    Example: crm inbox list -q | crm inbox read -
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, MESSAGE, **chosen)
        services.messages.mark_read(tx.session, ids, employee_id=app.me)
        table = tx.read(MESSAGE, *ids)
    app.emit(table, MESSAGE)


@inbox.command()
@click.argument("text")
@click.option(
    "--to",
    "words",
    multiple=True,
    required=True,
    metavar="EMP|@TEAM|%CATEGORY",
    help="Who gets it; may be repeated.",
)
@writing_options
@click.pass_obj
def send(app: App, text: str, words: tuple[str, ...]) -> None:
    """Send a message to employees, teams, categories.

    Example: crm inbox send 'Ședință la 15' --to @vanzari --to maria
    """
    with app.transaction() as tx:
        sent = services.messages.send(
            tx.session,
            recipients=recipients(tx, words),
            sender=services.messages.name_of(tx.session, app.me),
            text=text,
        )
        table = tx.read(MESSAGE, *(one.key for one in sent))
    app.emit(table, MESSAGE)
