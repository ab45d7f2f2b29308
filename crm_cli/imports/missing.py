"""Records that a file names and that are not there: created with it where that is asked for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crm_cli.errors import NotFound, UsageError
from crm_cli.values.invalid import quote
from crm_cli.values.sentences import noun as named_noun

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from crm_cli.imports.entries import Entry
    from crm_cli.imports.plan import Values
    from crm_cli.imports.survey import Named
    from crm_cli.imports.writing import Writer
    from crm_cli.transaction import Transaction
    from crm_cli.views.view import View

    Codes = Callable[[str], str]
    """Gives a name a code that no other record has."""

SHOWN = 10
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Missing:
    """A record to be created; all ways to write its name are one."""

    noun: str
    folded: str
    name: str = field(compare=False)


def _named(name: str, code: Codes) -> Values:
    return {"name": name}


def _article(name: str, code: Codes) -> Values:
    return {"name": name, "code": code(name if " " not in name else _slug(name).upper())}


def _entry_of_a_catalogue(name: str, code: Codes) -> Values:
    return {"name_en": name, "code": code(_slug(name))}


CREATABLE: Mapping[str, Callable[[str, Codes], Values]] = {
    "account": _named,
    "employee": _named,
    "product": _article,
    **dict.fromkeys(("reason", "status", "team"), _entry_of_a_catalogue),
}
"""Noun -> the values of a record of which only the name is known."""


def check_creatable(nouns: Iterable[str]) -> None:
    """Refuse nouns of which a name alone makes no record."""
    for noun in nouns:
        if noun not in CREATABLE:
            raise UsageError(
                f"A name alone makes no {noun}.",
                hint=f"--create-missing takes {', '.join(CREATABLE)}.",
            )


def mark_missing(view: View, named: Named) -> None:
    """Put what is to be created in the place of the errors that say it is not there."""
    from crm_cli.values.text import clean, fold_name

    for text, found in named.items():
        if not isinstance(found, NotFound) or (text.isascii() and text.isdigit()):
            continue
        if name := _name_in(view, text):
            named[text] = Missing(view.noun, fold_name(name), clean(name))
        else:
            named[text] = NotFound(
                "There is no {noun} {text}, and a key alone makes none.",
                "Give its name, or import it first.",
                noun=named_noun(view.noun),
                text=quote(text),
            )


def _name_in(view: View, text: str) -> str:
    """The name a reference gives; nothing where it gives a key of another kind."""
    prefix, colon, rest = text.partition(":")
    prefixes = {key.prefix for key in view.keys}
    if colon and prefix.lower() in prefixes:
        return rest.strip() if prefix.lower() == "name" else ""
    others = (key for key in view.keys if key.prefix in {"tax", "email"})
    return "" if any(key.plain(text) for key in others) else text


class Creator:
    """Creates what is missing, each record once; knows afterwards what it made."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._ids: dict[Missing, int] = {}
        self.made: dict[str, list[str]] = defaultdict(list)
        """Noun -> the names of the records."""

    def fill(self, portion: Iterable[Entry], writer: Writer, bad: Container[int]) -> None:
        """Create what the good rows miss, and put the ids into their values."""
        gaps = [
            (values, name, value)
            for entry in portion
            for some in entry.values()
            for given in some
            if given.row not in bad
            for values in (given.values, given.checked)
            for name, value in values.items()
            if isinstance(value, Missing)
        ]
        new = [one for one in dict.fromkeys(gap[2] for gap in gaps) if one not in self._ids]
        for noun in dict.fromkeys(one.noun for one in new):
            self._create(noun, [one for one in new if one.noun == noun], writer)
        for values, name, value in gaps:
            values[name] = self._ids[value]

    def _create(self, noun: str, wanted: list[Missing], writer: Writer) -> None:
        """Add those that nobody else has added in the meantime."""
        from crm_cli import views
        from crm_cli.imports.references import resolve_all

        view = views.of(noun)
        found = resolve_all(self._tx.reader, view, [one.name for one in wanted])
        self._ids.update(
            {one: known for one in wanted if isinstance(known := found[one.name], int)}
        )
        new = [one for one in wanted if one not in self._ids]
        ids = _add(self._tx, noun, [one.name for one in new], writer)
        self._ids.update(zip(new, ids, strict=True))
        self.made[noun].extend(one.name for one in new)


def _add(tx: Transaction, noun: str, names: list[str], writer: Writer) -> list[int]:
    """Minimal records, checked and fitted as those of a file of their own."""
    from crm_cli.bulk import add_all
    from crm_cli.imports.nouns import plan_of

    part = plan_of(noun).parts[0]
    fit = part.fitting(tx.session)
    home: str = tx.session.info["place"].country
    code = _free_codes(tx, noun)
    rows = []
    for name in names:
        values = part.complete({}, CREATABLE[noun](name, code), home)
        rows.append(fit(None, {**values, **part.companions(values)}))
    writer.expect(part.entity, len(rows))
    return add_all(tx.session, part.entity, rows)


def _free_codes(tx: Transaction, noun: str) -> Codes:
    """Codes that no record has; one that is taken gets a number."""
    from sqlalchemy import select

    from crm_cli import views
    from crm_cli.services.records import entity
    from schema.base import table_of

    taken: Counter[str] = Counter()
    if CREATABLE[noun] is not _named:
        table = table_of(entity(views.of(noun)))
        taken.update(tx.session.connection().scalars(select(table.c.code)))

    def free(wanted: str) -> str:
        code, number = wanted, 1
        while taken[code]:
            number += 1
            code = f"{wanted}-{number}"
        taken[code] += 1
        return code

    return free


def _slug(name: str) -> str:
    from crm_cli.values.text import fold

    return _NO_LETTERS.sub("-", fold(name)).strip("-") or "x"


def told(made: Mapping[str, Sequence[str]]) -> list[str]:
    """What was created beside the rows: one sentence for each noun."""
    return [_sentence(noun, names) for noun, names in made.items() if names]


def _sentence(noun: str, names: Sequence[str]) -> str:
    listed = ", ".join(names[:SHOWN])
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    plural = noun if len(names) == 1 else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{len(names)} {plural} created: {listed}{more}".rstrip(".") + "."
