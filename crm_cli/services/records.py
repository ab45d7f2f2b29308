"""Adding, changing and removing records of any noun; a noun's own rules come from its service."""

from __future__ import annotations

import re
from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData, NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.views.view import View
    from schema.base import Record

UNIQUE = re.compile(r"(?:UNIQUE constraint failed: |Key \()([\w., ]+)")
"""The columns of a broken unique rule, as SQLite and as PostgreSQL name them."""


def entity(view: View) -> type[Record]:
    """The table class behind a view."""
    module, _, name = view.entity.partition(":")
    found: type[Record] = getattr(import_module(module), name)
    return found


def get(session: Session, view: View, number: int) -> Record:
    """A record, locked against others until the end of the transaction."""
    found = session.get(entity(view), number, with_for_update=True)
    if found is None:
        raise NotFound(f"There is no {view.noun} with id {number}.")
    return found


def with_external_id(session: Session, view: View, external_id: str | None) -> int | None:
    """The living record that another system knows under this id; None where there is none."""
    if external_id is None:
        return None
    kind = entity(view)
    return session.exec(
        select(col(kind.id))
        .where(col(kind.external_id) == external_id)
        .where(col(kind.archived_at).is_(None))
    ).first()


def add(session: Session, view: View, values: Mapping[str, Any], *, on_match: str = "fail") -> int:
    """Add a record and give its id; `on_match` says what a known external id means."""
    known = with_external_id(session, view, values.get("external_id"))
    if known is not None and on_match != "fail":
        if on_match == "update":
            edit(session, view, [known], values)
        return known
    complete = _complete(session, view, {}, _given(values))
    _require(view, complete)
    record = entity(view)(**complete)
    _settle(session, view, record)
    session.add(record)
    flush(session, view)
    return record.key


def edit(session: Session, view: View, ids: Sequence[int], values: Mapping[str, Any]) -> None:
    """Change records; only what differs is written."""
    if not values:
        raise UsageError("Nothing to change was given.", hint=f"crm {view.noun} edit --help")
    for number in ids:
        record = get(session, view, number)
        now = record.model_dump()
        for name, value in _complete(session, view, now, dict(values)).items():
            kept = _cleared(record, name) if value is None else value
            if now[name] != kept:
                setattr(record, name, kept)
        _require(view, record.model_dump())
        _settle(session, view, record)
    flush(session, view)


def remove(session: Session, view: View, ids: Sequence[int]) -> list[int]:
    """Delete records; gives the ids of those that others refer to, which are archived instead."""
    following = _rule(view, "following")
    with following(session) if following else nullcontext():
        archived = [
            number for number in ids if not _is_deleted(session, get(session, view, number))
        ]
        session.flush()
    return archived


def _is_deleted(session: Session, record: Record) -> bool:
    """Delete a record; archive it where that cannot be."""
    try:
        with session.begin_nested():
            session.delete(record)
    except IntegrityError:
        record.archived_at = session.info["origin"].now
        return False
    return True


def warnings(session: Session, view: View, ids: Sequence[int]) -> list[str]:
    """What the noun's service has to say of records that were just written."""
    found = _rule(view, "warnings")
    said: list[str] = [] if found is None else found(session, ids)
    return said


def left_behind(session: Session, view: View, ids: Sequence[int]) -> list[str]:
    """What the noun's service has to say of records that were just archived."""
    found = _rule(view, "left_behind")
    said: list[str] = [] if found is None else found(session, ids)
    return said


def flush(session: Session, view: View) -> None:
    """Write now; raises Conflict for what the database says exists already."""
    try:
        session.flush()
    except IntegrityError as error:
        raise _conflict(view, error) from error


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _cleared(record: Record, name: str) -> Any:
    """What an attribute holds when its value is taken away: its default, if it has one."""
    field = type(record).model_fields[name]
    return None if field.is_required() else field.get_default()


def _complete(
    session: Session, view: View, now: Mapping[str, Any], values: dict[str, Any]
) -> dict[str, Any]:
    """Let the noun's service check the values and add what follows from them."""
    complete = _rule(view, "complete")
    home = session.info["place"].country
    return values if complete is None else complete(now, values, home)


def _settle(session: Session, view: View, record: Record) -> None:
    """Let the noun's service fit the record and the others of its kind to each other."""
    settle = _rule(view, "settle")
    if settle is not None:
        with session.no_autoflush:
            settle(session, record)


def _rule(view: View, name: str) -> Any:
    if view.service is None:
        return None
    return getattr(import_module(f"crm_cli.services.{view.service}"), name, None)


def _require(view: View, values: Mapping[str, Any]) -> None:
    for column in view.editable:
        if column.required and values.get(column.field or "") in {None, ""}:
            raise InvalidData(f"The {view.noun} has no {column.labels[0].lower()}.")


def _conflict(view: View, error: IntegrityError) -> Conflict:
    taken = taken_by_another(view, error)
    if taken is None:
        return Conflict(f"The database refused the {view.noun}: {str(error.orig).splitlines()[0]}.")
    return Conflict(f"{taken.capitalize()}.", hint=f"crm {view.noun} list")


def taken_by_another(view: View, error: IntegrityError) -> str | None:
    """What a broken unique rule says; of its columns the last tells most."""
    text = str(error.orig)
    names = [
        name.rpartition(".")[2] for found in UNIQUE.findall(text) for name in found.split(", ")
    ]
    for name in reversed(names):
        for column in view.editable:
            if name in {column.field, (column.folded or "").rpartition(".")[2]}:
                label = column.labels[0].lower()
                return f"another {view.noun} has this {label} already"
    return None
