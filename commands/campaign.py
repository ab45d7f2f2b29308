"""`crm campaign`."""

from __future__ import annotations

import click

from commands import campaign_links, campaign_members, campaign_returns
from crm_cli.verbs import standard_verbs
from crm_cli.views.campaigns import CAMPAIGN


@click.group()
def campaign() -> None:
    """Marketing campaigns: members, linked documents, returns."""


standard_verbs(campaign, CAMPAIGN)
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
