"""`crm account`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.account_merge import duplicates, merge
from crm_cli.options import list_options
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.histories import history_of

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def account() -> None:
    """Companies and sole traders we deal with."""


standard_verbs(account, ACCOUNT)
spreadsheet_verbs(account, ACCOUNT)


@account.command()
@click.argument("reference", metavar="REF")
@list_options
@click.pass_obj
def history(app: App, /, reference: str, **chosen: Any) -> None:
    """List the documents, opportunities, leads, tasks, interactions, mails of an account.

    The newest come first; `crm NOUN show ID` leads on to each of them.

    Example: crm account history RO14399840 --where 'kind in (quote, invoice)'
    """
    view = history_of(app.resolve(ACCOUNT, reference), app.place.zone)
    found = app.select(view, **chosen)
    app.emit(app.say_if_empty(found, "This account has no history."))


account.add_command(duplicates)
account.add_command(merge)
