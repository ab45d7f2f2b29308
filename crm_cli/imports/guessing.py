"""The mapping that an import of a file would use, written out to be completed and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.errors import CrmError
from crm_cli.imports.cell_readers import cell_reader
from crm_cli.imports.cells import as_text
from crm_cli.imports.mapping import find_columns, known_headings, passed_over, plain
from crm_cli.imports.missing import CREATABLE
from crm_cli.imports.running import open_sheet
from crm_cli.imports.survey import Survey
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.text import fold
from crm_cli.views.types import Boolean, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.app import App
    from crm_cli.imports.mapping import Mapped
    from crm_cli.imports.running import Order
    from crm_cli.sheets.sheet import Sheet

LISTED = 20
"""Values of a column that are written out."""
ALIKE = 75
"""From here on two headings, or two words, of a hundred are alike enough to be suggested."""


def guess(app: App, order: Order) -> Iterator[str]:
    """The lines of a mapping file; what is not understood stands there as a remark."""
    sheet = open_sheet(app, order)
    columns = find_columns(sheet.headings, order.plan, order.by_hand, words=order.words)
    yield f"# crm {order.plan.noun} import {order.path.name} --mapping FILE.toml"
    yield from _import_section(sheet)
    yield from _column_section(sheet, order, columns)
    yield from _value_sections(app, sheet, columns)


def _import_section(sheet: Sheet) -> Iterator[str]:
    yield "\n[import]"
    if sheet.name:
        yield f"sheet = {_quoted(sheet.name)}"
    yield '# key = "external_id"  # by what alone rows are recognised'
    yield '# locale = "ro"  # how numbers and dates are written'
    yield '# create_missing = ["account"]  # what is created where a name is not there'


def _column_section(sheet: Sheet, order: Order, columns: Sequence[Mapped]) -> Iterator[str]:
    yield "\n[columns]"
    fields = {place: one.name for one in columns for place in one.places}
    nothing = passed_over(order.plan)
    taken, seen = {one.name for one in columns}, set[str]()
    for place, heading in enumerate(sheet.headings):
        if not plain(heading) or plain(heading) in seen:
            continue
        seen.add(plain(heading))
        if place in fields:
            yield f"{_quoted(heading)} = {_quoted(fields[place])}"
        elif plain(heading) in nothing:
            yield f'{_quoted(heading)} = ""'
        else:
            near = _nearest(heading, order, taken)
            yield f"# {_quoted(heading)} = {_quoted(near)}{'  # ?' if near else ''}"


def _nearest(heading: str, order: Order, taken: set[str]) -> str:
    """The field whose heading is most like this one, of those that nothing fills."""
    from rapidfuzz import fuzz, process

    known = known_headings(order.plan)
    free = [name for name, target in known.items() if target[1].name not in taken]
    found = process.extractOne(plain(heading), free, scorer=fuzz.WRatio, score_cutoff=ALIKE)
    return known[found[0]][1].name if found else ""


def _value_sections(app: App, sheet: Sheet, columns: Sequence[Mapped]) -> Iterator[str]:
    """The values that mean nothing, for columns that take only certain ones."""
    named = Survey(sheet.rows, columns).references(app.reader, app.person.id)
    for one in columns:
        if one.column.noun:
            found = named.get(one.key, {})
            strange: Iterable[str] = [
                text for text, what in found.items() if isinstance(what, CrmError)
            ]
            words = _words_of(app, one.column.noun)
        elif isinstance(one.column.type, Choice | Boolean):
            strange = _strange(app, sheet, one)
            words = getattr(one.column.type, "words", ())
        else:
            continue
        if strange:
            yield from _value_section(one, sorted(strange), words)


def _value_section(one: Mapped, strange: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    yield f"\n[values.{one.name}]"
    if words:
        yield f"# one of: {', '.join(words)}"
    if one.column.noun in CREATABLE:
        yield f"# or let them be created: --create-missing {one.column.noun}"
    for text in strange[:LISTED]:
        near = _nearest_word(text, words)
        yield f"# {_quoted(text)} = {_quoted(near)}{'  # ?' if near else ''}"
    if len(strange) > LISTED:
        yield f"# and {len(strange) - LISTED} more"


def _nearest_word(text: str, words: Sequence[str]) -> str:
    """The word most like it; those of two letters are like too many."""
    from rapidfuzz import fuzz, process

    longer = [word for word in words if len(word) > 2]
    found = process.extractOne(text, longer, scorer=fuzz.WRatio, processor=fold, score_cutoff=ALIKE)
    return str(found[0]) if found else ""


def _strange(app: App, sheet: Sheet, one: Mapped) -> Iterable[str]:
    read = cell_reader(one.column, app.place, Survey((), [one]).habit(one, app.place))
    strange = dict[str, None]()
    for row in sheet.rows:
        cell = one.take(row.cells)
        if cell is None or as_text(cell) in strange:
            continue
        try:
            read(cell)
        except InvalidValue:
            strange[as_text(cell)] = None
    return strange


def _words_of(app: App, noun: str) -> Sequence[str]:
    """The codes of a catalogue; nothing for nouns that have more records than a list is for."""
    view = views.of(noun)
    code = view.by_name.get("code")
    if code is None or view.title == "name":
        return ()
    number = view.columns[0].sql
    rows = app.reader.all(
        f"SELECT {code.sql} FROM {view.source}"  # noqa: S608 - declared SQL
        f" WHERE {view.alive} ORDER BY {number} LIMIT {LISTED}"
    )
    return [row[0] for row in rows]


def _quoted(text: str) -> str:
    from tomlkit import string

    return string(text).as_string()
