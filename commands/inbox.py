"""`crm inbox`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.addressees import recipients
from crm_cli.options import chosen_ids, list_options, targets, writing_options
from crm_cli.views.messages import MESSAGE, SENT, received

if TYPE_CHECKING:
    from crm_cli.app import App


LIST_OPTIONS = partial(list_options, archived="Those I have read too.")


@click.group(invoke_without_command=True)
@LIST_OPTIONS
@click.pass_context
def inbox(ctx: click.Context, /, **chosen: Any) -> None:
    """Messages to me; without a verb, those I have not read.

    Example: crm inbox
    """
    if ctx.invoked_subcommand is None:
        _show(ctx.obj, **chosen)


@inbox.command("list")
@click.option("--sent", is_flag=True, help="Those I sent, and when they were read.")
@LIST_OPTIONS
@click.pass_obj
def list_(app: App, /, sent: bool, **chosen: Any) -> None:
    """List my unread messages; with --all those I have read too.

    Example: crm inbox list --all --where 'received_at > -7d'
    """
    _show(app, sent=sent, **chosen)


def _show(app: App, *, sent: bool = False, **chosen: Any) -> None:
    view, whose = (SENT, "m.sender_id = ?") if sent else (MESSAGE, "m.employee_id = ?")
    table = app.select(view, also=whose, also_values=(app.me,), **chosen)
    app.emit(app.say_if_empty(table, "No message matches."))


@inbox.command()
@targets
@writing_options
@click.pass_obj
def read(app: App, /, references: tuple[str, ...], where: tuple[str, ...], yes: bool) -> None:
    """Show messages and mark them as read; without a REF, all I have not read.

    Example: crm inbox read
    """
    everything = not references and not where
    with app.transaction() as tx:
        unread = received(app.me, read=False)
        chosen = ("id > 0",) if everything else where
        ids = chosen_ids(app, tx, unread, references, where=chosen, yes=yes or everything)
        services.messages.mark_read(tx.session, ids, employee_id=app.me)
        table = tx.read(MESSAGE, *ids)
    app.emit(app.say_if_empty(table, "There is nothing to read."), MESSAGE)


@inbox.command()
@targets
@writing_options
@click.pass_obj
def unread(app: App, /, **chosen: Any) -> None:
    """Let messages wait again, as if they had not been read.

    Example: crm inbox unread 7
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, received(app.me, read=True), **chosen)
        services.messages.mark_unread(tx.session, ids, employee_id=app.me)
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
        sent = services.messages.write(
            tx.session, recipients=recipients(tx, words), author_id=app.me, text=text
        )
        warnings = services.messages.without_login(tx.session, sent)
        table = tx.read(SENT, *(one.key for one in sent))
    for warning in warnings:
        app.warn(warning)
    app.emit(table, SENT)


@inbox.command()
@click.argument("reference", metavar="REF")
@click.argument("text")
@writing_options
@click.pass_obj
def reply(app: App, reference: str, text: str) -> None:
    """Answer a message; it is quoted, and counts as read.

    Example: crm inbox reply 7 'Vin la 15'
    """
    with app.transaction() as tx:
        number = tx.resolve(MESSAGE, reference)
        sent = services.messages.reply(tx.session, number, employee_id=app.me, text=text)
        table = tx.read(SENT, sent.key)
    app.emit(table, SENT)
