"""`crm today`."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from crm_cli.errors import UsageError
from crm_cli.options import file_options, output_options
from crm_cli.views.today import table, view_of

if TYPE_CHECKING:
    from crm_cli.app import App

    Shown = dict[tuple[str, int], str]
    """Noun and id of what was shown -> its subject."""


@click.command()
@click.option(
    "--days", type=click.IntRange(0, 366), default=7, help="How many days ahead; 7 unless given."
)
@click.option("--watch", is_flag=True, help="Show it again every task.refresh_minutes.")
@output_options
@file_options
@click.pass_obj
def today(app: App, days: int, watch: bool) -> None:
    """Show what waits for me: overdue, today, the next days, unread messages.

    Under `for` stand colleagues I stand in for, and my team where a task is nobody's yet.

    Example: crm today --days 14
    """
    if watch and app.collect is not None:
        raise UsageError("--watch has no end, so it cannot stand in a batch.")
    shown = _show(app, days)
    if watch:
        _watch(app, days, shown)


def _watch(app: App, days: int, shown: Shown) -> None:
    """Show it again and again, pointing out what was not there the last time."""
    while minutes := _pace(app):
        time.sleep(60 * minutes)
        app = replace(app)  # a new App, because the clock of one stands still
        click.clear()
        before, shown = shown, _show(app, days)
        if new := [subject for key, subject in shown.items() if key not in before]:
            app.say(f"{len(new)} new: {'; '.join(new)}")
    app.say("task.refresh_minutes is 0, so this is not shown again.")


def _pace(app: App) -> int:
    from crm_cli.constants import value_of

    with app.database.translated():
        minutes: int = value_of(app.reader, "task.refresh_minutes", app.place)
    return minutes


def _show(app: App, days: int) -> Shown:
    with app.database.translated():
        found = table(app.reader, app.place, app.me, days)
    app.emit(app.say_if_empty(found, "Nothing waits for you."), view_of(found))
    app.stdout.flush()
    place = {column.name: at for at, column in enumerate(found.columns)}
    return {(row[place["noun"]], row[place["id"]]): row[place["subject"]] for row in found.rows}
