"""`crm campaign`."""

from __future__ import annotations

import click

from commands import campaign_links, campaign_members, campaign_returns
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.campaigns import CAMPAIGN
from crm_cli.views.nesting import nested


@click.group()
def campaign() -> None:
    """Marketing campaigns: members, linked documents, returns."""


standard_verbs(campaign, CAMPAIGN)
spreadsheet_verbs(campaign, nested(CAMPAIGN))
for command in (
    campaign_members.member,
    campaign_members.respond,
    campaign_members.generate,
    campaign_links.link,
    campaign_links.unlink,
    campaign_links.links,
    campaign_returns.returns,
):
    campaign.add_command(command)
