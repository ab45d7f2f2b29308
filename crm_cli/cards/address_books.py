"""Address books that Outlook, Google and Thunderbird export as CSV, known by their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class Layout:
    """The headings of one program, in all its languages, as headings are compared."""

    name: str
    roles: Mapping[str, Sequence[str]]
    """Field of a contact, or part of its name -> patterns of headings, the first counts most."""
    marks: Sequence[str]
    """Patterns of headings that hardly any other file has."""

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile("|".join(self.marks))

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return re.compile("|".join(one for some in self.roles.values() for one in some))

    def has(self, heading: str) -> bool:
        """Whether the program says something of a person under this heading."""
        return self._known.fullmatch(heading) is not None

    def marked(self, headings: Iterable[str]) -> int:
        """How many of the headings are of this program alone."""
        return sum(1 for one in set(headings) if self._marks.fullmatch(one))

    def places(self, role: str, headings: Sequence[str]) -> list[int]:
        """Where the file has what is known of a person, in the order in which it counts."""
        return [
            place
            for pattern in self.roles.get(role, ())
            for place, heading in enumerate(headings)
            if re.fullmatch(pattern, heading)
        ]


_GIVEN = ("first name", "given name", "vorname", "imie", "prenume")
_MIDDLE = ("middle name", "additional name", "weitere vornamen", "drugie imie", "al doilea prenume")
_FAMILY = ("last name", "family name", "nachname", "nazwisko", "nume", "nume de familie")
_NOTES = ("notes", "notizen", "notatki", "note", "observatii")
_COMPANIES = ("company", "organization", "organisation", "firma", "companie", "organizacja")
_DEPARTMENTS = ("department", "abteilung", "dzial", "departament")
_TITLES = ("job title", "position", "stanowisko", "functie", "functia", "titlu post")
_GENDERS = ("gender", "geschlecht", "plec", "sex", "gen")

_EMAIL = r"e ?mail{0} address|e mail{0} adresse|adres e mail{0}|adresa (de )?e ?mail{0}"
_BUSINESS_PHONE = (
    r"business phone|telefon geschaftlich|telefon sluzbowy|telefon (la |de )?(serviciu|birou)"
)

OUTLOOK = Layout(
    "Outlook",
    {
        "given": _GIVEN,
        "middle": _MIDDLE,
        "family": _FAMILY,
        "account": _COMPANIES,
        "area": _DEPARTMENTS,
        "job_title": _TITLES,
        "email": [_EMAIL.format(number) for number in ("", " 2", " 3")],
        "phone": [
            r"primary phone|haupttelefon|telefon (podstawowy|principal)",
            _BUSINESS_PHONE,
            rf"({_BUSINESS_PHONE}) 2",
            r"(mobile phone|mobiltelefon|telefon (komorkowy|mobil))( 2)?",
            r"company main phone|telefon (principal )?firma|glowny telefon do firmy",
            r"(home phone|telefon (privat|domowy|acasa|la domiciliu))( 2)?",
            r"car phone|autotelefon|telefon w samochodzie|telefon auto(mobil)?",
            r"other phone|weiteres telefon|inny telefon|alt telefon",
        ],
        "note": _NOTES,
        "gender": _GENDERS,
        "origin": (r"(user|benutzer|uzytkownik|utilizator) 4",),
        "more_emails": (r"(user|benutzer|uzytkownik|utilizator) 3",),
        "more_phones": (r"(user|benutzer|uzytkownik|utilizator) 2",),
    },
    (
        *(_EMAIL.format(number) for number in ("", " [23]")),
        rf"({_BUSINESS_PHONE})( 2)?",
        r"(business|home) (street|city|state|postal code|country|country region|fax|phone)( 2)?",
        r"(strasse|ort|postleitzahl|fax) geschaftlich|faks sluzbowy|fax (la )?serviciu",
        r"adres sluzbowy (ulica|miejscowosc|kod pocztowy)|company main phone|telefon firma",
        r"(e mail( [23])?( display name| angezeigter name))|nazwa wyswietlana e mail( [23])?",
    ),
)

GOOGLE = Layout(
    "Google",
    {
        "given": _GIVEN,
        "middle": _MIDDLE,
        "family": _FAMILY,
        "shown": ("name", "file as"),
        "account": ("organization( 1)? name",),
        "area": ("organization( 1)? department",),
        "job_title": ("organization( 1)? title",),
        "email": (r"e mail [0-9]{1,2} value",),
        "phone": (r"phone [0-9]{1,2} value",),
        "note": _NOTES,
        "gender": _GENDERS,
    },
    (r"(e mail|phone) 1 (value|label|type)", r"organization( 1)? (name|title)", "labels"),
)

THUNDERBIRD = Layout(
    "Thunderbird",
    {
        "given": _GIVEN,
        "middle": _MIDDLE,
        "family": _FAMILY,
        "shown": ("display name", "anzeigename", "wyswietlana nazwa", "nume afisat"),
        "account": _COMPANIES,
        "area": _DEPARTMENTS,
        "job_title": _TITLES,
        "email": (
            "primary email|primare e mail adresse|podstawowy (adres )?e mail",
            "secondary email|sekundare e mail adresse|dodatkowy (adres )?e mail",
        ),
        "phone": (
            "work phone|tel dienstlich|telefon sluzbowy",
            "mobile number|mobil tel nr|telefon komorkowy",
            "home phone|tel privat|telefon domowy",
        ),
        "note": _NOTES,
    },
    (
        "(primary|secondary) email|(primare|sekundare) e mail adresse|screen name",
        "(podstawowy|dodatkowy) (adres )?e mail|display name|anzeigename|wyswietlana nazwa",
        "work (phone|zipcode|zip)|mobile number|tel dienstlich|mobil tel nr|birth year",
    ),
)

LAYOUTS = (OUTLOOK, GOOGLE, THUNDERBIRD)
ENOUGH = 2
"""So many headings of one program alone make a file its own."""


def layout_of(headings: Sequence[str]) -> Layout | None:
    """The program whose address book has these headings; None where it is another file."""
    best = max(LAYOUTS, key=lambda one: one.marked(headings))
    named = any(best.places(role, headings) for role in ("given", "family", "shown"))
    return best if named and best.marked(headings) >= ENOUGH else None


def is_of_layout(heading: str) -> bool:
    """Whether a program that keeps addresses has this heading."""
    return any(layout.has(heading) for layout in LAYOUTS)
