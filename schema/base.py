"""What all tables share: column types, names of constraints, the columns of every record."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import BigInteger, DateTime, Dialect, Index, Integer, MetaData, String, Table, text
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from schema.dialect import MOMENT

naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata = MetaData(naming_convention=naming_convention)

# Ids and amounts are BIGINT; SQLite numbers rows by itself only for the word INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")

References = Mapping[str, tuple[str, str]]
"""Column -> (table.column it points to, what deleting that does: RESTRICT, CASCADE, SET NULL)."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC and cut to whole seconds."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, timestamptz elsewhere."""
        return dialect.type_descriptor(
            String(20) if dialect.name == "sqlite" else DateTime(timezone=True)
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive moments: nobody can say what they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        moment = value.astimezone(UTC).replace(microsecond=0)
        return moment.strftime(MOMENT) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC moment."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class Scaled(TypeDecorator[Decimal]):
    """A decimal kept as an integer of its last decimal place; never a float."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuse digits that would be lost."""
        if value is None:
            return None
        scaled = value.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimals")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give back a decimal with exactly the column's places."""
        return None if value is None else Decimal(value).scaleb(-self.places)


Money = Scaled(2)
Quantity = Scaled(4)
Rate = Scaled(6)


class Words(TypeDecorator[tuple[str, ...]]):
    """A set of words of a fixed list, kept sorted as `|a|b|` so that one can be searched."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Sort and join; an empty set is NULL."""
        return f"|{'|'.join(sorted(set(value)))}|" if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Give back the words in order."""
        return tuple(value.strip("|").split("|")) if value else ()


class Row(SQLModel):
    """A table row with an id that is never used twice."""

    model_config = {"defer_build": True}
    audited: ClassVar[bool] = False
    references: ClassVar[References] = {}

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)

    @property
    def key(self) -> int:
        """The id of a row that has been flushed."""
        if self.id is None:
            raise ValueError(f"{type(self).__name__} has not been flushed")
        return self.id


class Record(Row):
    """A row that people edit: versioned, stamped, audited, archived instead of lost."""

    audited: ClassVar[bool] = True
    folded: ClassVar[Mapping[str, str]] = {}
    """Folded companion column -> the column it is made from."""

    version: int = Field(default=1, sa_type=Integer)
    external_id: str | None = None
    created_at: datetime = Field(default=None, sa_type=UtcDateTime)
    created_by: str = ""
    updated_at: datetime = Field(default=None, sa_type=UtcDateTime)
    updated_by: str = ""
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        table = getattr(cls, "__table__", None)
        return {} if table is None else {"version_id_col": table.c.version}


AUTOINCREMENT = {"sqlite_autoincrement": True}

HASHED: Final = {"info": {"hashed": True}}
"""A long text that is kept elsewhere as it came: the audit seals its SHA-256, and no copy of it."""


def record_table(name: str, *items: Any) -> tuple[Any, ...]:
    """Table arguments of a record: its own constraints, and external_id unique among the living."""
    return (*items, unique_alive(name, "external_id"), AUTOINCREMENT)


def unique_alive(table: str, *columns: str, also: str = "") -> Index:
    """A unique index that leaves archived rows out; `also` narrows it further (SQL)."""
    where = "archived_at IS NULL" + (f" AND {also}" if also else "")
    return partial_index(f"uq_{table}_{'_'.join(columns)}", *columns, where=where, unique=True)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows for which the condition (SQL) holds, on both databases.

    PostgreSQL's part is added by `schema/models.py`: it costs the import of that dialect.
    """
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, info={"where": condition})


def table_of(entity: type[SQLModel]) -> Table:
    """The table behind an entity, for set-based statements."""
    return entity.metadata.tables[str(entity.__tablename__)]
