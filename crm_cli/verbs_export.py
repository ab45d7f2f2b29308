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
    from collections.abc import Callable

    from crm_cli.app import App
    from crm_cli.views.view import View

HELP = """Write {noun} records to a file (.xlsx .csv .json .jsonl .html); - is CSV on stdout.

Every column unless --columns names some. An .xlsx or .csv comes back by `crm {noun} import`: two
more columns say which record a row is and what it was then.

Example: crm {noun} export {noun}s.xlsx
"""

CARDS = """FILE.vcf gets a card for each contact, for mail programs and phones, and --layout outlook
the columns of Outlook. Both come back as well.
"""

WRITTEN = (
    Column(name="file", sql="", labels=("File", "Fișier", "Plik")),
    Column(name="rows", sql="", type=INTEGER, labels=("Rows", "Rânduri", "Wiersze")),
)

layout_option = click.option(
    "--layout", type=click.Choice(["outlook"]), help="Columns of a .csv for another program."
)

language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), help="Of headings and dates; yours if not given."
)


def export_command(view: View) -> click.Command:
    """`crm NOUN export FILE`."""

    @click.command("export", help=_help(view.noun))
    @click.argument("path", metavar="FILE")
    @selection_options
    @columns_option
    @csv_options
    @language_option
    @_layout_option(view.noun)
    @format_option
    @click.pass_obj
    def command(app: App, /, path: str, language: str | None, **chosen: Any) -> None:
        if path == "-" and not chosen.get("layout"):
            app.choices.format, app.choices.columns = "csv", app.choices.columns or "all"
            app.emit(app.select(view, **chosen))
            return
        from crm_cli.exporting import export_noun

        rows = export_noun(app, view, Path(path), language or app.person.language, **chosen)
        tell_written(app, rows, path)

    return command


def _help(noun: str) -> str:
    text = HELP.format(noun=noun)
    return text.replace("\nExample:", f"\n{CARDS}\nExample:") if noun == "contact" else text


def _layout_option(noun: str) -> Callable[..., Any]:
    """The option of the one noun that other programs keep too."""
    return layout_option if noun == "contact" else lambda command: command


def tell_written(app: App, rows: int, path: str) -> None:
    """Say how much is in the file; a script gets it as a record."""
    app.say(f"{rows} row{'' if rows == 1 else 's'} in {path}.")
    if app.collect is not None or app.choices.format != "table":
        app.choices.columns = ""  # those of the file
        app.emit(Table(WRITTEN, [[path, rows]], single=True))
