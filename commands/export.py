"""`crm export`: everything to one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_cli.options import format_option
from crm_cli.verbs_export import language_option, tell_written

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def export() -> None:
    """Write everything to one file. One noun alone: `crm account export FILE`."""


@export.command("all")
@click.argument("path", metavar="FILE")
@language_option
@format_option
@click.pass_obj
def all_(app: App, path: str, language: str | None) -> None:
    """Write every record to a workbook, a sheet a noun, or to one .json.

    Archived records too, and all as they were at one moment.

    Example: crm export all company.xlsx
    """
    from crm_cli.exporting import export_all

    tell_written(app, export_all(app, Path(path), language or app.person.language), path)
