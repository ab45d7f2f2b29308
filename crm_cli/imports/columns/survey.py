"""What can only be known from a whole column: how it is written, and the records it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.imports.columns.evidence import Marks, Names, Orders, Shares
from crm_cli.imports.columns.habits import MONTH_FIRST, Habit, Locale
from crm_cli.imports.matching.archived import mark_archived
from crm_cli.imports.matching.later import leave_for_later
from crm_cli.imports.matching.missing import mark_missing
from crm_cli.imports.matching.references import resolve_all
from crm_cli.views.types import Date, Duration, Moment, Percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from crm_cli.errors import CrmError
    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.matching.later import Later
    from crm_cli.imports.matching.missing import Missing
    from crm_cli.reader import Reader
    from crm_cli.sheets.sheet import Row
    from crm_cli.views.types import Place

Named = dict[str, "int | Missing | Later | CrmError"]
"""Reference as written -> the id it stands for, or why it stands for none."""

Evidence = Marks | Shares | Orders | Names


class Survey:
    """One walk over the rows, before any of them is read in earnest."""

    def __init__(
        self,
        rows: Iterable[Row],
        columns: Iterable[Mapped],
        locale: Locale | None = None,
        *,
        by_program: bool = False,
    ) -> None:
        self._locale = locale or Locale()
        self._by_program = by_program
        self._columns = {one.key: one for one in columns}
        self._found = {
            key: found for key, one in self._columns.items() if (found := _evidence(one))
        }
        looks = [(self._columns[key].take, found.look) for key, found in self._found.items()]
        for row in rows if looks else ():
            for take, look in looks:
                if (cell := take(row.cells)) is not None:
                    look(cell)

    def habit(self, one: Mapped, place: Place) -> Habit:
        """How a column is written: what the person says, else what it proves, else the country."""
        found = self._found.get(one.key)
        if isinstance(found, Marks):
            fractions = found.fractions if isinstance(found, Shares) else False
            return Habit(mark=self._locale.mark or found.mark, fractions=fractions)
        if isinstance(found, Orders):
            return Habit(
                day_first=self._order(found, place),
                serials=found.serials,
                swapped=found.swapped and self._locale.day_first is None,
            )
        return Habit(minutes=self._by_program)

    def references(
        self, reader: Reader, me: int | None, create: Collection[str] = (), own: str = ""
    ) -> Mapping[tuple[str, str], Named]:
        """The records named in each column that refers to another noun.

        What is not there may come with the file if it is of its `own` noun, and stays missing
        where its noun is among those to `create`.
        """
        named: dict[tuple[str, str], Named] = {}
        for key, found in self._found.items():
            if isinstance(found, Names) and found.texts:
                view = views.of(self._columns[key].column.noun or "")
                named[key] = {**resolve_all(reader, view, found.texts, me)}
                if view.noun not in create:
                    mark_archived(reader, view, named[key])
                if view.noun == own:
                    leave_for_later(named[key])
                elif view.noun in create:
                    mark_missing(view, named[key])
        return named

    def _order(self, found: Orders, place: Place) -> bool | None:
        if self._locale.day_first is not None:
            return self._locale.day_first
        if found.day_first:
            return next(iter(found.day_first)) if len(found.day_first) == 1 else None
        return None if self._locale.mark else place.country not in MONTH_FIRST


def _evidence(one: Mapped) -> Evidence | None:
    kind = one.column.type
    if one.column.noun:
        return Names(one.column.noun, many=one.part.many)
    if isinstance(kind, Percent):
        return Shares()
    if isinstance(kind, Date | Moment):
        return Orders()
    return Marks() if kind.numeric and not isinstance(kind, Duration) else None
