"""`crm mail-account`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.options import (
    chosen_ids,
    column_options,
    output_options,
    take,
    targets,
    writing_options,
)
from crm_cli.sending.mail_passwords import follow, forget, ways
from crm_cli.verbs import on_match_option, standard_verbs
from crm_cli.views.mail_accounts import MAIL_ACCOUNT

if TYPE_CHECKING:
    from crm_cli.app import App

FLAG = "--password-command"

password_option = click.option(
    FLAG,
    "command",
    metavar="COMMAND",
    help="Prints the password; kept in the settings file, empty takes it out.",
)


@click.group("mail-account")
def mail_account() -> None:
    """Servers and logins by which mail leaves: the company's and employees' own."""


standard_verbs(mail_account, MAIL_ACCOUNT, "list", "show")


@mail_account.command()
@click.argument("name")
@column_options(MAIL_ACCOUNT, adding=True, without=("name",))
@password_option
@on_match_option
@writing_options
@click.pass_obj
def add(app: App, /, command: str | None, on_match: str, **values: str | None) -> None:
    """Add a mail account.

    Example: crm mail-account add office --url smtps://crm@mail.company.example --default
    """
    hide(app, command)
    with app.transaction() as tx:
        taken = take(tx, MAIL_ACCOUNT, values)
        added = services.records.add(tx.session, MAIL_ACCOUNT, taken, on_match=on_match)
        table = tx.read(MAIL_ACCOUNT, added)
        said = follow(app, {}, ways(tx.reader, [added]), command)
    say(app, said)
    app.emit(table, MAIL_ACCOUNT)


@mail_account.command()
@targets
@column_options(MAIL_ACCOUNT)
@password_option
@writing_options
@click.pass_obj
def edit(
    app: App,
    /,
    references: tuple[str, ...],
    where: tuple[str, ...],
    yes: bool,
    command: str | None,
    **values: str | None,
) -> None:
    """Change mail accounts; an empty value clears.

    The settings file follows a new name or URL where it has the password's command.

    Example: crm mail-account edit ana --password-command 'pass crm/ana'
    """
    hide(app, command)
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, MAIL_ACCOUNT, references, where=where, yes=yes)
        before = ways(tx.reader, ids)
        taken = take(tx, MAIL_ACCOUNT, values)
        if taken or command is None:
            services.records.edit(tx.session, MAIL_ACCOUNT, ids, taken)
        else:
            services.mail_accounts.note_password(tx.session, ids)
        table = tx.read(MAIL_ACCOUNT, *ids)
        said = follow(app, before, ways(tx.reader, ids), command)
    say(app, said)
    app.emit(table, MAIL_ACCOUNT)


@mail_account.command()
@targets
@writing_options
@click.pass_obj
def remove(app: App, references: tuple[str, ...], where: tuple[str, ...], yes: bool) -> None:
    """Remove mail accounts and what the settings file has of them.

    What was to leave by one leaves by the default account.

    Example: crm mail-account remove ana
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, MAIL_ACCOUNT, references, where=where, yes=yes)
        table = tx.read(MAIL_ACCOUNT, *ids)
        gone = ways(tx.reader, ids)
        said = services.mail_accounts.remove(tx.session, ids)
        said += forget(app, gone)
    say(app, said)
    app.emit(table, MAIL_ACCOUNT)


@mail_account.command()
@click.argument("reference", metavar="[NAME]", required=False)
@click.option("--to", required=True, metavar="ADDRESS", help="Who gets the mail.")
@output_options
@click.pass_obj
def test(app: App, reference: str | None, to: str) -> None:
    """Log in, send one mail at once, and print what the server says.

    Without a name, by the way the company's mail leaves. The outbox is not asked.

    Example: crm mail-account test office --to me@company.example
    """
    from crm_cli.sending.mail_trial import try_account

    number = None if reference is None else app.resolve(MAIL_ACCOUNT, reference)
    app.emit(try_account(app, number, to))


def hide(app: App, command: str | None) -> None:
    """Leave the command that prints a password out of what the audit keeps of this command."""
    if not command:
        return
    words = shlex.split(app.command)
    shown = ("***" if word == command else word for word in words)
    app.command = shlex.join(
        f"{FLAG}=***" if word == f"{FLAG}={command}" else word for word in shown
    )


def say(app: App, sentences: list[str]) -> None:
    """Tell what a command did beside its record."""
    for sentence in sentences:
        app.say(sentence)
