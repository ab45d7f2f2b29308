"""`crm contact`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.contacts import CONTACT


@click.group()
def contact() -> None:
    """People we deal with, of an account or alone."""


standard_verbs(contact, CONTACT)
spreadsheet_verbs(contact, CONTACT)
