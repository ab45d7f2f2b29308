"""Recording every change of audited records and sealing each transaction into the chain."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, event, insert, inspect, select, update

from crm_cli.folding import fold_for
from schema.audit import CHANGE, HEAD
from schema.audit import TRANSACTION as TX
from schema.base import Record, Row
from schema.bulk import insert_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session, UOWTransaction

UNRECORDED = {"version", "created_at", "created_by", "updated_at", "updated_by"}
"""Columns that say nothing of their own: the transaction holds who and when."""


MANY = 100
"""Rows from which on a way round the statement's compiler pays."""
COLUMNS = ("seq", "entity", "entity_id", "version", "old", "new", "salt", "digest")
SALT = 8
"""Bytes of a salt."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who changes the database, by which command, when."""

    now: datetime
    actor: str
    os_user: str
    command: str
    command_id: str
    clock: datetime | None = None
    job: str | None = None
    import_id: int | None = None


class Change(NamedTuple):
    """One insert (no old), update or delete (no new) of one row."""

    entity: str
    entity_id: int
    version: int | None
    old: dict[str, Any] | None
    new: dict[str, Any] | None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} cannot be audited")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_plain,
)


def watch(session: Session) -> None:
    """Stamp and record what this session changes; `session.info['origin']` says for whom."""
    event.listen(session, "before_flush", _stamp)
    event.listen(session, "after_flush", _record)
    event.listen(session, "before_commit", seal)


def _stamp(session: Session, context: UOWTransaction, instances: object) -> None:
    origin: Origin = session.info["origin"]
    for record in session.new:
        if isinstance(record, Record) and record.created_at is None:
            record.created_at, record.created_by = origin.now, origin.actor
            record.updated_at, record.updated_by = origin.now, origin.actor
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            record.updated_at, record.updated_by = origin.now, origin.actor
    for record in (*session.new, *session.dirty):
        if isinstance(record, Record):
            for companion, source in record.folded.items():
                text = getattr(record, source)
                setattr(record, companion, None if text is None else fold_for(companion)(text))


def _record(session: Session, context: UOWTransaction) -> None:
    changes = [
        *(_inserted(row) for row in session.new if _audited(row)),
        *(_updated(row) for row in session.dirty if _audited(row)),
        *(_deleted(row) for row in session.deleted if _audited(row)),
    ]
    record(session, (change for change in changes if change.old or change.new))


def _audited(row: object) -> bool:
    return isinstance(row, Row) and row.audited


def _inserted(row: Row) -> Change:
    return _change(row, None, _values(row))


def _deleted(row: Row) -> Change:
    return _change(row, _values(row), None)


def _updated(row: Row) -> Change:
    state: Any = inspect(row)
    old, new = {}, {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key not in UNRECORDED and history.has_changes():
            old[column.key] = history.deleted[0] if history.deleted else None
            new[column.key] = history.added[0] if history.added else None
    return _change(row, old, new)


def _change(row: Row, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Change:
    return Change(str(row.__tablename__), row.key, getattr(row, "version", None), old, new)


def _values(row: Row) -> dict[str, Any]:
    state: Any = inspect(row)
    names = (column.key for column in state.mapper.column_attrs)
    return {
        name: value
        for name in names
        if name not in UNRECORDED and (value := getattr(row, name)) is not None
    }


def record(session: Session, changes: Iterable[Change]) -> None:
    """Write audit rows for changes, in this transaction; the bulk paths call it themselves."""
    connection = session.connection()
    done = session.info.get("audit_seq", 0)
    salts = _salts()
    rows = [_row(change, seq, next(salts)) for seq, change in enumerate(changes, start=done + 1)]
    if not rows:
        return
    session.info["audit_seq"] = done + len(rows)
    tx_id = open_transaction(session)
    if len(rows) < MANY:
        named = [dict(zip(COLUMNS, row, strict=True), tx_id=tx_id) for row in rows]
        connection.execute(insert(CHANGE), named)
    else:
        insert_all(connection, CHANGE, ["tx_id", *COLUMNS], ((tx_id, *row) for row in rows))


def open_transaction(session: Session) -> int:
    """The audit transaction of this session, begun when first needed."""
    if "audit_tx" not in session.info:
        origin: Origin = session.info["origin"]
        values = {
            "command_id": origin.command_id,
            "at": datetime.now(UTC),
            "clock": origin.clock,
            "actor": origin.actor,
            "os_user": origin.os_user,
            "command": origin.command,
            "job": origin.job,
            "import_id": origin.import_id,
        }
        result = session.connection().execute(insert(TX).values(**values).returning(TX.c.id))
        session.info["audit_tx"] = result.scalar_one()
    return int(session.info["audit_tx"])


def _salts() -> Iterator[str]:
    """Random salts, drawn from the system many at a time."""
    while True:
        drawn = secrets.token_hex(SALT * MANY)
        for start in range(0, len(drawn), 2 * SALT):
            yield drawn[start : start + 2 * SALT]


def _row(change: Change, seq: int, salt: str) -> tuple[Any, ...]:
    """The values of COLUMNS."""
    entity, entity_id, version, *states = change
    told = entity, entity_id, version, *(canonical(_sealed(entity, state)) for state in states)
    return (seq, *told, salt, digest(salt, *told))


def _sealed(entity: str, values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Values with the SHA-256 in place of texts that are kept elsewhere as they came."""
    hashed = _hashed(entity)
    if values is None or hashed.isdisjoint(values):
        return values
    return {name: _text_hash(value) if name in hashed else value for name, value in values.items()}


def _text_hash(text: str | None) -> str | None:
    return None if text is None else f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@cache
def _hashed(entity: str) -> frozenset[str]:
    columns = Row.metadata.tables[entity].c
    return frozenset(column.name for column in columns if "hashed" in column.info)


def digest(salt: str, *parts: str | int | None) -> str:
    """The digest of one change; it stays when the payload is erased."""
    return _sha256([salt, *parts])


def chain_hash(previous: str, header: Sequence[object], digests: Iterable[str]) -> str:
    """The hash that seals a transaction to the one before it."""
    return _sha256([previous, *header, *digests])


def _sha256(parts: Iterable[object]) -> str:
    """The hash of a JSON list; its items are written one by one, which is quicker."""
    return hashlib.sha256(f"[{', '.join(map(_json, parts))}]".encode()).hexdigest()


def _json(value: object) -> str:
    """A value as JSON has it; the encoder is slow to begin with anything but text."""
    if value is None:
        return "null"
    return str(value) if type(value) is int else _ENCODER.encode(value)


def canonical(values: dict[str, Any] | None) -> str | None:
    """Values as JSON that is the same for the same values; None stays None."""
    if values is None:
        return None
    return _ENCODER.encode(values)


def seal(session: Session) -> None:
    """Close the transaction's audit rows into the chain; runs before the outermost commit only."""
    if session.in_nested_transaction():
        return
    session.flush()
    tx_id = session.info.pop("audit_tx", None)
    session.info.pop("audit_seq", None)
    if tx_id is not None:
        _seal(session.connection(), tx_id)


def _seal(connection: Connection, tx_id: int) -> None:
    digests = connection.scalars(
        select(CHANGE.c.digest).where(CHANGE.c.tx_id == tx_id).order_by(CHANGE.c.seq)
    ).all()
    if not digests:
        connection.execute(delete(TX).where(TX.c.id == tx_id))
        return
    head = connection.execute(select(HEAD).with_for_update()).mappings().one()
    row = connection.execute(select(TX).where(TX.c.id == tx_id)).mappings().one()
    position = head["position"] + 1
    sealed = {"position": position, "changes": len(digests), "previous_hash": head["hash"]}
    sealed["hash"] = chain_hash(head["hash"], header({**row, **sealed}), digests)
    connection.execute(update(TX).where(TX.c.id == tx_id).values(**sealed))
    connection.execute(update(HEAD).values(position=position, hash=sealed["hash"]))


HEADER = (
    "position",
    "command_id",
    "at",
    "clock",
    "actor",
    "os_user",
    "command",
    "job",
    "import_id",
    "changes",
)


def header(row: dict[str, Any]) -> list[object]:
    """The sealed part of an audit transaction, as JSON has it."""
    return [_header_value(row[name]) for name in HEADER]


def _header_value(value: object) -> object:
    return _plain(value) if isinstance(value, datetime) else value
