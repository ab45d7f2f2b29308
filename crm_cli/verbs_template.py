"""`crm NOUN template`: a workbook to fill in and import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import views
from crm_cli.errors import UsageError
from crm_cli.languages import LANGUAGES

if TYPE_CHECKING:
    from crm_cli.app import App


def template_command(noun: str) -> click.Command:
    """`crm NOUN template FILE.xlsx`."""

    @click.command(
        "template",
        help="Write a workbook to fill in: headings with notes, drop-down lists, an example."
        f"\n\nExample: crm {noun} template {noun}s.xlsx --language ro",
    )
    @click.argument("path", metavar="FILE.xlsx")
    @click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        help="Of headings and notes; yours if not given.",
    )
    @click.option("--columns", metavar="A,B", help="Only these columns, in this order.")
    @click.pass_obj
    def command(app: App, path: str, language: str | None, columns: str | None) -> None:
        from pathlib import Path

        from crm_cli.forms.making import make_template
        from crm_cli.imports.plans.nouns import plan_of
        from crm_cli.sheets.writing.template_workbook import write_template

        target = Path(path)
        if target.suffix.lower() != ".xlsx":
            raise UsageError(f"'{path}' is no workbook to fill in.", hint="End it in .xlsx.")
        names = [name.strip() for name in columns.split(",")] if columns else []
        with app.database.translated():
            template = make_template(
                plan_of(noun), app.reader, app.place, language or app.person.language, names
            )
        write_template(target, template)
        app.say(f"{target.name}: fill it in, then crm {views.of(noun).words} import {path}")

    return command
