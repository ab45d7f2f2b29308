"""`crm outbox`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.options import chosen_ids, output_options, targets, writing_options
from crm_cli.verbs import standard_verbs
from crm_cli.views.outbox import OUTBOX
from crm_cli.views.outbox_attempts import OUTBOX_ATTEMPT

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

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
def retry(app: App, /, **chosen: Any) -> None:
    """Queue mails again: failed, cancelled, put off, or held because they may have left.

    Example: crm outbox retry --where 'status = failed' --yes
    """
    _decide(app, services.outbox.decisions.retry, **chosen)


@outbox.command()
@targets
@writing_options
@click.pass_obj
def cancel(app: App, /, **chosen: Any) -> None:
    """Keep mails that have not left from leaving.

    Example: crm outbox cancel 17
    """
    _decide(app, services.outbox.decisions.cancel, **chosen)


@outbox.command()
@targets
@writing_options
@click.pass_obj
def sent(app: App, /, **chosen: Any) -> None:
    """Say that mails have arrived which were held, given up or put off.

    Example: crm outbox sent 17
    """
    _decide(app, partial(services.outbox.decisions.mark_sent, by=app.person.login), **chosen)


def _decide(app: App, decide: Callable[[Session, list[int]], None], **chosen: Any) -> None:
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, OUTBOX, **chosen)
        decide(tx.session, ids)
        table = tx.read(OUTBOX, *ids)
    app.emit(table, OUTBOX)
