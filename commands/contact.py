"""`crm contact`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_import import export_command, import_command
from crm_cli.views.contacts import CONTACT


@click.group()
def contact() -> None:
    """People we deal with, of an account or alone."""


standard_verbs(contact, CONTACT)
contact.add_command(import_command("contact"))
contact.add_command(export_command(CONTACT))
