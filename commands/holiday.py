"""`crm holiday`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.errors import UsageError
from crm_cli.options import (
    column_options,
    list_options,
    parse_option,
    take,
    writing_options,
)
from crm_cli.verbs import on_match_option, standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.holidays import HOLIDAY, of_year
from crm_cli.views.types import DATE

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def holiday() -> None:
    """Free days of the company, and free days on which it works.

    The public holidays of Romania and Poland count by themselves.
    """


standard_verbs(holiday, HOLIDAY, "show", "edit", "remove")
spreadsheet_verbs(holiday, HOLIDAY)


@holiday.command("list")
@click.option("--year", type=click.IntRange(1900, 2199), help="All that count in a year.")
@list_options
@click.pass_obj
def list_(app: App, /, year: int | None, **chosen: Any) -> None:
    """List holiday records; with --year all days that count, public holidays too.

    Example: crm holiday list --year 2027
    """
    if year is None:
        table = app.select(HOLIDAY, **chosen)
        app.emit(app.say_if_empty(table, "No holiday matches."))
    elif any(chosen.values()):
        raise UsageError("--year lists all that counts in a year; it goes with no other choice.")
    else:
        table = of_year(app.reader, app.place, year)
        own = (row for row in table.rows if row[0] is not None)
        app.emit(replace(table, rows=own) if app.choices.quiet else table)


@holiday.command()
@click.argument("days", nargs=-1, required=True, metavar="DAY...")
@column_options(HOLIDAY, adding=True, without=("day",))
@on_match_option
@writing_options
@click.pass_obj
def add(app: App, /, days: tuple[str, ...], on_match: str, **values: Any) -> None:
    """Let a day be free, or with --work be worked: in one year, or with --yearly in all.

    Example: crm holiday add 2026-12-24 --name 'Ajunul Crăciunului' --yearly
    """
    with app.transaction() as tx:
        shared = take(tx, HOLIDAY, values)
        added = [
            services.records.add(
                tx.session,
                HOLIDAY,
                {"day": parse_option("DAY", DATE, day, tx.place), **shared},
                on_match=on_match,
            )
            for day in days
        ]
        warnings = services.records.warnings(tx.session, HOLIDAY, added)
        table = tx.read(HOLIDAY, *added)
    for warning in warnings:
        app.warn(warning)
    app.emit(table, HOLIDAY)
