"""`crm NOUN export`: every column to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli.options import columns_option, where_option

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.views.view import View


def export_command(view: View) -> click.Command:
    """`crm NOUN export FILE`."""

    @click.command(
        "export",
        help=f"Write {view.noun} records to a file (.xlsx .csv .json .html), every column."
        f"\n\nExample: crm {view.noun} export {view.noun}s.xlsx",
    )
    @click.argument("path", metavar="FILE")
    @where_option
    @click.option("--search", default="", metavar="TEXT", help="Words, without diacritics.")
    @click.option("--sort", default="", metavar="A,-B", help="Order; a minus reverses.")
    @click.option("--all", "archived", is_flag=True, help="Archived records too.")
    @columns_option
    @click.pass_obj
    def command(app: App, /, path: str, **chosen: Any) -> None:
        app.choices.output = path
        app.choices.columns = app.choices.columns or "all"
        app.emit(app.select(view, **chosen))

    return command
