"""`crm doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.errors import CrmError
from crm_cli.options import output_options
from crm_cli.views.health import table

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command()
@output_options
@click.pass_obj
def doctor(app: App) -> None:
    """Look for what is wrong, or soon will be, with this installation.

    A warning is no failure; with a failure the exit code is 1.

    Example: crm doctor || crm doctor --format json | mail -s 'crm' admin
    """
    findings = services.health.examination.examine(app)
    app.emit(table(findings))
    failed = [finding.check for finding in findings if finding.level == "fail"]
    if failed:
        raise CrmError(f"The doctor found a fault: {', '.join(failed)}.")
