"""A vCard file read as a sheet of contacts: a card is a row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.cards.content_lines import cards
from crm_cli.cards.people import (
    HEADINGS,
    Person,
    full_name,
    gender_of,
    origin_headings,
    stamps_of,
    without_repeats,
)
from crm_cli.errors import InvalidData
from crm_cli.origins import origin_of
from crm_cli.sheets.sheet import HeldRows, Row, Sheet
from crm_cli.values.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crm_cli.cards.content_lines import Card, Property

KIND = "vcard"
ORIGIN = "X-CRM-RECORD"

_CUT = Sentence("The card is cut off: its end is missing.")
_TIMES = 8
"""So many times its size a file may take in memory."""

_LEFT_OUT = {
    "ADR": "addresses", "LABEL": "addresses", "BDAY": "birthdays", "ANNIVERSARY": "anniversaries",
    "PHOTO": "pictures", "LOGO": "pictures", "URL": "web pages", "CATEGORIES": "categories",
    "IMPP": "messengers",
}  # fmt: skip
_KINDS = {"KIND", "X-ADDRESSBOOKSERVER-KIND"}
_LISTS = {"group", "list"}
_SILENT = {"fax", "pager", "bbs", "modem"}
_PHONE_KINDS = ("work", "cell", "main")
_EMAIL_KINDS = ("work",)
_NO_ADDRESS = {"x400", "ex", "tlx"}


class _Read(NamedTuple):
    person: Person
    card: Card


def read(path: Path, memory: int) -> Sheet:
    """The cards of a file; raises InvalidData for one too large."""
    _require_room(path, memory)
    left_out: Counter[str] = Counter()
    found = {
        number: _Read(person_of_card(card, left_out), card)
        for number, card in enumerate(cards(path.read_bytes()), start=1)
        if not _is_list(card, left_out)
    }
    people = {number: one.person for number, one in found.items()}
    stamps = stamps_of(people.values())
    return Sheet(
        path=path,
        kind=KIND,
        encoding=None,
        delimiter=None,
        name=None,
        heading_row=0,
        headings=(*HEADINGS.values(), *origin_headings(stamps)),
        rows=HeldRows([Row(number, one.cells(stamps)) for number, one in people.items()]),
        about=_about(len(found), left_out),
        unit="card",
        names={number: one.name for number, one in people.items()},
        broken={number: _CUT for number, one in found.items() if not one.card.whole},
    )


def _require_room(path: Path, memory: int) -> None:
    size = path.stat().st_size
    if size * _TIMES > memory:
        raise InvalidData(
            f"{path} has {size // 1_000_000:,} MB, too much for cards.",
            hint="Export them without pictures, or some at a time.",
        )


def _about(count: int, left_out: Counter[str]) -> str:
    said = f"{count} card{'' if count == 1 else 's'}."
    if not left_out.total():
        return said
    what = ", ".join(f"{name} ({times})" for name, times in sorted(left_out.items()) if times)
    return f"{said} Left out, for a contact has no such field: {what}."


def _is_list(card: Card, left_out: Counter[str]) -> bool:
    """Whether the card stands for a list of people, and so for nobody."""
    kinds = {one.value.strip().lower() for one in card.properties if one.name in _KINDS}
    left_out["lists of people"] += len(kinds & _LISTS)
    return bool(kinds & _LISTS)


def person_of_card(card: Card, left_out: Counter[str]) -> Person:
    """The person a card is of; counts what a contact has no field for."""
    texts = _Texts(card)
    company, *units = texts.components("ORG") or [""]
    origin = origin_of("contact", texts.first(ORIGIN))
    for one in card.properties:
        if one.name in _LEFT_OUT and one.value.strip("; \n"):
            left_out[_LEFT_OUT[one.name]] += 1
    emails, phones = texts.emails(ranked=not origin), texts.phones(left_out, ranked=not origin)
    return Person(
        name=_name(texts),
        company=_line(company),
        department=", ".join(filter(None, map(_line, units))),
        job_title=_line(texts.first("TITLE") or texts.first("ROLE")),
        emails=emails if origin else without_repeats(emails),
        phones=phones if origin else without_repeats(phones, digits=True),
        gender=gender_of(texts.first("GENDER").partition(";")[0] or texts.first("X-GENDER")),
        note="\n".join(filter(None, texts.all("NOTE"))),
        origin=origin,
    )


def _name(texts: _Texts) -> str:
    family, given, middle = (*texts.components("N"), "", "", "")[:3]
    return full_name([_line(given), _line(middle)], _line(family), _line(texts.first("FN")))


def _line(text: str) -> str:
    return " ".join(text.split())


class _Texts:
    """The values of a card by the names of their properties."""

    def __init__(self, card: Card) -> None:
        self._properties = card.properties
        self._labels = {
            one.group: one.text().strip("_$!<> ").lower()
            for one in card.properties
            if one.name == "X-ABLABEL" and one.group
        }

    def all(self, name: str) -> list[str]:
        return [one.text().strip() for one in self._properties if one.name == name]

    def first(self, name: str) -> str:
        return next(filter(None, self.all(name)), "")

    def components(self, name: str) -> list[str]:
        """The parts of the first that says anything."""
        found = (one.components() for one in self._properties if one.name == name)
        return next((parts for parts in found if any(map(str.strip, parts))), [])

    def emails(self, *, ranked: bool) -> list[str]:
        found = [
            one
            for one in self._properties
            if one.name == "EMAIL" and not one.types & _NO_ADDRESS and one.value.strip()
        ]
        return [one.text().strip() for one in self._sorted(found, _EMAIL_KINDS if ranked else ())]

    def phones(self, left_out: Counter[str], *, ranked: bool) -> list[str]:
        found = []
        for one in self._properties:
            if one.name != "TEL" or not one.value.strip():
                continue
            if self._is_silent(one):
                left_out["fax and pager numbers"] += 1
            else:
                found.append(one)
        kinds = _PHONE_KINDS if ranked else ()
        return [_dialled(one.text()) for one in self._sorted(found, kinds)]

    def _sorted(self, some: list[Property], kinds: Sequence[str]) -> list[Property]:
        """The preferred one first, then by kind, else as they stand."""

        def rank(one: Property) -> tuple[int, int]:
            said = self._kinds(one)
            place = next((at for at, kind in enumerate(kinds) if kind in said), len(kinds))
            return one.preference, place

        return sorted(some, key=rank)

    def _kinds(self, one: Property) -> set[str]:
        label = self._labels.get(one.group) if one.group else None
        return {*one.types, *((label or "").replace("mobile", "cell").split())}

    def _is_silent(self, one: Property) -> bool:
        kinds = self._kinds(one)
        if kinds & {"voice", "cell"}:
            return False
        return bool(kinds & _SILENT) or any(kind.endswith("fax") for kind in kinds)


def _dialled(text: str) -> str:
    """The number itself of `tel:+40-21-312-45-67;ext=12`."""
    number = text.strip()
    return number[4:].partition(";")[0] if number[:4].lower() == "tel:" else number
