"""`crm reason`, `crm cycle` and the other catalogues: short lists the company defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views import catalogues

if TYPE_CHECKING:
    from crm_cli.views.view import View


def _group(view: View, summary: str) -> click.Group:
    group = click.Group(view.noun, help=summary)
    standard_verbs(group, view)
    spreadsheet_verbs(group, view)
    return group


cycle = _group(catalogues.CYCLE, "Sales cycles: each is a way of selling, with its stages.")
reason = _group(catalogues.REASON, "Why opportunities are lost and leads refused.")
series = _group(catalogues.SERIES, "Books of numbers for documents, without gaps.")
stage = _group(catalogues.STAGE, "Stages of the sales cycles, with potential and probability.")
status = _group(catalogues.STATUS, "Where a campaign stands, in the company's own words.")
tax = _group(catalogues.TAX, "VAT rates.")
team = _group(catalogues.TEAM, "Sales and service teams.")
