"""The rows of another program's address book as those of a sheet of contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from crm_cli.cards.address_books import GOOGLE, layout_of
from crm_cli.cards.people import (
    HEADINGS,
    Person,
    full_name,
    gender_of,
    origin_headings,
    without_repeats,
)
from crm_cli.origins import origin_of
from crm_cli.sheets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from crm_cli.cards.address_books import Layout
    from crm_cli.sheets.sheet import Sheet

KIND = "address book"
WHOLE = 5
"""With so many headings of its own it is all a program's, and what is left is of no use here."""

_SEVERAL = re.compile(r"\s*:::\s*|;\s+")
_SILENT = re.compile("fax|pager", re.IGNORECASE)
_INSIDE_EXCHANGE = "/o="
_NOTHING = re.compile("[0./-]+|normal[a-z]*|unspecified|nieokreślona|false|fałsz|falsch|smtp|ex")
"""What Outlook writes where nothing was said."""
_SHOWN = 8
_OURS = ("origin", "more_emails", "more_phones")
"""What only our own exports keep in the columns that Outlook leaves to its users."""
_UNTOLD = re.compile(".*(display name|angezeigter name|wyswietlana).*")
"""Headings of what the file says elsewhere too."""


def as_contacts(sheet: Sheet, plain: Callable[[str], str], by_hand: Mapping[str, str]) -> Sheet:
    """The address book as a sheet of contacts; any other sheet as it is.

    `plain` gives the form in which headings are compared. What is mapped `by_hand` stays as it is.
    """
    # A mapping that --guess has printed says nothing new of our own headings.
    chosen = {plain(one) for one, field in by_hand.items() if HEADINGS.get(field) != one}
    names = ["" if plain(one) in chosen else plain(one) for one in sheet.headings]
    layout = layout_of(names)
    if layout is None:
        return sheet
    book = _Book(layout, names, sheet.rows)
    rest = [at for at in range(len(names)) if at not in book.used]
    left_out = [at for at in rest if names[at]] if layout.marked(names) >= WHOLE else []
    told = [at for at in left_out if not _UNTOLD.fullmatch(names[at])]
    rows = _Rows(sheet, book, [at for at in rest if at not in left_out])
    return replace(
        sheet,
        kind=KIND,
        headings=rows.headings,
        rows=rows,
        about=_about(layout, _in_use(sheet, told)),
    )


@dataclass(frozen=True)
class _Book:
    """Where a file has what is known of people."""

    layout: Layout
    names: Sequence[str]
    rows: Iterable[Row]

    def places(self, role: str) -> list[int]:
        return self._places.get(role, [])

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        ours = () if self.stamps else _OURS
        roles = [role for role in self.layout.roles if role not in ours]
        return {role: self.layout.places(role, self.names) for role in roles}

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """The databases from which people were exported."""
        places = self.layout.places("origin", self.names)
        found = (origin_of("contact", _text(row.cells[at])) for row in self.rows for at in places)
        return tuple(dict.fromkeys(one.stamp for one in found if one))

    @property
    def used(self) -> set[int]:
        """The columns that are read, and those that only say what others are."""
        read = {at for some in self._places.values() for at in some}
        return {*read, *(at for at in map(self._label_of, read) if at is not None)}

    @property
    def kept(self) -> list[int]:
        """Which of the columns of a sheet of contacts the file fills."""
        roles = {
            "name": ("given", "family", "shown"),
            "other_emails": ("email",),
            "other_phones": ("phone",),
        }
        return [
            at
            for at, name in enumerate(HEADINGS)
            if any(map(self.places, roles.get(name, (name,))))
        ]

    def person(self, cells: Sequence[object]) -> Person:
        """Who stands in a row."""
        given = [self._first(cells, "given"), self._first(cells, "middle")]
        origin = origin_of("contact", self._first(cells, "origin"))
        more = ("more_emails", "more_phones") if origin else ()
        emails = self._texts(cells, "email", *more[:1])
        phones = self._texts(cells, "phone", *more[1:])
        return Person(
            name=full_name(given, self._first(cells, "family"), self._first(cells, "shown")),
            company=self._first(cells, "account"),
            department=self._first(cells, "area"),
            job_title=self._first(cells, "job_title"),
            emails=without_repeats(one for one in emails if not _is_inside(one)),
            phones=without_repeats(phones, digits=True),
            gender=gender_of(self._first(cells, "gender")),
            note=self._first(cells, "note"),
            origin=origin,
        )

    def _first(self, cells: Sequence[object], role: str) -> str:
        return next((text for at in self.places(role) if (text := _text(cells[at]))), "")

    def _texts(self, cells: Sequence[object], *roles: str) -> list[str]:
        """All that stands there, the preferred ones first."""
        found: list[tuple[bool, str]] = []
        for at in (at for role in roles for at in self.places(role)):
            label = self._label_of(at)
            said = _text(cells[label]) if label is not None else ""
            if (text := _text(cells[at])) and not _SILENT.search(said):
                found += ((not said.startswith("*"), part) for part in _SEVERAL.split(text) if part)
        return [text for _, text in sorted(found, key=lambda one: one[0])]

    def _label_of(self, place: int) -> int | None:
        """Where Google says what kind of number a column has."""
        before = place - 1
        if self.layout is GOOGLE and self.names[place].endswith(" value") and before >= 0:
            stem = self.names[place].removesuffix("value")
            return before if self.names[before] in {f"{stem}label", f"{stem}type"} else None
        return None


class _Rows:
    """The rows, made anew at each walk as those of the file are read."""

    def __init__(self, sheet: Sheet, book: _Book, passed_on: Sequence[int]) -> None:
        self._sheet = sheet
        self._book = book
        self._kept = book.kept
        self._passed_on = passed_on
        names = tuple(HEADINGS.values())
        self.headings = (
            *(names[at] for at in self._kept),
            *origin_headings(book.stamps),
            *(sheet.headings[at] for at in passed_on),
        )

    def __iter__(self) -> Iterator[Row]:
        for row in self._sheet.rows:
            cells = self._book.person(row.cells).cells(self._book.stamps)
            own = (*(cells[at] for at in self._kept), *cells[len(HEADINGS) :])
            yield Row(row.number, (*own, *(row.cells[at] for at in self._passed_on)))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _is_inside(address: str) -> bool:
    return address.lower().startswith(_INSIDE_EXCHANGE)


def _in_use(sheet: Sheet, places: Collection[int]) -> list[str]:
    """The headings of columns that say anything."""
    used = {
        at
        for row in sheet.rows
        for at in places
        if (text := _text(row.cells[at])) and not _NOTHING.fullmatch(text.casefold())
    }
    return [sheet.headings[at] for at in sorted(used)]


def _about(layout: Layout, left_out: Sequence[str]) -> str:
    said = f"an address book of {layout.name}."
    if not left_out:
        return said
    names = ", ".join(f"'{heading}'" for heading in left_out[:_SHOWN])
    more = f" and {len(left_out) - _SHOWN} more" if len(left_out) > _SHOWN else ""
    return f"{said} Left out, for a contact has no such field: {names}{more}."
