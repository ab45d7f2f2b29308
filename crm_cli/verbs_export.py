"""`crm NOUN export`: records to a file for people, or for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crm_cli.languages import LANGUAGES
from crm_cli.options import columns_option, csv_options, format_option, selection_options
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.views.view import View

HELP = """Write {noun} records to a file (.xlsx .csv .json .jsonl .html); - is CSV on stdout.

Every column unless --columns names some. An .xlsx or .csv comes back by `crm {noun} import`: two
more columns say which record a row is and what it was then.

Example: crm {noun} export {noun}s.xlsx
"""

WRITTEN = (
    Column(name="file", sql="", labels=("File", "Fișier", "Plik")),
    Column(name="rows", sql="", type=INTEGER, labels=("Rows", "Rânduri", "Wiersze")),
)

language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), help="Of headings and dates; yours if not given."
)


def export_command(view: View) -> click.Command:
    """`crm NOUN export FILE`."""

    @click.command("export", help=HELP.format(noun=view.noun))
    @click.argument("path", metavar="FILE")
    @selection_options
    @columns_option
    @csv_options
    @language_option
    @format_option
    @click.pass_obj
    def command(app: App, /, path: str, language: str | None, **chosen: Any) -> None:
        if path == "-":
            app.choices.format, app.choices.columns = "csv", app.choices.columns or "all"
            app.emit(app.select(view, **chosen))
            return
        from crm_cli.exporting import export_noun

        rows = export_noun(app, view, Path(path), language or app.person.language, **chosen)
        tell_written(app, rows, path)

    return command


def tell_written(app: App, rows: int, path: str) -> None:
    """Say how much is in the file; a script gets it as a record."""
    app.say(f"{rows} row{'' if rows == 1 else 's'} in {path}.")
    if app.collect is not None or app.choices.format != "table":
        app.choices.columns = ""  # those of the file
        app.emit(Table(WRITTEN, [[path, rows]], single=True))
