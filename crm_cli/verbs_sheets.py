"""The verbs by which a noun goes to spreadsheets and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.verbs_export import export_command
from crm_cli.verbs_import import import_command
from crm_cli.verbs_template import template_command

if TYPE_CHECKING:
    import click

    from crm_cli.views.view import View


def spreadsheet_verbs(group: click.Group, view: View) -> None:
    """Give a group the verbs that read and write files of rows."""
    group.add_command(import_command(view.noun))
    group.add_command(export_command(view))
    group.add_command(template_command(view.noun))
