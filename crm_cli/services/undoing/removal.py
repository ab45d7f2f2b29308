"""Removing many records of several nouns at once, but for those that something else refers to."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from crm_cli.bulk import remove_all
from crm_cli.services.undoing.repointing import references
from crm_cli.services.undoing.trail import in_portions, kind_of
from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlmodel import Session

    from schema.base import Record, Row

Ids = dict[str, set[int]]
Key = tuple[str, int]
Holds = dict[Key, Key]
"""A record that must stay -> one that refers to it."""

PARTS = {
    ("document_line", "document_id"),
    ("document_source", "document_id"),
    ("document_tax", "document_id"),
    ("interaction", "mail_id"),
    ("passage", "opportunity_id"),
    ("recipe_line", "product_id"),
}
"""Records that belong to others, beside those that the database removes with them."""


def remove(session: Session, wanted: Mapping[str, Collection[int]]) -> Holds:
    """Remove records by entity; gives those that stay, each with one that refers to it."""
    going = {entity: set(ids) for entity, ids in wanted.items() if ids}
    holds: Holds = {}
    found = dict(_referred_to_by_others(session, going))
    while found:
        holds |= found
        for entity, number in found:
            going[entity].discard(number)
        found = dict(_referred_to_by(session, found, going))
    for entity in those_that_refer_first(going):
        _delete(session, kind_of(entity), going[entity])
    return holds


def spare_parts(session: Session, going: Ids, made: Ids) -> None:
    """Let the parts of a record stay with it, where it was made with them and is not going."""
    for whole in those_that_refer_first(going)[::-1]:
        staying = made[whole] - going[whole]
        for kind, columns in references(kind_of(whole)).items() if staying else ():
            table = table_of(kind)
            for name in columns:
                if _is_part(kind, name) and going.get(table.name):
                    going[table.name] -= set(_referring(session, table, name, staying))


def _referring(session: Session, table: Table, column: str, ids: Collection[int]) -> Iterator[int]:
    """The records that refer to one of some others."""
    for portion in in_portions(ids):
        chosen = select(table.c.id).where(table.c[column].in_(portion))
        yield from session.connection().scalars(chosen)


def _is_part(kind: type[Row], column: str) -> bool:
    """Whether a record means nothing without the one that it refers to there."""
    return kind.references[column][1] == "CASCADE" or (table_of(kind).name, column) in PARTS


def _referred_to_by_others(session: Session, going: Ids) -> Iterator[tuple[Key, Key]]:
    for entity, ids in going.items():
        for referring, columns in references(kind_of(entity)).items():
            names = [name for name in columns if _holds(referring, name)]
            for name in names:
                for portion in in_portions(ids):
                    yield from _others(session, table_of(referring), name, (entity, portion), going)


def _holds(referring: type[Row], column: str) -> bool:
    """Whether a row keeps what it refers to; what the program derives goes along with it."""
    return referring.audited or referring.references[column][1] == "RESTRICT"


def _others(
    session: Session, table: Table, column: str, wanted: tuple[str, Sequence[int]], going: Ids
) -> Iterator[tuple[Key, Key]]:
    entity, ids = wanted
    leaving = going.get(table.name, set())
    chosen = select(table.c.id, table.c[column]).where(table.c[column].in_(ids))
    for number, referred in session.connection().execute(chosen):
        if number not in leaving:
            yield (entity, referred), (table.name, number)


def _referred_to_by(session: Session, held: Holds, going: Ids) -> Iterator[tuple[Key, Key]]:
    """What records that stay refer to has to stay as well."""
    by_entity: Ids = {}
    for entity, number in held:
        by_entity.setdefault(entity, set()).add(number)
    for entity, ids in by_entity.items():
        kind = kind_of(entity)
        targets = {name: _target(kind, name) for name in kind.references}
        columns = [table_of(kind).c[name] for name in ("id", *targets)]
        for portion in in_portions(ids):
            rows = session.connection().execute(select(*columns).where(columns[0].in_(portion)))
            for row in rows.mappings():
                for name, target in targets.items():
                    if row[name] in going.get(target, ()):
                        yield (target, row[name]), (entity, row["id"])


def _target(kind: type[Row], column: str) -> str:
    return kind.references[column][0].partition(".")[0]


def those_that_refer_first(going: Collection[str]) -> list[str]:
    """Entities in an order in which their records can be removed."""
    order = {
        entity: {table_of(kind).name for kind in references(kind_of(entity))} - {entity}
        for entity in going
    }
    return [entity for entity in TopologicalSorter(order).static_order() if entity in going]


def _delete(session: Session, kind: type[Record], ids: Collection[int]) -> None:
    table = table_of(kind)
    loosened = _loosen(session, kind, ids)
    for portion in in_portions(ids):
        chosen = select(table).where(table.c.id.in_(portion)).with_for_update()
        rows = session.connection().execute(chosen).mappings()
        remove_all(session, kind, [{**row, **loosened.get(row["id"], {})} for row in rows])


def _loosen(
    session: Session, kind: type[Record], ids: Collection[int]
) -> dict[int, dict[str, Any]]:
    """Empty references among the records themselves, which allow no order; gives what they were."""
    table = table_of(kind)
    own = [table.c[name] for name in kind.references if _target(kind, name) == table.name]
    found: dict[int, dict[str, Any]] = {}
    if not own:
        return found
    refers = or_(*(column.is_not(None) for column in own))
    for portion in in_portions(ids):
        concerned = table.c.id.in_(portion) & refers
        rows = session.connection().execute(select(table.c.id, *own).where(concerned)).mappings()
        found |= {row["id"]: {column.name: row[column.name] for column in own} for row in rows}
        empty = dict.fromkeys((column.name for column in own), None)
        session.connection().execute(update(table).where(concerned).values(**empty))
    return found
