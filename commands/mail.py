"""`crm mail`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.mail_importing import import_, task_option
from crm_cli import services
from crm_cli.errors import NotFound
from crm_cli.options import (
    chosen_ids,
    list_options,
    output_options,
    targets,
    writing_options,
)
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.attachments import ATTACHMENT
from crm_cli.views.mail_imports import matching
from crm_cli.views.mails import ACCOUNTS, CONCERNED, MAIL, SOURCE_BYTES, SOURCES, UNMATCHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App


@click.group()
def mail() -> None:
    """Mail exported from Outlook and Thunderbird: imported, matched, filed."""


mail.add_command(import_)


def _queue_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--unmatched", is_flag=True, help="Only mail of which nobody knows whose it is."
    )(command)


@mail.command("list")
@_queue_option
@click.option("--account", help="Only mail that concerns this account, its own or another's.")
@list_options
@click.pass_obj
def list_(app: App, /, *, unmatched: bool, account: str | None, **chosen: Any) -> None:
    """List imported mail, the newest first.

    Example: crm mail list --unmatched --where 'automatic = no'
    """
    also = [UNMATCHED] if unmatched else []
    if account:
        also.append(CONCERNED)
        chosen["also_values"] = (app.resolve(ACCOUNT, account),)
    chosen["also"] = " AND ".join(also)
    table = app.select(MAIL, **chosen)
    app.emit(app.say_if_empty(table, "No mail matches."))


@mail.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show one mail, whom it concerns, its files, and where copies were found and how read.

    Example: crm mail show 12
    """
    table = app.read(MAIL, reference)
    number = table.values()["id"]
    parts = {
        "accounts": app.part(ACCOUNTS, "i.mail_id = ?", number),
        "files": app.part(ATTACHMENT, "x.mail_id = ?", number),
        "sources": app.part(SOURCES, "q.mail_id = ?", number),
    }
    table.parts = {name: part for name, part in parts.items() if part.rows}
    app.emit(table, MAIL)


@mail.command()
@click.argument("reference", metavar="REF")
@click.option("--copy", type=int, metavar="ID", help="Of which of its sources; else the first.")
@click.pass_obj
def source(app: App, reference: str, copy: int | None) -> None:
    """Print a mail as it lay in its file; exported text in UTF-8.

    Example: crm mail source 12 > 12.eml
    """
    number = app.read(MAIL, reference).values()["id"]
    raw = app.reader.value(SOURCE_BYTES, (number, copy or 0, copy or 0))
    if raw is None:
        raise NotFound(f"Mail {number} has no source {copy}.", hint=f"crm mail show {number}")
    click.echo(bytes(raw), nl=False)


@mail.command()
@click.argument("reference", metavar="REF")
@click.argument("account", metavar="ACCOUNT")
@task_option
@writing_options
@click.pass_obj
def assign(app: App, reference: str, account: str, *, with_tasks: bool | None) -> None:
    """Say whose mail it is; its address is remembered, waiting mail of it follows.

    Example: crm mail assign 12 'Moldo Trans'
    """
    with app.transaction() as tx:
        ids = services.mail.assignment.assign(
            tx.session,
            tx.resolve(MAIL, reference),
            tx.resolve(ACCOUNT, account),
            with_tasks=with_tasks,
        )
        table = tx.read(MAIL, *ids)
    app.emit(table, MAIL)


@mail.command()
@targets
@writing_options
@click.pass_obj
def remove(app: App, /, **chosen: Any) -> None:
    """Archive mails, with their places in the history; they stay known.

    Importing them again does not bring them back; `crm undo` does. A whole import is taken back by
    `crm import undo`, which leaves nothing of it.

    Example: crm mail remove 12
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, MAIL, **chosen)
        table = tx.read(MAIL, *ids)
        tasks = services.mail.removal.archive(tx.session, ids)
    what, it = (f"{len(ids)} mails were", "them") if len(ids) > 1 else ("The mail was", "it")
    app.say(f"{what} archived: another import does not bring {it} back, crm undo does.")
    for number in tasks:
        app.say(f"Task {number} stays open: crm task remove {number}")
    app.emit(table, MAIL)


@mail.command()
@task_option
@writing_options
@click.pass_obj
def match(app: App, *, with_tasks: bool | None) -> None:
    """Match all mail that waits with whom is known now.

    A new contact, site or account finds its mail by itself; this is for what was said late
    otherwise: who our employees are, which domain is ours.

    Example: crm mail match
    """
    with app.transaction() as tx:
        matched = services.mail.matching.match_all(tx.session, with_tasks=with_tasks)
    if not app.choices.quiet:
        app.emit(matching(matched))
