"""Telling of the cells that a file and somebody here changed, each to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli import views
from crm_cli.errors import CrmError, Partial
from crm_cli.imports.cells.cells import CLEAR
from crm_cli.languages import LANGUAGES
from crm_cli.languages.vocabulary import shown
from crm_cli.piped import written_beside
from crm_cli.sheets.writing.page import NO_AND_YES
from crm_cli.values.invalid import quote
from crm_cli.views.types import INTEGER, MOMENT, Boolean, Choice
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.app import App
    from crm_cli.imports.matching.recalling import Conflict
    from crm_cli.imports.plans.plan import Part, Plan
    from crm_cli.imports.running import Order
    from crm_cli.sheets.sheet import Sheet

SHOWN = 20
REMOVED = {"en": "(removed)", "ro": "(șters)", "pl": "(usunięto)"}
"""What a sheet says of a record that is gone."""

CONFLICT_COLUMNS = (
    Column(name="row", sql="", type=INTEGER, labels=("Row", "Rând", "Wiersz"), listed=True),
    Column(name="id", sql="", type=INTEGER, labels=("Id", "Id", "Id"), listed=True),
    Column(name="column", sql="", labels=("Column", "Coloană", "Kolumna"), listed=True),
    Column(name="exported", sql="", labels=("Exported", "Exportat", "Wyeksportowano"), listed=True),
    Column(name="yours", sql="", labels=("Yours", "În fișier", "W pliku"), listed=True),
    Column(name="theirs", sql="", labels=("Theirs", "Acum", "Teraz"), listed=True),
    Column(name="by", sql="", labels=("Changed by", "Modificat de", "Zmienił"), listed=True),
    Column(name="at", sql="", type=MOMENT, labels=("At", "La", "Kiedy"), listed=True),
)
ITEM_COLUMNS = (
    Column(name="item", sql="", type=INTEGER, labels=("No.", "Nr.", "Nr")),
    Column(name="name", sql="", labels=("Item", "Element", "Element")),
)
"""In place of the number of a row, where a file has items with names."""


def explain(app: App, plan: Plan, conflicts: Sequence[Conflict]) -> list[list[Any]]:
    """The conflicts as people read them: a row for each, under `CONFLICT_COLUMNS`."""
    own = _own(plan)
    with app.database.translated():
        return [_row(app, own, one) for one in sorted(conflicts)]


def _own(plan: Plan) -> Part:
    return next(part for part in plan.parts if part.name == plan.own)


def tell_conflicts(
    app: App, order: Order, sheet: Sheet, rows: Sequence[Sequence[Any]], count: int
) -> Partial:
    """Write FILE.conflicts.xlsx; gives what is to be said of it."""
    from crm_cli.sheets.handing_back import conflict_workbook

    source = written_beside(order.path)
    target = source.with_name(f"{source.name}.conflicts.xlsx")
    try:
        language = app.person.language
        named = _named(sheet, _labelled(order, rows, language))
        columns = (
            CONFLICT_COLUMNS if sheet.unit == "row" else (*ITEM_COLUMNS, *CONFLICT_COLUMNS[1:])
        )
        conflict_workbook.write(target, columns, named, language)
        hint = f"See {target}; then import again with --resolve mine or --resolve theirs."
    except CrmError as error:
        hint = f"{error.message} Import again with --resolve mine or --resolve theirs."
    lines = [_line(sheet, row) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        lines.append(f"and {len(rows) - SHOWN} more")
    which = "record was" if count == 1 else "records were"
    return Partial(f"{count} {which} changed here since the export, and left alone.", hint, lines)


def _labelled(order: Order, rows: Sequence[Sequence[Any]], language: str) -> list[list[Any]]:
    """The rows with columns called, and words said, as the person's own sheets have them."""
    columns = {column.name: column for column in _own(order.plan).columns}
    return [_in_words(row, columns.get(row[2]), language) for row in rows]


def _in_words(row: Sequence[Any], column: Column | None, language: str) -> list[Any]:
    if column is None:
        return list(row)
    label = column.labels[LANGUAGES.index(language)]
    values = (text and _said(column, text, language) for text in row[3:6])
    return [*row[:2], label, *values, *row[6:]]


def _said(column: Column, text: str, language: str) -> str:
    if isinstance(column.type, Choice):
        return ", ".join(shown(word, language) for word in text.split(","))
    if isinstance(column.type, Boolean) and text in NO_AND_YES["en"]:
        return NO_AND_YES[language][text == "yes"]
    return text


def _row(app: App, own: Part, one: Conflict) -> list[Any]:
    by = (one.by.actor, one.by.at) if one.by else (None, None)
    if one.attribute is None:
        theirs = REMOVED[app.person.language]
        return [one.row, one.id, None, None, None, theirs, *by]
    column = own.column_of(one.attribute)
    texts = [_text(app, column, value) for value in (one.exported, one.yours, one.theirs)]
    exported, yours, now = (text or None for text in texts)
    name = column.name if column else one.attribute
    return [one.row, one.id, name, exported, yours or CLEAR, now, *by]


def _text(app: App, column: Column | None, value: Any) -> str:
    if column is None or value is None:
        return "" if value is None else str(value)
    if column.noun and isinstance(value, int):
        return _name(app, column.noun, value)
    return column.type.text(value, app.place.zone)


def _name(app: App, noun: str, number: int) -> str:
    """What a record that is referred to is called."""
    view = views.of(noun)
    title = view.by_name[view.title].expression(app.reader.dialect)
    found = app.reader.value(
        f"SELECT {title} FROM {view.source} WHERE {view.columns[0].sql} = ?",  # noqa: S608 - declared SQL
        (number,),
    )
    return str(found or number)


def _named(sheet: Sheet, rows: list[list[Any]]) -> list[list[Any]]:
    """The rows with the names of the items beside their numbers, where items have names."""
    if sheet.unit == "row":
        return rows
    return [[row[0], sheet.names.get(row[0]), *row[1:]] for row in rows]


def _line(sheet: Sheet, row: Sequence[Any]) -> str:
    at, number, column, exported, yours, theirs, by, moment = row
    who = f" by {by} on {moment:%Y-%m-%d}" if by else ""
    if column is None:
        return f"{sheet.called(at)}: {number} was removed{who}"
    was, said, now = (quote(text or "") for text in (exported, yours, theirs))
    return f"{sheet.called(at)}, {column}: {was} is {said} in the file and {now} here{who}"
