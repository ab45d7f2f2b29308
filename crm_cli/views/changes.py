"""Recorded changes as people read them: which record, which of its fields, from what to what."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli import views
from crm_cli.languages.vocabulary import shown
from crm_cli.views.types import BOOLEAN, INTEGER, MOMENT, TEXT, Choice, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from crm_cli.reader import Reader
    from crm_cli.views.view import Column, View

EMPTY = "(empty)"
LONGEST = 200
"""Characters that are shown of a value."""
TABLES = {"exchange_rate": "rate", "mail_account": "mail-account", "recipe_line": "recipe"}
"""Table -> noun, where it is another word."""
PEOPLE = ("assignee", "author", "delegate", "deputy", "done_by", "manager", "owner")
MEANT = {
    **dict.fromkeys((*PEOPLE, "sales_rep", "service_rep"), "employee"),
    **dict.fromkeys(("merged_into", "competitor"), "account"),
    **dict.fromkeys(("source", "revises", "reverses"), "document"),
    "component": "product",
}
"""The noun that `NAME_id` refers to, where NAME is none itself and no column says so."""
CALLED = ("name", "name_en", "subject", "label", "step", "address", "text", "kind")
"""What a record is called that has no page, or is gone: the first that it has."""
UNTOLD = {
    *("id", "archived_at", "tax_digits", "fingerprint", "content_key", "answers", "thread"),
    *("memento_number", "term_number", "next_reminder_at", "planned_at", "digest_since"),
    *("days_in_stage", "correspondent", "source_line_id"),
}
"""What only the program needs, or what is told in another way."""
WRITTEN_NUMBER = re.compile(r"-?\d+\.\d{4,}")
WRITTEN_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")
SEALED = "sha256:"


class Change(NamedTuple):
    """One row of the trail; `old` and `new` hold the columns that changed, None for no record."""

    entity: str
    id: int
    old: dict[str, Any] | None
    new: dict[str, Any] | None

    @classmethod
    def read(cls, entity: str, number: int, old: str | None, new: str | None) -> Change:
        """A change as the trail keeps it."""
        return cls(entity, number, json.loads(old or "null"), json.loads(new or "null"))

    @property
    def noun(self) -> str:
        """The noun of the record, or its table where it is none."""
        return TABLES.get(self.entity, self.entity)

    @property
    def verb(self) -> str:
        """What happened to the record; nothing where only some of its fields changed."""
        if self.old is None or self.new is None:
            return "added" if self.new else "removed" if self.old else "erased for good"
        if "archived_at" in self.new:
            return "archived" if self.new["archived_at"] else "taken out of the archive"
        return ""

    def fields(self) -> Iterator[tuple[Field, Any, Any]]:
        """The fields worth telling, with both values; of a record that is gone none."""
        for name, value in (self.new or {}).items():
            is_told = name not in UNTOLD and not name.endswith("_folded")
            if is_told and (self.old is not None or value not in (None, "", [], False)):
                yield _field(self.noun, name), (self.old or {}).get(name), value


class Field(NamedTuple):
    """An attribute under the name that people know."""

    name: str
    type: ColumnType = TEXT
    noun: str | None = None
    """What it refers to."""


class Told(NamedTuple):
    """A change in words."""

    record: str
    verb: str
    fields: list[str]

    @property
    def briefly(self) -> list[str]:
        """What happened where the record needs no name: the verb, else the fields."""
        return [self.verb] if self.verb else self.fields

    @property
    def says_something(self) -> bool:
        """Whether more changed than what only the program needs."""
        return bool(self.verb or self.fields)


def tell(reader: Reader, zone: ZoneInfo | None, changes: Sequence[Change]) -> list[Told]:
    """Changes in words; the names are those that the records have now, or had last."""
    teller = _Teller(_names(reader, changes), zone)
    return [teller.tell(change) for change in changes]


class _Teller:
    def __init__(self, names: Mapping[tuple[str, int], str], zone: ZoneInfo | None) -> None:
        self._names = names
        self._zone = zone

    def tell(self, change: Change) -> Told:
        name = self._names.get((change.noun, change.id))
        noun = change.noun.replace("_", " ").replace("-", " ")
        record = f"{noun} {change.id}" + (f" ({_short(name)})" if name else "")
        return Told(record, change.verb, list(self._fields(change)))

    def _fields(self, change: Change) -> Iterator[str]:
        for field, old, new in change.fields():
            before = "" if change.old is None else f"{self._said(field, old)} -> "
            yield f"{field.name}: {before}{self._said(field, new)}"

    def _said(self, field: Field, value: Any) -> str:
        if value in (None, "", []):
            return EMPTY
        if field.noun:
            return _short(self._names.get((field.noun, value)) or f"{field.noun} {value}")
        if isinstance(value, list):
            return ", ".join(self._said(field, one) for one in value)
        if isinstance(value, str):
            return _short(_written(field, value, self._zone))
        kind = BOOLEAN if isinstance(value, bool) else field.type
        return kind.text(value, self._zone)


def _written(field: Field, text: str, zone: ZoneInfo | None) -> str:
    """What the trail keeps as a text, as people write it."""
    if isinstance(field.type, Choice):
        return shown(text, "en")
    if WRITTEN_MOMENT.fullmatch(text):
        return MOMENT.text(datetime.fromisoformat(text), zone)
    if WRITTEN_NUMBER.fullmatch(text):
        return text.rstrip("0").rstrip(".")
    return "(a text)" if text.startswith(SEALED) else text


def _short(text: object) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _field(noun: str, attribute: str) -> Field:
    known = _fields_of(noun).get(attribute)
    if known and (known.noun or known.type is not INTEGER):
        return known
    name = attribute.removesuffix("_id")
    meant = MEANT.get(name, name)
    if name == attribute or meant not in views.MODULES:
        return known or Field(attribute)
    return Field(name, noun=meant)


@cache
def _fields_of(noun: str) -> Mapping[str, Field]:
    """Attribute -> field, by the columns of a noun."""
    found: dict[str, Field] = {}
    view = views.of(noun) if noun in views.MODULES else None
    for column in view.columns if view else ():
        field = Field(column.name, column.type, column.noun)
        for attribute in (column.field, column.loaded, _own(view, column)):
            if attribute:
                found.setdefault(attribute, field)
    return found


def _own(view: View | None, column: Column) -> str | None:
    """The attribute of the noun's own table that a column shows."""
    sql = column.key or column.sql
    alias, _, attribute = sql.partition(".") if isinstance(sql, str) else ("", "", "")
    return attribute if view and alias == view.alias and attribute.isidentifier() else None


def _names(reader: Reader, changes: Sequence[Change]) -> dict[tuple[str, int], str]:
    """What the records are called that changes are about or refer to."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.noun].add(change.id)
        for field, *values in change.fields():
            if field.noun:
                wanted[field.noun].update(value for value in values if value)
    names: dict[tuple[str, int], str] = {}
    for change in changes:
        held = {**(change.new or {}), **(change.old or {})}
        called = next((held[name] for name in CALLED if held.get(name)), None)
        if called:
            names[change.noun, change.id] = called
    for noun in wanted.keys() & views.MODULES.keys():
        names.update(_present(reader, noun, wanted[noun]))
    return names


def _present(
    reader: Reader, noun: str, ids: Iterable[int]
) -> Iterator[tuple[tuple[str, int], str]]:
    view = views.of(noun)
    key, title = (view.by_name[name].expression(reader.dialect) for name in ("id", view.title))
    kind = view.by_name["kind"].expression(reader.dialect) if noun == "document" else "''"
    numbers = ", ".join(map(str, sorted(ids)))
    sql = f"SELECT {key}, {title}, {kind} FROM {view.source} WHERE {key} IN ({numbers})"  # noqa: S608
    for number, name, kind in reader.all(sql):
        if name or kind:
            yield (noun, number), name or f"{kind} {number}"
