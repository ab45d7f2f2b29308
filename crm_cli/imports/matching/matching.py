"""Which records the rows of a file name: found by a temporary table of the file's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, MetaData, Table, and_, func, select, text

from schema.base import BigId, table_of
from schema.bulk import delete_all, insert_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection
    from sqlmodel import Session

    from crm_cli.imports.matching.entries import Entries, Known
    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Identity, Part, Plan

Record = dict[str, Any]
"""A record as it stands now, by attribute."""

AT_ONCE = 5_000

UNSEEN = {"created_at", "created_by", "updated_at", "updated_by"}
"""Columns on which no decision rests."""


class Matcher:
    """The records that the rows of a file name.

    For parts without links they are found for the whole file at once, for others as their
    parents become known.
    """

    def __init__(self, session: Session, plan: Plan, entries: Entries) -> None:
        self._session = session
        self._found: dict[str, dict[int, tuple[int, ...]]] = {}
        for part in plan.parts:
            if not part.links:
                self._found[part.name] = self._look_up(part, entries.known(part))

    def find(self, part: Part, some: Iterable[tuple[int, Values, Values]]) -> None:
        """Find those of a part with links, given by key, values, and ids of their parents."""
        known = [(key, *part.known_by({**values, **ids})) for key, values, ids in some]
        self._found[part.name] = self._look_up(part, [known])

    def ids(self, part: Part, key: int) -> tuple[int, ...]:
        """The records that the given of this key may mean."""
        return self._found[part.name].get(key, ())

    def records(
        self, part: Part, numbers: Collection[int], names: Collection[str] | None = None
    ) -> dict[int, Record]:
        """The records of these ids, locked until the end of the transaction.

        With `names` they have only these attributes, and those that every record has.
        """
        if not numbers:
            return {}
        table = table_of(part.entity)
        asked = table.c.keys() if names is None else {"id", "version", *names}
        columns = [one for one in table.c if one.name in asked and one.name not in UNSEEN]
        statement = select(*columns).where(table.c.id.in_(numbers)).with_for_update()
        names = [column.name for column in columns]
        rows = self._session.connection().execute(statement).all()
        records = (dict(zip(names, row, strict=True)) for row in rows)
        return {record["id"]: record for record in records}

    def _look_up(self, part: Part, known: Iterable[Sequence[Known]]) -> dict[int, tuple[int, ...]]:
        connection = self._session.connection()
        keys = _key_table(part)
        names = ["key", *part.identifying]
        keys.create(connection)
        for some in known:
            insert_all(connection, keys, names, some)
        found: dict[int, tuple[int, ...]] = {}
        for identity in (one for one in part.identities if not one.refuting):
            by_it = _by(connection, part, identity, keys)
            delete_all(connection, keys, "key", by_it)
            found |= by_it
        keys.drop(connection)
        return found


def _by(
    connection: Connection, part: Part, identity: Identity, keys: Table
) -> dict[int, tuple[int, ...]]:
    """Records of an identity by key, without those that what says more speaks against."""
    table = table_of(part.entity)
    names = part.identifying if part.rivals[identity] else ()
    is_mailbox = "email" in identity.attributes
    same = [
        _compared(table, name, is_mailbox=is_mailbox) == keys.c[name]
        for name in identity.attributes
    ]
    columns = (*(keys.c[name] for name in names), *(table.c[name] for name in names))
    statement = (
        select(keys.c.key, table.c.id, *columns)
        .select_from(keys.join(table, and_(*same)))
        .where(text(part.alive))
        .with_for_update(of=table)
    )
    found: dict[int, tuple[int, ...]] = {}
    for some in connection.execute(statement).partitions(AT_ONCE):
        for key, number, *values in some:
            if not names or part.agree(identity, *_sides(names, values)):
                found[key] = (*found.get(key, ()), number)
    return found


def _sides(names: Sequence[str], values: Sequence[Any]) -> tuple[Values, Values]:
    """What the row gives, and what the record has."""
    given, present = values[: len(names)], values[len(names) :]
    return dict(zip(names, given, strict=True)), dict(zip(names, present, strict=True))


def _key_table(part: Part) -> Table:
    table = table_of(part.entity)
    return Table(
        "import_key",
        MetaData(),
        Column("key", BigId, primary_key=True),
        *(Column(name, table.c[name].type) for name in part.identifying),
        prefixes=["TEMPORARY"],
    )


def _compared(table: Table, name: str, *, is_mailbox: bool) -> ColumnElement[Any]:
    """The column as it is compared.

    Beside an address ids are sums: their index would lead through all contacts of an account for
    each of its rows.
    """
    column = table.c[name]
    if name == "email":
        return func.lower(column)
    return column + 0 if is_mailbox and name.endswith("_id") else column
