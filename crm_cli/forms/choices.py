"""What the drop-down lists of a workbook to be filled in offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.imports.matching.references import resolve_all
from crm_cli.languages.vocabulary import shown
from crm_cli.values.text import fold
from crm_cli.views.types import Choice

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place
    from crm_cli.views.view import Column, View

LONGEST = 5_000
"""Records of a noun up to which they are offered by name; of more nobody picks one in a list."""

NO_YES = {"en": ("no", "yes"), "ro": ("nu", "da"), "pl": ("nie", "tak")}
_CURRENCIES = ("RON", "PLN", "EUR", "USD", "GBP", "CHF", "HUF", "CZK")


class Choices:
    """The lists of one workbook; a noun that several columns refer to has one."""

    def __init__(self, reader: Reader, place: Place, language: str) -> None:
        self.lists: dict[str, list[str]] = {}
        self._reader = reader
        self._place = place
        self._language = language

    def of(self, column: Column) -> str | None:
        """The name of the list that a column offers; None where it offers none."""
        name = self._name(column)
        if name is None:
            return None
        if name not in self.lists:
            self.lists[name] = self._values(column)
        return name if self.lists[name] else None

    def used(self) -> dict[str, list[str]]:
        """The lists that have anything to offer."""
        return {name: values for name, values in self.lists.items() if values}

    def _name(self, column: Column) -> str | None:
        if column.noun:
            return column.noun
        if isinstance(column.type, Choice):
            return column.name
        kind = column.type.name
        return kind if kind in {"boolean", "currency", "country", "county"} else None

    def _values(self, column: Column) -> list[str]:
        if column.noun:
            return self._records(views.of(column.noun))
        if isinstance(column.type, Choice):
            return [shown(word, self._language) for word in column.type.words]
        return {
            "boolean": self._booleans,
            "currency": self._currencies,
            "country": self._countries,
            "county": self._counties,
        }[column.type.name]()

    def _records(self, view: View) -> list[str]:
        """The names by which an import finds exactly one record."""
        title = view.by_name.get(f"name_{self._language}") or view.by_name[view.title]
        rows = self._reader.all(
            f"SELECT {title.expression(self._reader.dialect)} FROM {view.source}"  # noqa: S608 - declared SQL
            f" WHERE {view.alive} LIMIT {LONGEST + 1}"
        )
        names = {" ".join(str(name).split()) for (name,) in rows if name}
        if len(rows) > LONGEST:
            return []
        found = resolve_all(self._reader, view, names)
        return sorted((name for name in names if isinstance(found[name], int)), key=fold)

    def _booleans(self) -> list[str]:
        return list(reversed(NO_YES[self._language]))

    def _currencies(self) -> list[str]:
        from crm_cli.values.currencies import CURRENCIES

        return list(dict.fromkeys([self._place.currency, *_CURRENCIES, *sorted(CURRENCIES)]))

    def _countries(self) -> list[str]:
        from babel import Locale

        from crm_cli.values.countries import COUNTRIES

        names = Locale(self._language).territories
        others = sorted((names[code] for code in COUNTRIES), key=fold)
        return list(dict.fromkeys([names[self._place.country], *others]))

    def _counties(self) -> list[str]:
        from crm_cli.values.counties import COUNTIES

        return sorted(COUNTIES.get(self._place.country, {}).values(), key=fold)
