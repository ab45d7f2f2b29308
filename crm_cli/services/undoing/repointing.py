"""Moving everything that refers to some records over to another record of their kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, or_, select, update

from crm_cli.audit import UNRECORDED
from crm_cli.bulk import Edit, edit_all, remove_all
from schema.base import Record, Row, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlmodel import Session

Values = dict[str, Any]


def references(target: type[Row]) -> dict[type[Row], list[str]]:
    """Entity -> its columns that refer to the target, over the whole schema."""
    from schema.models import entities

    wanted = f"{table_of(target).name}.id"
    found: dict[type[Row], list[str]] = defaultdict(list)
    for entity in entities():
        for column, (pointed_at, _) in entity.references.items():
            if pointed_at == wanted:
                found[entity].append(column)
    return dict(found)


def repoint(
    session: Session, target: type[Row], keep_id: int, other_ids: Sequence[int]
) -> Counter[str]:
    """Let all that refers to the others refer to the one kept; how many rows of each table did.

    Rows that would then say the same twice, by a unique rule, become one.
    """
    session.flush()
    moved: Counter[str] = Counter()
    new_ids = dict.fromkeys(other_ids, keep_id)
    for entity, columns in references(target).items():
        rules = _unique_rules(table_of(entity), columns)
        count = _unite(session, entity, columns, rules, new_ids)
        if count:
            moved[table_of(entity).name] = count
    session.expire_all()
    return moved


def _unique_rules(table: Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The unique rules that a change of these columns may break."""
    rules = (rule for rule in table.constraints if isinstance(rule, UniqueConstraint))
    named = (tuple(rule.columns.keys()) for rule in rules)
    return [names for names in named if set(names) & set(columns)]


def _unite(
    session: Session,
    entity: type[Row],
    columns: Sequence[str],
    rules: Sequence[tuple[str, ...]],
    new_ids: Mapping[int, int],
) -> int:
    rows = _rows(session, table_of(entity), columns, rules, new_ids)
    kept: list[tuple[Values, Values]] = []
    standing: dict[tuple[Any, ...], tuple[Values, Values]] = {}
    dropped = []
    for row in rows:
        news = {name: new_ids[row[name]] for name in columns if row[name] in new_ids}
        keys = [(rule, *((row | news)[name] for name in rule)) for rule in rules]
        twin = next((standing[key] for key in keys if key in standing), None)
        if twin or _refers_to_itself(row | news, columns):
            dropped.append(row)
            if twin:
                _fill(twin, row, columns)
            continue
        kept.append((row, news))
        standing.update(dict.fromkeys(keys, (row, news)))
    remove_all(session, entity, dropped)
    _write(session, entity, [(row, news) for row, news in kept if news])
    return len(dropped) + sum(1 for _, news in kept if news)


def _rows(
    session: Session,
    table: Table,
    columns: Sequence[str],
    rules: Sequence[tuple[str, ...]],
    new_ids: Mapping[int, int],
) -> list[Values]:
    """The rows of the others; where a unique rule may break those of the one kept come first."""
    ids = {*new_ids, *(new_ids.values() if rules else ())}
    touched: ColumnElement[bool] = or_(*(table.c[name].in_(ids) for name in columns))
    shown = table.c if rules else [table.c[name] for name in _needed(table, columns)]
    statement = select(*shown).where(touched).order_by(table.c.id).with_for_update()
    found = [dict(row) for row in session.connection().execute(statement).mappings()]
    return sorted(found, key=lambda row: any(row[name] in new_ids for name in columns))


def _needed(table: Table, columns: Sequence[str]) -> list[str]:
    return ["id", *(["version"] if "version" in table.c else []), *columns]


def _refers_to_itself(values: Mapping[str, Any], columns: Sequence[str]) -> bool:
    """Two references to one account: what tells accounts apart has become pointless."""
    pointed_at = [values[name] for name in columns]
    return len(pointed_at) > 1 and len(set(pointed_at)) == 1


def _fill(twin: tuple[Values, Values], row: Values, columns: Sequence[str]) -> None:
    """What only the row that goes knows is kept."""
    stands, news = twin
    for name, value in row.items():
        if value is not None and stands[name] is None and name not in {*UNRECORDED, *columns}:
            news.setdefault(name, value)


def _write(session: Session, entity: type[Row], changes: Sequence[tuple[Values, Values]]) -> None:
    if issubclass(entity, Record):
        edits = [
            Edit(row["id"], row["version"], {name: row[name] for name in news}, news)
            for row, news in changes
        ]
        edit_all(session, entity, edits)
        return
    table = table_of(entity)
    for row, news in changes:
        session.connection().execute(update(table).where(table.c.id == row["id"]).values(**news))
