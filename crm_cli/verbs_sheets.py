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
    verbs = (import_command(view.noun), export_command(view), template_command(view.noun))
    for command in verbs:
        command.help = (command.help or "").replace(f"crm {view.noun} ", f"crm {view.words} ")
        group.add_command(command)
