"""`crm account`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_import import export_command, import_command
from crm_cli.views.accounts import ACCOUNT


@click.group()
def account() -> None:
    """Companies and sole traders we deal with."""


standard_verbs(account, ACCOUNT)
account.add_command(import_command("account"))
account.add_command(export_command(ACCOUNT))
