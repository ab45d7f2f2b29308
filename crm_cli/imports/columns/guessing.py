"""The mapping that an import of a file would use, written out to be completed and saved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.imports.columns.mapping import find_columns, passed_over, plain
from crm_cli.imports.columns.postal import postal_column
from crm_cli.imports.columns.suggesting import (
    codes_of,
    locale_shown,
    nearest_fields,
    nearest_word,
    strange_names,
    strange_words,
)
from crm_cli.imports.matching.missing import CREATABLE
from crm_cli.imports.running import open_sheet
from crm_cli.sheets.roundtrip import stamp_of
from crm_cli.values.text import fold
from crm_cli.views.types import Boolean, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crm_cli.app import App
    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.columns.mapping_file import MappingFile
    from crm_cli.imports.running import Order
    from crm_cli.sheets.sheet import Sheet

LISTED = 20
"""Values of a column that are written out."""

REMARKS = {
    "key": '"external_id"  # by what alone rows are recognised',
    "locale": '"{locale}"  # how numbers and dates are written',
    "create_missing": '["account"]  # what is created where a name is not there',
}
"""Choices of an import that are worth a thought."""


def guess(app: App, order: Order, mapping: MappingFile) -> Iterator[str]:
    """The lines of a mapping file; what is not understood stands there as a remark."""
    sheet = open_sheet(app, order)
    postal = postal_column(sheet, order.plan, order.by_hand)
    order = replace(order, by_hand={**order.by_hand, **postal})
    columns = find_columns(sheet.headings, order.plan, order.by_hand, words=order.words)
    yield f"# crm {order.plan.noun} import {order.path.name} --mapping FILE.toml"
    yield from _import_section(sheet, mapping, locale_shown(app, sheet, columns))
    yield from _column_section(sheet, order, columns)
    for section in ("constants", "defaults"):
        yield from _known_section(section, getattr(mapping, section))
    yield from _value_sections(app, order, sheet, columns)


def _import_section(sheet: Sheet, mapping: MappingFile, locale: str) -> Iterator[str]:
    named = {"sheet": sheet.name} if sheet.name else {}
    known = {**named, **mapping.choices}
    yield "\n[import]"
    for name, text in known.items():
        yield f"{name} = {_quoted(text)}"
    for name, remark in REMARKS.items():
        if name not in known:
            yield f"# {name} = {remark.format(locale=locale)}"


def _known_section(name: str, known: Mapping[str, str]) -> Iterator[str]:
    if known:
        yield f"\n[{name}]"
    for key, text in known.items():
        yield f"{_quoted(key)} = {_quoted(text)}"


def _column_section(sheet: Sheet, order: Order, columns: Sequence[Mapped]) -> Iterator[str]:
    yield "\n[columns]"
    fields = defaultdict[int, list[str]](list)
    for one in columns:
        for place in one.places:
            fields[place].append(one.name)
    left_out = {plain(heading) for heading, field in order.by_hand.items() if not field}
    nothing = passed_over(order.plan) | left_out
    headings = {
        plain(heading): place
        for place, heading in enumerate(sheet.headings)
        if stamp_of(heading) is None
    }
    unknown = [name for name, place in headings.items() if name and place not in fields]
    near = nearest_fields([name for name in unknown if name not in nothing], order.plan, columns)
    for name, place in headings.items():
        heading = _quoted(sheet.headings[place])
        if place in fields:
            yield f"{heading} = {_quoted(','.join(fields[place]))}"
        elif name in nothing:
            yield f'{heading} = ""'
        elif name:
            yield f"# {heading} = {_quoted(near.get(name, ''))}{'  # ?' if name in near else ''}"


def _value_sections(
    app: App, order: Order, sheet: Sheet, columns: Sequence[Mapped]
) -> Iterator[str]:
    """The values that mean nothing, for columns that take only certain ones."""
    for one in columns:
        noun = _noun_of(order, one)
        strange: Iterable[str] = ()
        words: Sequence[str] = ()
        if noun and noun not in order.create:
            words = codes_of(app, noun)
            known = () if one.column.noun else map(fold, words)
            strange = strange_names(app, sheet, one, noun, set(known))
        elif isinstance(one.column.type, Choice | Boolean):
            words = getattr(one.column.type, "words", ())
            strange = strange_words(app, sheet, one)
        if strange or one.words:
            yield from _value_section(one, noun, sorted(strange), words)


def _noun_of(order: Order, one: Mapped) -> str | None:
    """The noun a column refers to, also where the plan itself finds the record."""
    if one.column.noun or one.part.name != order.plan.noun:
        return one.column.noun
    declared = views.of(order.plan.noun).by_name.get(one.column.name)
    return declared.noun if declared else None


def _value_section(
    one: Mapped, noun: str | None, strange: Sequence[str], words: Sequence[str]
) -> Iterator[str]:
    yield f"\n[values.{one.name}]"
    if words:
        yield f"# one of: {', '.join(words)}"
    if noun in CREATABLE and strange:
        yield f"# or let them be created: --create-missing {noun}"
    for text, meaning in one.words.items():
        yield f"{_quoted(text)} = {_quoted(meaning)}"
    for text in strange[:LISTED]:
        near = nearest_word(text, words)
        yield f"# {_quoted(text)} = {_quoted(near)}{'  # ?' if near else ''}"
    if len(strange) > LISTED:
        yield f"# and {len(strange) - LISTED} more"


def _quoted(text: str) -> str:
    from tomlkit import string

    return string(text).as_string()
