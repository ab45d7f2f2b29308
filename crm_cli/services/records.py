"""Adding, changing and removing records of any noun; a noun's own rules come from its service."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm_cli.errors import Conflict, InvalidData, NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.views.view import View
    from schema.base import Record


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


def add(session: Session, view: View, values: Mapping[str, Any], *, on_match: str = "fail") -> int:
    """Add a record and give its id; `on_match` says what a known external id means."""
    known = _with_external_id(session, view, values.get("external_id"))
    if known is not None and on_match != "fail":
        if on_match == "update":
            edit(session, view, [known], values)
        return known
    complete = _complete(session, view, {}, _given(values))
    _require(view, complete)
    record = entity(view)(**complete)
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
            if now[name] != value:
                setattr(record, name, value)
        _require(view, record.model_dump())
    flush(session, view)


def remove(session: Session, view: View, ids: Sequence[int]) -> list[int]:
    """Delete records; gives the ids of those that others refer to, which are archived instead."""
    archived = []
    for number in ids:
        record = get(session, view, number)
        try:
            with session.begin_nested():
                session.delete(record)
        except IntegrityError:
            record.archived_at = session.info["origin"].now
            archived.append(number)
    session.flush()
    return archived


def flush(session: Session, view: View) -> None:
    """Write now; raises Conflict for what the database says exists already."""
    try:
        session.flush()
    except IntegrityError as error:
        raise _conflict(view, error) from error


def _with_external_id(session: Session, view: View, external_id: str | None) -> int | None:
    if external_id is None:
        return None
    kind = entity(view)
    found: int | None = session.scalars(
        select(kind.id).where(kind.external_id == external_id, kind.archived_at.is_(None))  # type: ignore[arg-type, call-overload, union-attr]  # class attributes are columns
    ).first()
    return found


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _complete(
    session: Session, view: View, now: Mapping[str, Any], values: dict[str, Any]
) -> dict[str, Any]:
    """Let the noun's service check the values and add what follows from them."""
    if view.service is None:
        return values
    complete = getattr(import_module(f"crm_cli.services.{view.service}"), "complete", None)
    home = session.info["place"].country
    return values if complete is None else complete(now, values, home)


def _require(view: View, values: Mapping[str, Any]) -> None:
    for column in view.editable:
        if column.required and values.get(column.field or "") in {None, ""}:
            raise InvalidData(f"A {view.noun} needs a {column.labels[0].lower()}.")


def _conflict(view: View, error: IntegrityError) -> Conflict:
    """Name the columns of a broken unique rule; both drivers name them in their own way."""
    text = str(error.orig)
    for column in view.editable:
        if f".{column.field}" in text or f"({column.field}" in text or f", {column.field}" in text:
            return Conflict(
                f"Another {view.noun} has this {column.labels[0].lower()} already.",
                hint=f"crm {view.noun} list",
            )
    return Conflict(f"The database refused the {view.noun}: {text.splitlines()[0]}.")
