"""Columns and views: the shape of a noun, over plain SQL."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.views.types import INTEGER, MOMENT, TEXT, ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from schema.dialect import Dialect

Labels = tuple[str, str, str]
"""A heading in English, Romanian and Polish, the order of `LANGUAGES`."""


@dataclass(kw_only=True, eq=False, repr=False)
class Column:
    """One column of a noun: a table heading, a JSON key, an option, a spreadsheet column."""

    name: str
    sql: str | Callable[[Dialect], str]
    labels: Labels
    type: ColumnType = TEXT
    help: str = ""
    aliases: tuple[str, ...] = ()
    folded: str | None = None
    """SQL of the folded companion, by which the column is compared and sorted."""
    noun: str | None = None
    """The noun this column refers to; then `key` is the SQL of the id."""
    key: str = ""
    field: str | None = None
    """The entity's attribute it is written to; None for a column that cannot be edited."""
    loaded: str | None = None
    """The attribute a spreadsheet may fill in a new record, where only a process changes it."""
    join: str = ""
    """SQL of a join that is made only where the column is named; it may multiply the rows."""
    required: bool = False
    listed: bool = False
    for_programs: bool = False
    """Whether a record that is shown to people leaves it out, unless it is asked for."""

    @property
    def editable(self) -> bool:
        """Whether `add` and `edit` have an option for it."""
        return self.field is not None

    @property
    def attribute(self) -> str | None:
        """The attribute a spreadsheet fills, where it may fill any."""
        return self.field or self.loaded

    def expression(self, dialect: Dialect) -> str:
        """The SQL of its value."""
        return self.sql if isinstance(self.sql, str) else self.sql(dialect)


class Key(NamedTuple):
    """A way to name a record beside its id, written `prefix:value`."""

    prefix: str
    sql: str
    normal: Callable[[str], Any]
    plain: Callable[[str], bool] = lambda text: False
    """Whether a reference without prefix may be of this form."""
    is_folded: bool = False
    """Whether the values are compared folded, row by row: for short lists."""


@dataclass(kw_only=True, eq=False, repr=False)
class View:
    """A noun over a FROM clause; the first column is always its id."""

    noun: str
    entity: str
    source: str
    alias: str
    columns: tuple[Column, ...]
    keys: tuple[Key, ...] = ()
    search: tuple[str, ...] = ()
    title: str = "name"
    """The column by which people recognise a record."""
    service: str | None = None
    """The module of `services` with rules of its own for this noun."""
    order: str = "id"
    within: str = ""
    """The column that orders the rows of one record, where a join makes several."""
    merged_into: str | None = None
    listing: str = ""
    """The command that lists the records, where it is not `crm NOUN list`."""
    alive: str = ""
    """SQL that holds for the records lists show; by default those that are not archived."""
    by_name: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {column.name: column for column in self.columns}
        if not self.alive:
            self.alive = f"{self.alias}.archived_at IS NULL"

    @property
    def shown_by(self) -> str:
        """The command that lists the records."""
        return self.listing or f"crm {self.noun} list"

    @property
    def words(self) -> str:
        """The noun as commands say it: `product recipe`."""
        return self.shown_by.removeprefix("crm ").partition(" list")[0]

    @property
    def listed(self) -> tuple[Column, ...]:
        """The columns of a list for people."""
        return tuple(column for column in self.columns if column.listed)

    @property
    def editable(self) -> tuple[Column, ...]:
        """The columns that `add` and `edit` write."""
        return tuple(column for column in self.columns if column.editable)

    @property
    def loadable(self) -> tuple[Column, ...]:
        """The columns that a spreadsheet fills."""
        return tuple(column for column in self.columns if column.attribute)


def listing(view: View, *names: str) -> View:
    """The same noun with other columns in its lists."""
    columns = tuple(replace(column, listed=column.name in names) for column in view.columns)
    return replace(view, columns=columns)


def id_column(alias: str) -> Column:
    """The id every record has."""
    return Column(
        name="id", sql=f"{alias}.id", type=INTEGER, labels=("Id", "Id", "Id"), listed=True
    )


def record_columns(alias: str) -> tuple[Column, ...]:
    """The columns every record ends with."""
    return (
        Column(
            name="external_id",
            sql=f"{alias}.external_id",
            labels=("External id", "Cod extern", "Identyfikator zewnętrzny"),
            field="external_id",
            help="Key of the record in another system.",
        ),
        Column(
            name="version",
            sql=f"{alias}.version",
            type=INTEGER,
            labels=("Version", "Versiune", "Wersja"),
        ),
        Column(
            name="created_at",
            sql=f"{alias}.created_at",
            type=MOMENT,
            labels=("Created at", "Creat la", "Utworzono"),
        ),
        Column(
            name="created_by",
            sql=f"{alias}.created_by",
            labels=("Created by", "Creat de", "Utworzył"),
        ),
        Column(
            name="updated_at",
            sql=f"{alias}.updated_at",
            type=MOMENT,
            labels=("Updated at", "Modificat la", "Zmieniono"),
        ),
        Column(
            name="updated_by",
            sql=f"{alias}.updated_by",
            labels=("Updated by", "Modificat de", "Zmienił"),
        ),
        Column(
            name="archived_at",
            sql=f"{alias}.archived_at",
            type=MOMENT,
            labels=("Archived at", "Arhivat la", "Zarchiwizowano"),
        ),
    )


def with_id(column: Column) -> tuple[Column, Column]:
    """A reference: the column people read and write, and the id it stands for."""
    labels = tuple(f"{label} (id)" for label in column.labels)
    return column, Column(
        name=f"{column.name}_id",
        sql=column.key,
        type=INTEGER,
        labels=labels,  # type: ignore[arg-type]  # three, like the column's
    )
