"""A person of an address book, and the row of a sheet that says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_cli.sheets.roundtrip import headings
from crm_cli.values.text import fold
from crm_cli.views.contacts import GENDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.origins import Origin

HEADINGS = {
    "name": "Name",
    "account": "Account",
    "area": "Area",
    "job_title": "Job title",
    "email": "E-mail",
    "other_emails": "Other e-mails",
    "phone": "Phone",
    "other_phones": "Other phones",
    "gender": "Gender",
    "note": "Note",
}
"""Field of a contact -> the heading under which a sheet has it."""

BETWEEN = "; "
_TELLING = 9
"""So many digits of a number are the same at home and from abroad."""
_LINE_END = re.compile("\r\n?")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Person:
    """What an address book says of a person; the first e-mail and phone are the main ones."""

    name: str = ""
    company: str = ""
    department: str = ""
    job_title: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    gender: str = ""
    note: str = ""
    origin: Origin | None = None

    def cells(self, stamps: Sequence[str]) -> tuple[object, ...]:
        """The cells under `HEADINGS`, and those that name the record in each of the databases."""
        texts = (
            *(self.name, self.company, self.department, self.job_title),
            *_main_and_others(self.emails),
            *_main_and_others(self.phones),
            *(self.gender, self.note),
        )
        cells = (_cleaned(text) or None for text in texts)
        return (*cells, *self._origin_cells(stamps))

    def _origin_cells(self, stamps: Sequence[str]) -> Iterator[int | None]:
        for stamp in stamps:
            origin = self.origin if self.origin and self.origin.stamp == stamp else None
            yield from (origin.id, origin.version) if origin else (None, None)


def stamps_of(people: Iterable[Person]) -> tuple[str, ...]:
    """The databases that people were exported from."""
    return tuple(dict.fromkeys(one.origin.stamp for one in people if one.origin))


def origin_headings(stamps: Iterable[str]) -> tuple[str, ...]:
    """The headings of the cells that name records."""
    return tuple(heading for stamp in stamps for heading in headings(stamp))


def full_name(given: Sequence[str], family: str, shown: str) -> str:
    """The name from its parts where both are there, else as it is shown."""
    parts = " ".join(filter(None, (*(one.strip() for one in given), family.strip())))
    whole = given and given[0].strip() and family.strip()
    return parts if whole else shown.strip() or parts


def name_parts(name: str) -> tuple[str, str]:
    """Given names and family name, which together are the name again."""
    given, _, family = name.rpartition(" ")
    return given, family


def without_repeats(texts: Iterable[str], *, digits: bool = False) -> list[str]:
    """The texts, each once; of numbers only the last digits are compared."""
    found: dict[str, str] = {}
    for text in texts:
        alike = "".join(filter(str.isdigit, text))[-_TELLING:] if digits else ""
        found.setdefault(alike or text.casefold(), text)
    return list(found.values())


def gender_of(text: str) -> str:
    """`female` or `male`, where a word says so."""
    folded = fold(text).rstrip(".")
    return folded if folded in GENDERS.values() else GENDERS.get(folded, "")


def _cleaned(text: str) -> str:
    return _NO_TEXT.sub("", _LINE_END.sub("\n", text)).strip()


def _main_and_others(texts: Sequence[str]) -> tuple[str, str]:
    return (texts[0] if texts else "", BETWEEN.join(texts[1:]))
