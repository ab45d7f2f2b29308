"""The mapping that an import of a file would use, written out to be completed and saved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.errors import CrmError
from crm_cli.imports.cell_readers import cell_reader
from crm_cli.imports.cells import as_text
from crm_cli.imports.evidence import Names
from crm_cli.imports.mapping import fields_of, find_columns, known_headings, passed_over, plain
from crm_cli.imports.missing import CREATABLE
from crm_cli.imports.references import resolve_all
from crm_cli.imports.running import open_sheet
from crm_cli.imports.survey import Survey
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.text import fold
from crm_cli.views.types import Boolean, Choice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from crm_cli.app import App
    from crm_cli.imports.mapped import Mapped
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
    yield from _value_sections(app, order, sheet, columns)


def _import_section(sheet: Sheet) -> Iterator[str]:
    yield "\n[import]"
    if sheet.name:
        yield f"sheet = {_quoted(sheet.name)}"
    yield '# key = "external_id"  # by what alone rows are recognised'
    yield '# locale = "ro"  # how numbers and dates are written'
    yield '# create_missing = ["account"]  # what is created where a name is not there'


def _column_section(sheet: Sheet, order: Order, columns: Sequence[Mapped]) -> Iterator[str]:
    yield "\n[columns]"
    fields = defaultdict[int, list[str]](list)
    for one in columns:
        for place in one.places:
            fields[place].append(one.name)
    nothing = passed_over(order.plan)
    headings = {plain(heading): place for place, heading in enumerate(sheet.headings)}
    unknown = [name for name, place in headings.items() if name and place not in fields]
    near = _nearest([name for name in unknown if name not in nothing], order, columns)
    for name, place in headings.items():
        heading = _quoted(sheet.headings[place])
        if place in fields:
            yield f"{heading} = {_quoted(','.join(fields[place]))}"
        elif name in nothing:
            yield f'{heading} = ""'
        elif name:
            yield f"# {heading} = {_quoted(near.get(name, ''))}{'  # ?' if name in near else ''}"


def _nearest(names: Sequence[str], order: Order, columns: Sequence[Mapped]) -> dict[str, str]:
    """Heading -> the field whose heading is most like it, each field once."""
    from rapidfuzz import fuzz, process

    filled = {one.key for one in columns}
    fields = {(part.name, one.name): name for name, (part, one) in fields_of(order.plan).items()}
    known = {
        name: fields[part.name, column.name]
        for name, (part, column) in known_headings(order.plan).items()
        if (part.name, column.name) not in filled
    }
    found = [
        (score, name.endswith(like), name, known[like])
        for name in names
        for like, score, _ in process.extract(name, known.keys(), scorer=fuzz.WRatio, limit=5)
        if score >= ALIKE
    ]
    near: dict[str, str] = {}
    for *_, name, field in sorted(found, reverse=True):
        if name not in near and field not in near.values():
            near[name] = field
    return near


def _value_sections(
    app: App, order: Order, sheet: Sheet, columns: Sequence[Mapped]
) -> Iterator[str]:
    """The values that mean nothing, for columns that take only certain ones."""
    for one in columns:
        noun = _noun_of(order, one)
        if noun:
            words = _words_of(app, noun)
            known = () if one.column.noun else map(fold, words)
            strange: Iterable[str] = _unresolved(app, sheet, one, noun, set(known))
        elif isinstance(one.column.type, Choice | Boolean):
            strange = _strange(app, sheet, one)
            words = getattr(one.column.type, "words", ())
        else:
            continue
        if strange:
            yield from _value_section(one, noun, sorted(strange), words)


def _noun_of(order: Order, one: Mapped) -> str | None:
    """The noun a column refers to, also where the plan itself finds the record."""
    if one.column.noun or one.part.name != order.plan.noun:
        return one.column.noun
    declared = views.of(order.plan.noun).by_name.get(one.column.name)
    return declared.noun if declared else None


def _unresolved(
    app: App, sheet: Sheet, one: Mapped, noun: str, known: Collection[str]
) -> list[str]:
    names = Names(many=one.part.many)
    for row in sheet.rows:
        if (cell := one.take(row.cells)) is not None:
            names.look(cell)
    found = resolve_all(app.reader, views.of(noun), names.texts, app.person.id)
    absent = (text for text, what in found.items() if isinstance(what, CrmError))
    return [text for text in absent if fold(text) not in known]


def _value_section(
    one: Mapped, noun: str | None, strange: Sequence[str], words: Sequence[str]
) -> Iterator[str]:
    yield f"\n[values.{one.name}]"
    if words:
        yield f"# one of: {', '.join(words)}"
    if noun in CREATABLE:
        yield f"# or let them be created: --create-missing {noun}"
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
