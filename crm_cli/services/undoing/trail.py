"""Reading the audit trail back: values as the entities have them, and the changes of records."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, func, select

from crm_cli.portions import portions
from schema.audit import CHANGE
from schema.audit import TRANSACTION as TX
from schema.base import Record, Scaled, UtcDateTime, Words, table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlmodel import Session

Values = dict[str, Any]
AT_ONCE = 5_000
"""Records that are asked for by one statement."""


@dataclass
class Touched:
    """What some changes did to one record: `was` what it held before, `now` what it was given."""

    entity: str
    id: int
    inserted: bool = False
    deleted: bool = False
    erased: bool = False
    """Whether what it held was erased for good."""
    version: int = 0
    was: Values = field(default_factory=dict)
    now: Values = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int]:
        """By what the record is known among all."""
        return self.entity, self.id

    @property
    def changed(self) -> bool:
        """Whether anything became of it that can be taken back."""
        return bool(self.inserted or self.deleted or self.was)

    def __str__(self) -> str:
        return f"{self.entity} {self.id}"

    def follow(self, change: Any) -> None:
        """Take in the next change of the record."""
        old, new = json.loads(change.old or "null"), json.loads(change.new or "null")
        columns = table_of(kind_of(self.entity)).c
        self.erased |= not change.salt
        if not self.version:
            self.inserted = old is None
        self.version, self.deleted = change.version or 1, new is None
        self.was = loaded(columns, old or {}) | self.was
        self.now |= loaded(columns, new or {})


@dataclass(frozen=True)
class Later:
    """Who changed an attribute last, and when."""

    actor: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.actor} on {self.at:%Y-%m-%d}"


@cache
def kinds() -> Mapping[str, type[Record]]:
    """Every table of records, by its name."""
    from schema.models import entities

    found: Any = entities(Record)
    return {str(kind.__tablename__): kind for kind in found}


def kind_of(entity: str) -> type[Record]:
    """The table class of records that the trail names."""
    return kinds()[entity]


def loaded(columns: Any, values: Mapping[str, Any]) -> Values:
    """Values as the entity has them, from the JSON of the trail."""
    return {name: _value(columns[name].type, value) for name, value in values.items()}


def changes_by(session: Session, tx_id: int, entity: str, ids: Collection[int]) -> list[Touched]:
    """What one transaction did to records, in the order in which it came to them."""
    chosen = (
        select(CHANGE)
        .where(CHANGE.c.tx_id == tx_id, CHANGE.c.entity == entity, CHANGE.c.entity_id.in_(ids))
        .order_by(CHANGE.c.seq)
    )
    found: dict[int, Touched] = {}
    for change in session.connection().execute(chosen):
        found.setdefault(change.entity_id, Touched(entity, change.entity_id)).follow(change)
    return list(found.values())


def changes_since(
    session: Session, tx_id: int, entity: str, ids: Collection[int]
) -> dict[int, dict[str, Later]]:
    """The attributes of records that others changed after a transaction had changed them.

    Others are all transactions but those of the same import, and of its undo.
    """
    import_id = session.info["origin"].import_id
    ours = _first_changes(session, tx_id, entity, ids)
    chosen = (
        select(CHANGE.c.id, CHANGE.c.entity_id, CHANGE.c.old, CHANGE.c.new, TX.c.actor, TX.c.at)
        .add_columns(TX.c.clock)
        .join(TX, TX.c.id == CHANGE.c.tx_id)
        .where(CHANGE.c.entity == entity, CHANGE.c.entity_id.in_(ours))
        .where(CHANGE.c.tx_id != tx_id, CHANGE.c.id > min(ours.values(), default=0))
        .where(TX.c.import_id.is_distinct_from(import_id))
        .order_by(CHANGE.c.id)
    )
    zone = session.info["place"].zone
    found: dict[int, dict[str, Later]] = {}
    for change in session.connection().execute(chosen):
        if change.id > ours[change.entity_id]:
            names = json.loads(change.old or "{}") | json.loads(change.new or "{}")
            later = Later(change.actor, (change.clock or change.at).astimezone(zone))
            found.setdefault(change.entity_id, {}).update(dict.fromkeys(names, later))
    return found


def _first_changes(
    session: Session, tx_id: int, entity: str, ids: Collection[int]
) -> dict[int, int]:
    """By record, the first change of a transaction; the trail joined with itself is slow."""
    chosen = (
        select(CHANGE.c.entity_id, func.min(CHANGE.c.id))
        .where(CHANGE.c.tx_id == tx_id, CHANGE.c.entity == entity, CHANGE.c.entity_id.in_(ids))
        .group_by(CHANGE.c.entity_id)
    )
    rows: Any = session.connection().execute(chosen)
    return dict(rows.all())


def in_portions(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """As many ids at a time as one statement takes, in order."""
    return portions(sorted(ids), AT_ONCE)


def _value(kind: object, value: Any) -> Any:
    if isinstance(kind, Words):
        return tuple(value or ())
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Scaled) else value
