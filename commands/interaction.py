"""`crm interaction`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.interactions import INTERACTION


@click.group()
def interaction() -> None:
    """Notes, calls, mails, visits: every communication with accounts and contacts.

    Example: crm interaction add --account 'Moldo Trans' --kind call --subject 'Vrea ofertă'
    """


standard_verbs(interaction, INTERACTION)
spreadsheet_verbs(interaction, INTERACTION)
