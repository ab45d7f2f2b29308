"""Giving records back what they were, where nobody changed them since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm_cli.bulk import Edit, edit_all, restore_all
from schema.base import Money, Scaled, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.services.undoing.trail import Later, Touched, Values
    from schema.base import Record

Item = TypeVar("Item")

TOGETHER = (
    {"tax_id", "tax_digits"},
    {"due_on", "due_at", "term_number", "planned_at", "next_reminder_at"},
    {"memento_at", "memento_number", "planned_at", "next_reminder_at"},
    {"digest", "digest_since"},
)
"""Attributes of which none makes sense without the others."""

COUNTED = {"term_number", "memento_number"}
"""Attributes that only count on: under a number that was used, somebody may have been reminded."""


def lock(session: Session, kind: type[Record], ids: Collection[int]) -> set[int]:
    """The records that are still there, locked until the end of the transaction."""
    table = table_of(kind)
    chosen = select(table.c.id).where(table.c.id.in_(ids)).with_for_update()
    return set(session.connection().scalars(chosen))


def present(session: Session, kind: type[Record], ids: Collection[int]) -> dict[int, Values]:
    """Records as they stand, locked until the end of the transaction."""
    table = table_of(kind)
    chosen = select(table).where(table.c.id.in_(ids)).with_for_update()
    return {row["id"]: dict(row) for row in session.connection().execute(chosen).mappings()}


def changed_since(
    one: Touched, now: Mapping[str, Any], later: Mapping[str, Later]
) -> dict[str, Later]:
    """The attributes that are no longer as they were given, because somebody changed them."""
    return {
        name: who
        for name, who in later.items()
        if name in now
        and name not in COUNTED
        and now[name] != _blank_if_missing(one.now.get(name), now[name])
    }


def _blank_if_missing(given: Any, like: Any) -> Any:
    """A trail does not tell what was empty: no value, or no words."""
    return () if given is None and isinstance(like, tuple) else given


def weigh(
    kind: type[Record], one: Touched, now: Mapping[str, Any], later: Mapping[str, Later]
) -> tuple[Values, dict[str, tuple[str, Later]]]:
    """The old values to put back; those to be kept, each with what was changed and by whom."""
    since = changed_since(one, now, later)
    back, kept = {}, {}
    for name, value in one.was.items():
        if now[name] == _blank_if_missing(value, now[name]):
            continue
        cause = next((each for each in (name, *leans_on(kind, name)) if each in since), None)
        if cause:
            kept[name] = (cause, since[cause])
        else:
            back[name] = old_value(name, value, now[name])
    return back, kept


def old_value(name: str, was: Any, now: Any) -> Any:
    """What an attribute is given back; of a number the next one."""
    return now + 1 if name in COUNTED else was


def leans_on(kind: type[Record], name: str) -> Iterator[str]:
    """The attributes without which the value of one means nothing, or another thing."""
    for companion, source in kind.folded.items():
        if name == companion:
            yield source
    for group in TOGETHER:
        if name in group:
            yield from sorted(group - {name})
    columns = table_of(kind).c
    if "currency" in columns:
        money = [column.name for column in columns if _is_money(column.type)]
        if name == "currency":
            yield from money
        elif name in money:
            yield "currency"


def _is_money(kind: Any) -> bool:
    return isinstance(kind, Scaled) and kind.places == Money.places


def put_back(session: Session, kind: type[Record], edits: Sequence[Edit]) -> list[Edit]:
    """Write old values; gives those that the database refuses, each attribute apart."""

    def write(some: Sequence[Edit]) -> None:
        edit_all(session, kind, _at_present(session, kind, some))

    refused = write_by_halves(session, write, edits)
    parts = [part for edit in refused for part in _attributes(kind, edit)]
    return write_by_halves(session, write, parts) if len(parts) > len(refused) else refused


def restore(session: Session, kind: type[Record], gone: Sequence[Touched]) -> list[Touched]:
    """Insert again what was removed; gives what the database refuses."""

    def write(some: Sequence[Touched]) -> None:
        rows = [{**one.was, "id": one.id, "version": one.version + 1} for one in some]
        restore_all(session, kind, rows)

    return write_by_halves(session, write, gone)


def write_by_halves(
    session: Session, write: Callable[[Sequence[Item]], None], items: Sequence[Item]
) -> list[Item]:
    """Write all that the database takes, all at once if it takes all; gives what it refuses."""
    if not items:
        return []
    try:
        with session.begin_nested():
            write(items)
    except IntegrityError:
        if len(items) == 1:
            return list(items)
        middle = len(items) // 2
        halves = (items[:middle], items[middle:])
        return [one for half in halves for one in write_by_halves(session, write, half)]
    return []


def _at_present(session: Session, kind: type[Record], edits: Sequence[Edit]) -> list[Edit]:
    """The edits with the versions that the records have by now."""
    table = table_of(kind)
    chosen = select(table.c.id, table.c.version).where(table.c.id.in_([one.id for one in edits]))
    versions: dict[int, int] = {row.id: row.version for row in session.connection().execute(chosen)}
    return [one._replace(version=versions[one.id]) for one in edits]


def _attributes(kind: type[Record], edit: Edit) -> list[Edit]:
    """The edit cut into as many as can stand alone."""
    groups: list[set[str]] = []
    for name in edit.new:
        near = {name, *leans_on(kind, name)} & set(edit.new)
        touching = [group for group in groups if group & near]
        groups = [group for group in groups if not group & near] + [near.union(*touching)]
    return [_part(edit, group) for group in groups]


def _part(edit: Edit, names: Collection[str]) -> Edit:
    old, new = ({name: each[name] for name in names} for each in (edit.old, edit.new))
    return edit._replace(old=old, new=new)
