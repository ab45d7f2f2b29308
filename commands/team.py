"""`crm team`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.views.teams import TEAM


@click.group()
def team() -> None:
    """Sales and service teams."""


standard_verbs(team, TEAM)
