"""`crm site`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.sites import SITE


@click.group()
def site() -> None:
    """Offices and work points of accounts."""


standard_verbs(site, SITE)
spreadsheet_verbs(site, SITE)
