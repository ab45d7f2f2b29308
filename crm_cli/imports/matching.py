"""Which records the rows of a file name: found by a temporary table of the file's own keys."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, MetaData, Table, and_, func, insert, select, text

from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from crm_cli.imports.plan import Identity, Part

Found = dict[Any, list[dict[str, Any]]]
"""Row -> the records it may mean, as they stand now."""


def match(session: Session, part: Part, rows: Mapping[Any, Mapping[str, Any]]) -> Found:
    """Find the records of rows, locked until the end of the transaction."""
    found: Found = {}
    keys = list(rows)
    for identity in part.identities:
        wanted = [
            (place, key)
            for place, row in enumerate(keys)
            if row not in found and (key := identity.key(rows[row]))
        ]
        for place, records in _look_up(session, part, identity, wanted).items():
            row = keys[place]
            agreeing = [one for one in records if part.agree(identity, rows[row], one)]
            if agreeing:
                found[row] = agreeing
    return found


def _look_up(
    session: Session, part: Part, identity: Identity, wanted: list[tuple[int, tuple[Any, ...]]]
) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if not wanted:
        return found
    connection = session.connection()
    table = table_of(part.entity)
    keys = _key_table(table, identity)
    keys.create(connection)
    names = [column.name for column in keys.columns]
    connection.execute(
        insert(keys), [dict(zip(names, (row, *key), strict=True)) for row, key in wanted]
    )
    same = (_compared(table, name) == keys.c[name] for name in identity.attributes)
    statement = (
        select(keys.c.row, *table.c)
        .select_from(keys.join(table, and_(*same)))
        .where(text(part.alive))
        .with_for_update(of=table)
    )
    columns = table.c.keys()
    for row, *values in connection.execute(statement):
        found[row].append(dict(zip(columns, values, strict=True)))
    keys.drop(connection)
    return found


def _key_table(table: Table, identity: Identity) -> Table:
    columns = (Column(name, table.c[name].type, index=True) for name in identity.attributes)
    return Table(
        "import_key",
        MetaData(),
        Column("row", Integer, primary_key=True),
        *columns,
        prefixes=["TEMPORARY"],
    )


def _compared(table: Table, name: str) -> ColumnElement[Any]:
    column = table.c[name]
    return func.lower(column) if name == "email" else column
