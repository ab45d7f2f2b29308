"""Reading, inserting and changing many records at once, stamped and audited as one by one."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, delete, update
from sqlmodel import col, select

from crm_cli.audit import UNRECORDED, Change, record
from crm_cli.portions import portions
from schema.base import table_of
from schema.bulk import insert_all
from schema.ids import take_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session
    from sqlmodel.sql.expression import SelectOfScalar

    from crm_cli.audit import Origin
    from schema.base import Record, Row

    Entity = TypeVar("Entity", bound=Row)

AT_ONCE = 5_000


class Edit(NamedTuple):
    """New values of a record, and those they replace."""

    id: int
    version: int
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def selects(entity: type[Entity], ids: Collection[int]) -> Iterator[SelectOfScalar[Entity]]:
    """Statements that read rows by their ids, in the order of these."""
    for some in portions(sorted(ids), AT_ONCE):
        yield select(entity).where(col(entity.id).in_(some)).order_by(col(entity.id))


def add_all(session: Session, entity: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert records; values not given take their defaults. Gives the ids in order."""
    table = table_of(entity)
    blank = _defaults(entity) | _stamp(session, "created", "updated")
    ids = take_ids(session.connection(), table, len(rows))
    for some in portions(list(zip(ids, rows, strict=True)), AT_ONCE):
        _insert(session, table, blank, [{**row, "id": number} for number, row in some])
    return ids


def append_all(session: Session, entity: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows of a technical table, of which nothing is audited; gives the ids in order."""
    if not rows:
        return []
    table, blank = table_of(entity), _defaults(entity)
    ids = take_ids(session.connection(), table, len(rows))
    names = [column.name for column in table.c]
    base = dict.fromkeys(names) | blank
    full = ({**base, **row, "id": number} for number, row in zip(ids, rows, strict=True))
    insert_all(session.connection(), table, names, map(itemgetter(*names), full))
    return ids


def edit_all(session: Session, entity: type[Record], edits: Sequence[Edit]) -> None:
    """Change records that this transaction has locked."""
    alike: dict[tuple[str, ...], list[Edit]] = defaultdict(list)
    for edit in edits:
        alike[tuple(sorted(edit.new))].append(edit)
    for names, some in alike.items():
        _edit_alike(session, entity, names, some)


def remove_all(session: Session, entity: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete records that this transaction has locked, given whole for the audit."""
    table = table_of(entity)
    for some in portions(rows, AT_ONCE):
        gone = delete(table).where(table.c.id.in_([row["id"] for row in some]))
        session.connection().execute(gone)
        if entity.audited:
            record(session, _deleted(table.name, some))


def restore_all(session: Session, entity: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert records that were removed, under the ids they had; what is not given is empty."""
    table = table_of(entity)
    blank = _stamp(session, "created", "updated")
    for some in portions(rows, AT_ONCE):
        _insert(session, table, blank, some)


def _insert(
    session: Session, table: Table, blank: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, with what is in `blank` where they say nothing; else it is NULL."""
    kept = {name: value for name, value in blank.items() if value is not None}
    given = kept.keys() | set().union(*rows)
    names = [column.name for column in table.c if column.name in given]
    base = dict.fromkeys(names) | kept
    full = [{**base, **row} for row in rows]
    insert_all(session.connection(), table, names, map(itemgetter(*names), full))
    record(session, _inserted(table.name, full))


def _edit_alike(
    session: Session, entity: type[Record], names: tuple[str, ...], edits: Sequence[Edit]
) -> None:
    table = table_of(entity)
    stamp = _stamp(session, "updated")
    given = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    change = (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .values(**given, **stamp, version=table.c.version + 1)
    )
    for some in portions(edits, AT_ONCE):
        rows = [{"row_id": edit.id, **_prefixed(edit.new)} for edit in some]
        session.connection().execute(change, rows)
        record(
            session,
            (
                Change(table.name, edit.id, edit.version + 1, dict(edit.old), dict(edit.new))
                for edit in some
            ),
        )


def _prefixed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}


def _inserted(table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for row in rows:
        yield Change(table, row["id"], row["version"], None, _told(row))


def _deleted(table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for row in rows:
        yield Change(table, row["id"], row.get("version"), _told(row), None)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in row.items() if value is not None and name not in UNRECORDED
    }


def _defaults(entity: type[Row]) -> dict[str, Any]:
    return {
        name: field.get_default()
        for name, field in entity.model_fields.items()
        if not field.is_required() and name != "id"
    }


def _stamp(session: Session, *verbs: str) -> dict[str, Any]:
    origin: Origin = session.info["origin"]
    return {
        f"{verb}_{what}": value
        for verb in verbs
        for what, value in (("at", origin.now), ("by", origin.actor))
    }
