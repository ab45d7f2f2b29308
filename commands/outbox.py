"""`crm outbox`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.options import chosen_ids, output_options, targets, writing_options
from crm_cli.verbs import standard_verbs
from crm_cli.views.outbox import OUTBOX
from crm_cli.views.outbox_attempts import OUTBOX_ATTEMPT

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def outbox() -> None:
    """Mail that is to leave, and the log of what has left."""


standard_verbs(outbox, OUTBOX, "list")


@outbox.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show one mail, and each attempt at it: when, by which account, what the server said.

    Example: crm outbox show 17
    """
    table = app.read(OUTBOX, reference)
    number = table.values()["id"]
    history = app.part(OUTBOX_ATTEMPT, "t.outbox_id = ?", number, sort="since")
    table.parts = {"history": history} if history.rows else {}
    app.emit(table, OUTBOX)


@outbox.command()
@targets
@writing_options
@click.pass_obj
def retry(app: App, references: tuple[str, ...], where: tuple[str, ...], yes: bool) -> None:
    """Queue mails again: failed, cancelled, put off, or held because they may have left.

    Example: crm outbox retry --where 'status = failed' --yes
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, OUTBOX, references, where=where, yes=yes)
        services.outbox.decisions.retry(tx.session, ids)
        table = tx.read(OUTBOX, *ids)
    app.emit(table, OUTBOX)


@outbox.command()
@targets
@writing_options
@click.pass_obj
def cancel(app: App, references: tuple[str, ...], where: tuple[str, ...], yes: bool) -> None:
    """Keep mails that have not left from leaving.

    Example: crm outbox cancel 17
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, OUTBOX, references, where=where, yes=yes)
        services.outbox.decisions.cancel(tx.session, ids)
        table = tx.read(OUTBOX, *ids)
    app.emit(table, OUTBOX)


@outbox.command()
@targets
@writing_options
@click.pass_obj
def sent(app: App, references: tuple[str, ...], where: tuple[str, ...], yes: bool) -> None:
    """Say that mails have arrived which were held, given up or put off.

    Example: crm outbox sent 17
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, OUTBOX, references, where=where, yes=yes)
        services.outbox.decisions.mark_sent(tx.session, ids, by=app.person.login)
        table = tx.read(OUTBOX, *ids)
    app.emit(table, OUTBOX)
