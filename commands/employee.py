"""`crm employee`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.employees import EMPLOYEE


@click.group()
def employee() -> None:
    """People of our own company; those with a login are users."""


standard_verbs(employee, EMPLOYEE)
spreadsheet_verbs(employee, EMPLOYEE)
