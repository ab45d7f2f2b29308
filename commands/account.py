"""`crm account`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.views.accounts import ACCOUNT


@click.group()
def account() -> None:
    """Companies and sole traders we deal with."""


standard_verbs(account, ACCOUNT)
