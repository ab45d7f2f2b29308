"""What the rows of a file are made into: one record each, or several that belong together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from crm_cli.folding import fold_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlmodel import Session

    from crm_cli.errors import CrmError
    from crm_cli.imports.plans.entry import Steps, Values
    from crm_cli.values.invalid import InvalidValue
    from crm_cli.views.view import Column
    from schema.base import Record

    Adapt = Callable[[Mapping[str, Any] | None, "Values"], "Values"]
    Settle = Callable[[Steps], None]
    """Raises InvalidValue, CrmError or, for a row that is not the first, Unfit."""


@dataclass(frozen=True)
class Identity:
    """Attributes by which a row names a record there is already.

    A unique one settles it; any other is believed where nothing that says more speaks against it.
    """

    attributes: tuple[str, ...]
    unique: bool = False
    refuting: bool = False
    """Whether it finds no record by itself, but speaks against those found by others."""

    @cached_property
    def _in_any_case(self) -> bool:
        return "email" in self.attributes

    def key(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The values to compare; None unless all are there."""
        key = tuple([values.get(name) for name in self.attributes])
        if None in key or "" in key:
            return None
        return tuple(map(comparable, self.attributes, key)) if self._in_any_case else key


def comparable(attribute: str, value: Any) -> Any:
    """The value as identities compare it: addresses in small letters, nothing as None."""
    if value == "":
        return None
    return value.lower() if attribute == "email" and value else value


def take_as_given(session: Session) -> Adapt:
    """Values that need no fitting to the record there is."""
    return lambda now, values: values


def pass_over_nothing(found: Mapping[str, Any]) -> bool:
    """Rows that are never left alone."""
    return False


def settle_nothing(session: Session) -> Settle:
    """Records of an entry that need no fitting to each other."""
    return lambda steps: None


class Unfit(Exception):
    """A record of an entry that does not fit the others, by its row."""

    def __init__(self, row: int, error: InvalidValue | CrmError) -> None:
        super().__init__(row, error)
        self.row = row
        self.error = error


@dataclass(frozen=True, kw_only=True)
class Part:
    """The record of one entity that a row makes or changes."""

    name: str
    entity_path: str
    columns: tuple[Column, ...]
    identities: tuple[Identity, ...]
    service: str | None = None
    """The module of `services` that checks the values."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Attribute -> the earlier part of the same row whose id it takes."""
    alive: str = "archived_at IS NULL"
    """SQL that holds for the records a row may name."""
    optional: bool = False
    """Whether a row that gives nothing for it makes none."""
    priced: bool = False
    """Whether its amounts are in the currency of its parent, and may name it."""
    many: bool = False
    """Whether a row makes one for each name in its only column."""
    fitting: Callable[[Session], Adapt] = take_as_given
    """Begins the fitting of values to the record there is, or to its kind where there is none."""

    @cached_property
    def entity(self) -> type[Record]:
        """The table class."""
        module, _, name = self.entity_path.partition(":")
        found: type[Record] = getattr(import_module(module), name)
        return found

    @cached_property
    def identifying(self) -> tuple[str, ...]:
        """The attributes by which its records are recognised."""
        return tuple(dict.fromkeys(name for one in self.identities for name in one.attributes))

    def known_by(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values by which a record is recognised, as they are compared."""
        found = list(map(values.get, self.identifying))
        if "" in found:
            found = [None if value == "" else value for value in found]
        for place in self._in_any_case:
            if found[place]:
                found[place] = comparable("email", found[place])
        return tuple(found)

    @cached_property
    def _in_any_case(self) -> tuple[int, ...]:
        return tuple(place for place, name in enumerate(self.identifying) if name == "email")

    @cached_property
    def complete(self) -> Callable[[Mapping[str, Any], Values, str], Values]:
        """The check of the noun's service, which adds what follows from the values."""
        module = import_module(f"crm_cli.services.{self.service}") if self.service else None
        return getattr(module, "complete", _unchecked)

    def column_of(self, attribute: str) -> Column | None:
        """The column that fills an attribute or its companion."""
        for column in self.columns:
            if attribute in {column.attribute, companion_of(column)}:
                return column
        return None

    def cleared(self, attribute: str) -> Any:
        """What an attribute holds when its value is taken away: its default, if it has one."""
        field = self.entity.model_fields[attribute]
        return None if field.is_required() else field.get_default()

    def fold(self, values: Values) -> None:
        """Add the folded companions of the values that are given."""
        for companion, source, folded in self._folded:
            if source in values:
                values[companion] = folded(values[source]) if values[source] else None

    @cached_property
    def _folded(self) -> tuple[tuple[str, str, Callable[[str], str]], ...]:
        return tuple(
            (companion, source, fold_for(companion))
            for companion, source in self.entity.folded.items()
        )

    def agree(self, identity: Identity, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether two that are the same by an identity can be the same by those that say more."""
        for rival in self.rivals[identity]:
            key = rival.key(one)
            if key is not None and rival.key(other) not in {key, None}:
                return False
        return True

    @cached_property
    def rivals(self) -> Mapping[Identity, tuple[Identity, ...]]:
        """The identities that say more than another; a unique one has none."""
        return {
            one: tuple(
                rival
                for rival in self.identities
                if rival.unique or set(rival.attributes) > set(one.attributes)
            )
            if not one.unique
            else ()
            for one in self.identities
        }

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The attributes without which there is no such record."""
        return tuple(one.attribute or "" for one in self.columns if one.required)

    @cached_property
    def references(self) -> Mapping[str, str]:
        """The attributes that hold ids of other records, with the nouns of those."""
        return {one.attribute: one.noun for one in self.columns if one.attribute and one.noun}

    @cached_property
    def processed(self) -> tuple[str, ...]:
        """The attributes that a row fills in a new record only."""
        return tuple(one.loaded for one in self.columns if one.loaded and not one.field)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The parts of a row in the order in which they are written; the first is what rows repeat."""

    noun: str
    parts: tuple[Part, ...]
    own: str
    """The part that is the noun's own record."""
    shown: tuple[Column, ...] = ()
    """Columns that an export has and an import leaves to the program."""
    passes_over: Callable[[Mapping[str, Any]], bool] = pass_over_nothing
    """Whether a row is left alone and listed, judged by the records there are, by part."""
    grouped: bool = False
    """Whether rows that name the same record of the first part belong together."""
    arranging: Callable[[Session], Settle] = settle_nothing
    """Begins what is done to an entry before its records are looked up: lines are numbered."""
    settling: Callable[[Session], Settle] = settle_nothing
    """Begins the fitting of the records of an entry to each other, such as a total to its lines."""

    finishing: Callable[[Session], None] = lambda session: None
    """What is done once all entries are written, such as telling campaigns of new documents."""

    @cached_property
    def only_compares(self) -> bool:
        """Whether of the records there are no more matters than what rows give for them."""
        fitted = any(part.fitting is not take_as_given for part in self.parts)
        settled = self.passes_over is not pass_over_nothing or self.settling is not settle_nothing
        return not (fitted or settled)

    @property
    def targets(self) -> tuple[tuple[Part, Column], ...]:
        """Every column a file may fill."""
        return tuple((part, column) for part in self.parts for column in part.columns)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What to do with rows that name a record, with rows that name none, and with bad ones."""

    on_match: str = "update"
    on_new: str = "create"
    skip_bad_rows: bool = False
    resolve: str | None = None
    """Who wins where a record was changed on both sides: `mine`, `theirs`, or nobody."""


def companion_of(column: Column) -> str:
    """The attribute that keeps the folded form of a column's value."""
    return (column.folded or "").rpartition(".")[2]


def _unchecked(now: Mapping[str, Any], values: Values, home: str) -> Values:
    return values
