"""Records as they were before a command: all of them, or an error that names one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from crm_cli import views
from crm_cli.bulk import Edit, restore_all
from crm_cli.errors import Conflict
from crm_cli.services import records
from crm_cli.services.undoing.putting_back import old_value, present, put_back
from crm_cli.services.undoing.trail import in_portions, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.services.undoing.trail import Touched


def take_back(session: Session, touched: Sequence[Touched]) -> None:
    """Take all records back, the last first; raises Conflict for what cannot be put back.

    What others still hold on to waits for them; what something refers to in the end is archived.
    """
    waiting = _after_many(session, touched)
    while waiting:
        refused = [(one, error) for one in waiting if (error := _refusal(session, one))]
        if len(refused) == len(waiting):
            _archive(session, refused)
            return
        waiting = [one for one, _ in refused]


def _refusal(session: Session, one: Touched) -> IntegrityError | None:
    """Take back one record, or give what the database has against it."""
    try:
        with session.begin_nested():
            _put_back(session, one)
    except IntegrityError as error:
        return error
    return None


def _put_back(session: Session, one: Touched) -> None:
    kind = kind_of(one.entity)
    if one.deleted:
        row = {**one.was, "id": one.id, "version": one.version + 1}
        restore_all(session, kind, [row])
    elif one.inserted:
        session.delete(session.get_one(kind, one.id, with_for_update=True))
    else:
        record = session.get_one(kind, one.id, with_for_update=True)
        for name, value in one.was.items():
            setattr(record, name, old_value(name, value, getattr(record, name)))


def _archive(session: Session, refused: Sequence[tuple[Touched, IntegrityError]]) -> None:
    """Archive what something refers to; raises Conflict for what cannot be put back."""
    for one, error in refused:
        if not one.inserted:
            raise _cannot_be_put_back(one, error)
        record = session.get_one(kind_of(one.entity), one.id)
        record.archived_at = session.info["origin"].now
    session.flush()


def _cannot_be_put_back(one: Touched, error: IntegrityError) -> Conflict:
    has_view = one.entity in views.MODULES
    taken = records.taken_by_another(views.of(one.entity), error) if has_view else None
    conditions = (f"'entity = {one.entity}'", f"'entity_id = {one.id}'")
    return Conflict(
        f"The {one} cannot be put back: {taken or 'the database refuses what it held'}.",
        hint=" --where ".join(["crm audit show", *conditions]),
    )


def _after_many(session: Session, touched: Sequence[Touched]) -> list[Touched]:
    """Put changed records back many at a time; gives what is left to be taken back one by one."""
    changed: dict[str, dict[int, Touched]] = defaultdict(dict)
    for one in touched:
        if not one.inserted and not one.deleted:
            changed[one.entity][one.id] = one
    refused = {
        (entity, edit.id)
        for entity, some in changed.items()
        for portion in in_portions(some)
        for edit in put_back(session, kind_of(entity), list(_edits(session, some, portion)))
    }
    return [one for one in touched if one.inserted or one.deleted or one.key in refused]


def _edits(session: Session, some: Mapping[int, Touched], ids: Sequence[int]) -> Iterator[Edit]:
    """What is to be written into changed records."""
    kind = kind_of(next(iter(some.values())).entity)
    for number, now in sorted(present(session, kind, ids).items()):
        was = some[number].was
        new = {name: old_value(name, value, now[name]) for name, value in was.items()}
        old = {name: now[name] for name in new if now[name] != new[name]}
        if old:
            yield Edit(number, now["version"], old, {name: new[name] for name in old})
