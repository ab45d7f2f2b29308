"""Telling what was taken back of an import, and what an import did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.errors import Partial
from crm_cli.imports import traces
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.app import App
    from crm_cli.services.undoing.taking_back import Kept, Taken

SHOWN = 20
"""Records and reasons that people are shown; a script gets all."""

KEPT_COLUMNS = (
    Column(name="noun", sql="", labels=("Noun", "Obiect", "Obiekt"), listed=True),
    Column(name="id", sql="", type=INTEGER, labels=("Id", "Id", "Id"), listed=True),
    Column(name="column", sql="", labels=("Column", "Coloană", "Kolumna"), listed=True),
    Column(name="reason", sql="", labels=("Reason", "Motiv", "Powód"), listed=True),
)


def show(app: App, run: Table) -> Table:
    """The record of an import with what it did; people get the first of each kind."""
    with app.database.translated():
        parts = traces.parts(app.reader, int(run.values()["id"]))
    if app.choices.format == "table" and app.collect is None:
        parts = dict(_cut(app, parts))
    return replace(run, parts=parts)


def tell_undone(app: App, run: Table, taken: Taken) -> None:
    """Give what was taken back; raises Partial where something was kept."""
    kept = [list(one) for one in _named(taken.kept)]
    counts = f"{taken.removed} removed, {taken.put_back} put back, {len(kept)} kept"
    ending = " Nothing was changed: it was a dry run." if app.choices.dry_run else ""
    app.say(f"{run.values()['file']}: {counts}.{ending}")
    if app.collect is not None or app.choices.quiet or app.choices.format != "table":
        app.emit(replace(run, parts={"kept": Table(KEPT_COLUMNS, kept)}))
    if kept:
        things = "1 thing was" if len(kept) == 1 else f"{len(kept)} things were"
        raise Partial(
            f"Of what the import wrote, {things} kept.",
            hint=f"crm import show {taken.import_id}",
            candidates=_lines(kept),
        )


def _lines(kept: Sequence[Sequence[object]]) -> list[str]:
    lines = [
        f"kept: {noun} {number}{f' {column}' if column else ''}, {reason}"
        for noun, number, column, reason in kept[:SHOWN]
    ]
    return [*lines, f"and {len(kept) - SHOWN} more"] if len(kept) > SHOWN else lines


def _named(kept: Sequence[Kept]) -> Iterator[Kept]:
    """What was kept, by column; what only follows from a column is not told."""
    for one in kept:
        if one.attribute is None or one.entity not in views.MODULES:
            yield one
            continue
        for column in views.of(one.entity).columns:
            if one.attribute in {column.field, column.loaded}:
                yield one._replace(attribute=column.name)
                break


def _cut(app: App, parts: dict[str, Table]) -> Iterator[tuple[str, Table]]:
    for what, part in parts.items():
        rows = list(part.rows)
        yield what, Table(part.columns, rows[:SHOWN])
        if len(rows) > SHOWN:
            app.say(f"Of {len(rows)} records {what} the first {SHOWN} are shown: --format json.")
