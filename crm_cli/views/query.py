"""Columns, conditions, sort and limit become one statement with bound parameters."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli import views
from crm_cli.errors import UsageError
from crm_cli.folding import fold_for
from crm_cli.portions import portions
from crm_cli.references import resolve
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.table import Table
from crm_cli.views.types import Choice, ColumnType, WordSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crm_cli.reader import Reader
    from crm_cli.views.filters import Condition
    from crm_cli.views.types import Place
    from crm_cli.views.view import Column, View

AT_ONCE = 5_000
"""As many ids as one statement takes on either database."""
MOST = 10**12
"""No list is longer; much larger limits do not fit into a statement."""
LIKE_ESCAPES = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


class Selection(NamedTuple):
    """What to read of a noun: the common options of every list."""

    columns: tuple[Column, ...]
    where: tuple[str, ...] = ()
    search: str = ""
    sort: str = ""
    limit: int | None = None
    archived: bool = False
    also: str = ""
    """SQL of a condition the command itself sets, with its parameters."""
    also_values: tuple[Any, ...] = ()


def find_columns(view: View, names: str) -> tuple[Column, ...]:
    """The columns named in `a,b,c`; raises UsageError naming those there are."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if not wanted:
        raise UsageError(f"'{names}' names no column.", hint=f"Columns: {', '.join(view.by_name)}.")
    return tuple(find_column(view, name) for name in wanted)


def named(columns: Sequence[Column], names: str) -> list[Column]:
    """Those of a table's columns that are named; raises UsageError naming those there are."""
    known = {column.name: column for column in columns}
    wanted = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            raise UsageError(f"There is no column '{name}'.", hint=f"Columns: {', '.join(known)}.")
    return [known[name] for name in wanted]


def find_column(view: View, name: str) -> Column:
    """One column by its name; raises UsageError naming those there are."""
    found = view.by_name.get(name.lower())
    if found is None:
        known = ", ".join(view.by_name)
        raise UsageError(f"There is no column '{name}' in {view.noun}.", hint=f"Columns: {known}.")
    return found


def select(reader: Reader, view: View, selection: Selection, place: Place) -> Iterator[list[Any]]:
    """Run a selection; rows are values in the order of its columns."""
    sql, parameters = statement(reader, view, selection, place)
    loads = [
        (at, column.type.load)
        for at, column in enumerate(selection.columns)
        if type(column.type).load is not ColumnType.load
    ]
    return _loaded(reader.rows(sql, parameters), loads)


def _loaded(
    rows: Iterator[tuple[Any, ...]], loads: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[list[Any]]:
    for raw in rows:
        row = list(raw)
        for at, load in loads:
            row[at] = load(row[at])
        yield row


def select_saying(
    reader: Reader, view: View, selection: Selection, place: Place, say: Callable[[str], None]
) -> Iterator[list[Any]]:
    """Run a selection; where its limit leaves rows out, say so after the last one."""
    if selection.limit is None:
        return select(reader, view, selection, place)
    limit = min(selection.limit, MOST)
    return _up_to(limit, select(reader, view, selection._replace(limit=limit + 1), place), say)


def _up_to(
    limit: int, rows: Iterator[list[Any]], say: Callable[[str], None]
) -> Iterator[list[Any]]:
    yield from islice(rows, limit)
    if next(rows, None) is not None:
        say(f"Only the first {limit} are shown; without --limit all are.")


def read(reader: Reader, view: View, ids: Sequence[int], place: Place) -> Table:
    """Whole records by id, archived ones too; one id gives a single record.

    In the order of the view, of very many each `AT_ONCE` by themselves.
    """
    rows = [row for some in portions(ids, AT_ONCE) for row in _read(reader, view, some, place)]
    return Table(view.columns, rows, single=len(ids) == 1)


def _read(reader: Reader, view: View, ids: Sequence[int], place: Place) -> Iterator[list[Any]]:
    key = view.columns[0].expression(reader.dialect)
    selection = Selection(
        columns=view.columns,
        archived=True,
        also=f"{key} IN ({', '.join('?' * len(ids))})",
        also_values=tuple(ids),
    )
    return select(reader, view, selection, place)


def statement(
    reader: Reader, view: View, selection: Selection, place: Place
) -> tuple[str, list[Any]]:
    """The SQL of a selection and its parameters."""
    build = _Builder(reader, view, place)
    if selection.where:
        from crm_cli.views.filters import parse_condition

        for text in selection.where:
            build.add(parse_condition(text))
    if selection.search:
        build.search(selection.search)
    if not selection.archived:
        build.conditions.append(view.alive)
    if selection.also:
        build.conditions.append(selection.also)
        build.parameters.extend(selection.also_values)
    wanted = ", ".join(column.expression(reader.dialect) for column in selection.columns)
    build.use(*selection.columns)
    order = build.order(selection.sort or view.order)
    source = "".join([view.source, *build.joins])
    sql = f"SELECT {wanted} FROM {source}"  # noqa: S608 - SQL of declared columns only
    if build.conditions:
        sql += " WHERE " + " AND ".join(build.conditions)
    sql += f" ORDER BY {order}"
    if selection.limit is not None:
        sql += f" LIMIT {selection.limit:d}"
    return sql, build.parameters


class _Builder:
    """Collects the conditions of one statement and their parameters, in order."""

    def __init__(self, reader: Reader, view: View, place: Place) -> None:
        self.reader = reader
        self.dialect = reader.dialect
        self.view = view
        self.place = place
        self.conditions: list[str] = []
        self.parameters: list[Any] = []
        self.joins: dict[str, None] = {}
        """What the named columns need beside the source of the view, each once."""

    def use(self, *columns: Column) -> None:
        """Make the joins of columns."""
        self.joins |= dict.fromkeys(column.join for column in columns if column.join)

    def add(self, condition: Condition) -> None:
        self.conditions.append(self.condition(self.view, condition))

    def condition(self, view: View, condition: Condition) -> str:
        column = find_column(view, condition.path[0])
        self.use(column)
        if len(condition.path) > 1:
            return self._through(column, condition)
        if condition.operator in {"empty", "not empty"}:
            return self._empty(column, negated=condition.operator == "not empty")
        if isinstance(column.type, WordSet):
            return self._word_set(column, condition)
        if condition.operator == "~":
            return self._contains(column, condition.values[0])
        if condition.operator == "in":
            return self._among(column, condition.values)
        return self._compare(column, condition)

    def _through(self, column: Column, condition: Condition) -> str:
        """`account.city = Iasi`: the condition holds for the record that is referred to."""
        if column.noun is None:
            raise UsageError(f"'{column.name}' refers to no other noun.")
        other = views.of(column.noun)
        inner = self.condition(other, condition._replace(path=condition.path[1:]))
        key = other.columns[0].expression(self.dialect)
        return f"{column.key} IN (SELECT {key} FROM {other.source} WHERE {inner})"  # noqa: S608

    def _empty(self, column: Column, *, negated: bool) -> str:
        sql = column.key or column.expression(self.dialect)
        textual = column.type.textual and not column.key
        empty = f"({sql} IS NULL OR {sql} = '')" if textual else f"{sql} IS NULL"
        return f"NOT ({empty})" if negated else empty

    def _word_set(self, column: Column, condition: Condition) -> str:
        """A set is compared by its members: = and ~ and in ask for any, != for none."""
        words = [self._parse(column, text)[0] for text in condition.values]
        sql = column.expression(self.dialect)
        found = []
        for word in words:
            found.append(self.dialect.containing(sql))
            self.parameters.append(f"|{word}|")
        any_of = "(" + " OR ".join(found) + ")"
        return f"({sql} IS NULL OR NOT {any_of})" if condition.operator == "!=" else any_of

    def _contains(self, column: Column, text: str) -> str:
        folded = fold_for(column.folded)(text) if column.folded else ""
        if folded:
            self.parameters.append(f"%{folded.translate(LIKE_ESCAPES)}%")
            return f"{column.folded} LIKE ? ESCAPE '\\'"
        self.parameters.append(text)
        expression = column.expression(self.dialect)
        return self.dialect.containing(f"CAST({expression} AS TEXT)")

    def _among(self, column: Column, texts: Sequence[str]) -> str:
        marks = ", ".join(self._bound(column, text) for text in texts)
        return f"{self._compared(column)} IN ({marks})"

    def _compare(self, column: Column, condition: Condition) -> str:
        sql, value = self._compared(column), self._bound(column, condition.values[0])
        if condition.operator == "!=":
            return f"({sql} <> {value} OR {sql} IS NULL)"
        return f"{sql} {condition.operator} {value}"

    def _bound(self, column: Column, text: str) -> str:
        """Bind a value; a word of a declared list stands as it is, for partial indexes name it."""
        value = self._value(column, text)
        if isinstance(column.type, Choice) and value in column.type.words:
            return f"'{value}'"
        self.parameters.append(value)
        return "?"

    def _compared(self, column: Column) -> str:
        return column.key or column.folded or column.expression(self.dialect)

    def _value(self, column: Column, text: str) -> Any:
        if column.noun:
            return resolve(self.reader, views.of(column.noun), text, self.place.me)
        value = self._parse(column, text)
        return fold_for(column.folded)(value) if column.folded else column.type.bind(value)

    def _parse(self, column: Column, text: str) -> Any:
        try:
            return column.type.parse(text, self.place)
        except InvalidValue as error:
            raise UsageError(f"{column.name}: {error.message}", hint=error.hint) from error

    def search(self, text: str) -> None:
        """Every word must stand in one of the searched columns."""
        if not self.view.search:
            raise UsageError(f"{self.view.noun} has no text to search.")
        for word in fold_for(self.view.search[0])(text).split():
            hits = " OR ".join(f"{sql} LIKE ? ESCAPE '\\'" for sql in self.view.search)
            self.conditions.append(f"({hits})")
            self.parameters.extend([f"%{word.translate(LIKE_ESCAPES)}%"] * len(self.view.search))

    def order(self, sort: str) -> str:
        parts = []
        for name in (part.strip() for part in sort.split(",")):
            column = find_column(self.view, name.removeprefix("-"))
            self.use(column)
            direction = " DESC" if name.startswith("-") else ""
            sql = column.folded or column.expression(self.dialect)
            # A column that is never empty may then be read in the order of an index.
            empty = "" if column.required or column.name == "id" else " NULLS LAST"
            parts.append(f"{sql}{direction}{empty}")
        parts.append(self.view.columns[0].expression(self.dialect))
        within = self.view.by_name.get(self.view.within)
        if within and within.join in self.joins:
            parts.append(f"{within.expression(self.dialect)} NULLS LAST")
        return ", ".join(parts)
