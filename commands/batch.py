"""`crm batch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, cast

import click

from crm_cli import batch as batches

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="surrogateescape"), default="-")
@click.option("--stop-on-error", is_flag=True, help="Stop at the first line that fails.")
@click.option("--atomic", is_flag=True, help="All lines in one transaction, or none.")
@click.pass_context
def batch(ctx: click.Context, file: TextIO, stop_on_error: bool, atomic: bool) -> None:
    """Run one command per line, in one process; a JSON answer per line.

    A line is shell words or a JSON array of words; `@` stands for the id the last line wrote, `@3`
    for that of line 3.

    Example: echo "account add --name 'Moldo Trans SRL'" | crm batch
    """
    app = cast("App", ctx.obj)
    root = cast("click.Group", ctx.find_root().command)
    run = batches.run_atomic if atomic else batches.run
    run(app, root, file, stop_on_error=stop_on_error)
