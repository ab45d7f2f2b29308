"""Records as they were at a version, rebuilt from what the audit says was changed since."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.audit import UNRECORDED
from crm_cli.services.undoing.trail import Later, in_portions, loaded
from schema.audit import CHANGE
from schema.audit import TRANSACTION as TX
from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Select, Table
    from sqlmodel import Session

    from crm_cli.services.undoing.trail import Values
    from schema.base import Record


def past(session: Session, entity: type[Record], versions: Mapping[int, int]) -> dict[int, Values]:
    """Id -> what the record held at the version given.

    One is left out that never had the version, or whose trail was erased since.
    """
    found: dict[int, Values] = {}
    for version, ids in _by_version(versions):
        found |= _rewound(session, table_of(entity), version, ids)
    return found


def changed_after(
    session: Session, entity: type[Record], versions: Mapping[int, int]
) -> dict[int, dict[str, Later]]:
    """Id -> who last changed which attribute after the version given, and when."""
    zone = session.info["place"].zone
    found: dict[int, dict[str, Later]] = defaultdict(dict)
    for version, ids in _by_version(versions):
        later = _changes_since(table_of(entity), version, ids)
        headed = later.join(TX, TX.c.id == CHANGE.c.tx_id).add_columns(TX.c.actor, TX.c.at)
        for change in session.connection().execute(headed.add_columns(TX.c.clock)):
            who = Later(change.actor, (change.clock or change.at).astimezone(zone))
            for name in json.loads(change.old or "{}") | json.loads(change.new or "{}"):
                found[change.entity_id].setdefault(name, who)
    return found


def _by_version(versions: Mapping[int, int]) -> Iterator[tuple[int, Sequence[int]]]:
    """Versions with the ids of records, as many as one statement takes."""
    together = defaultdict(list)
    for number, version in versions.items():
        together[version].append(number)
    for version, ids in together.items():
        for portion in in_portions(ids):
            yield version, portion


def heard_of(session: Session, entity: type[Record], ids: Collection[int]) -> set[int]:
    """The ids that a record has, or had once."""
    name = table_of(entity).name
    chosen = select(CHANGE.c.entity_id).where(CHANGE.c.entity == name, CHANGE.c.entity_id.in_(ids))
    return set(session.connection().scalars(chosen.distinct()))


def _rewound(session: Session, table: Table, version: int, ids: Sequence[int]) -> dict[int, Values]:
    held: dict[int, Values | None] = {**_present(session, table, version, ids)}
    for change in session.connection().execute(_changes_since(table, version, ids)):
        held[change.entity_id] = _before(table, change, held.get(change.entity_id))
    return {number: values for number, values in held.items() if values is not None}


def _present(session: Session, table: Table, version: int, ids: Sequence[int]) -> dict[int, Values]:
    columns = [column for column in table.c if column.name not in UNRECORDED]
    chosen = select(*columns).where(table.c.id.in_(ids), table.c.version >= version)
    return {row["id"]: dict(row) for row in session.connection().execute(chosen).mappings()}


def _changes_since(table: Table, version: int, ids: Sequence[int]) -> Select[Any]:
    """The changes after a version, the last first; a removal has the version it removed."""
    later = (CHANGE.c.version > version) | ((CHANGE.c.version == version) & CHANGE.c.new.is_(None))
    return (
        select(CHANGE)
        .where(CHANGE.c.entity == table.name, CHANGE.c.entity_id.in_(ids), later)
        .order_by(CHANGE.c.id.desc())
    )


def _before(table: Table, change: Any, values: Values | None) -> Values | None:
    """What the record held before a change; None for nothing, or nothing that is known."""
    if change.old is None or not change.salt:
        return None
    old = loaded(table.c, json.loads(change.old))
    if change.new is None:
        names = (column.name for column in table.c if column.name not in UNRECORDED)
        return loaded(table.c, dict.fromkeys(names)) | old
    return None if values is None else values | old
