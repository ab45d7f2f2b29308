"""`crm site`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_import import export_command, import_command
from crm_cli.views.sites import SITE


@click.group()
def site() -> None:
    """Offices and work points of accounts."""


standard_verbs(site, SITE)
site.add_command(import_command("site"))
site.add_command(export_command(SITE))
