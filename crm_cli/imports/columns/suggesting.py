"""What comes nearest to headings and values that mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.errors import CrmError
from crm_cli.imports.cells.cell_readers import cell_reader
from crm_cli.imports.cells.cells import as_text
from crm_cli.imports.columns.evidence import Names
from crm_cli.imports.columns.mapping import fields_of, known_headings
from crm_cli.imports.columns.survey import Survey
from crm_cli.imports.matching.references import resolve_all
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from crm_cli.app import App
    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.plans.plan import Plan
    from crm_cli.sheets.sheet import Sheet

ALIKE = 75
"""From here on two headings, or two words, of a hundred are alike enough to be suggested."""
CODES = 20
"""Codes of a catalogue that are worth listing."""


def nearest_fields(names: Sequence[str], plan: Plan, columns: Sequence[Mapped]) -> dict[str, str]:
    """Heading -> the field whose heading is most like it, each field once."""
    from rapidfuzz import fuzz, process

    filled = {one.key for one in columns}
    fields = {(part.name, one.name): name for name, (part, one) in fields_of(plan).items()}
    known = {
        name: fields[part.name, column.name]
        for name, (part, column) in known_headings(plan).items()
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


def locale_shown(app: App, sheet: Sheet, columns: Sequence[Mapped]) -> str:
    """The locale in which the file is written, as far as it shows; else that of the company."""
    survey = Survey(sheet.rows, columns)
    habits = [survey.habit(one, app.place) for one in columns]
    if any(habit.day_first is False for habit in habits):
        return "en-US"
    return "en" if {habit.mark for habit in habits} - {None} == {"."} else app.place.country.lower()


def strange_names(
    app: App, sheet: Sheet, one: Mapped, noun: str, known: Collection[str]
) -> list[str]:
    """The names of a column that no record has."""
    names = Names(noun, many=one.part.many)
    for row in sheet.rows:
        if (cell := one.take(row.cells)) is not None:
            names.look(cell)
    found = resolve_all(app.reader, views.of(noun), names.texts, app.person.id)
    absent = (text for text, what in found.items() if isinstance(what, CrmError))
    return [text for text in absent if fold(text) not in known]


def nearest_word(text: str, words: Sequence[str]) -> str:
    """The word most like it; those of two letters are like too many."""
    from rapidfuzz import fuzz, process

    longer = [word for word in words if len(word) > 2]
    found = process.extractOne(text, longer, scorer=fuzz.WRatio, processor=fold, score_cutoff=ALIKE)
    return str(found[0]) if found else ""


def strange_words(app: App, sheet: Sheet, one: Mapped) -> Iterable[str]:
    """The words of a column that it does not take."""
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


def codes_of(app: App, noun: str) -> Sequence[str]:
    """The codes of a catalogue; nothing for nouns that have more records than a list is for."""
    view = views.of(noun)
    code = view.by_name.get("code")
    if code is None or view.title == "name":
        return ()
    number = view.columns[0].sql
    rows = app.reader.all(
        f"SELECT {code.sql} FROM {view.source}"  # noqa: S608 - declared SQL
        f" WHERE {view.alive} ORDER BY {number} LIMIT {CODES}"
    )
    return [row[0] for row in rows]
