"""Creating what rows refer to, in the transaction that writes them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from crm_cli import views
from crm_cli.bulk import add_all
from crm_cli.imports.matching.missing import CREATABLE, Missing
from crm_cli.imports.matching.references import resolve_all
from crm_cli.imports.plans.nouns import plan_of
from crm_cli.services.records import entity
from crm_cli.values.text import fold
from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from crm_cli.imports.plans.entry import Entry
    from crm_cli.imports.writing import Writer
    from crm_cli.transaction import Transaction

SHOWN = 10
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


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
        found = resolve_all(self._tx.reader, views.of(noun), [one.name for one in wanted])
        self._ids.update(
            {one: known for one in wanted if isinstance(known := found[one.name], int)}
        )
        names = {one: one.name for one in wanted if one not in self._ids}
        ids = _add(self._tx, noun, list(names.values()), writer)
        self._ids.update(zip(names, ids, strict=True))
        self.made[noun].extend(names.values())


def _add(tx: Transaction, noun: str, names: list[str], writer: Writer) -> list[int]:
    """Minimal records, checked and fitted as those of a file of their own."""
    part = plan_of(noun).parts[0]
    fit = part.fitting(tx.session)
    home: str = tx.session.info["place"].country
    code = _free_codes(tx, noun)
    rows = []
    for name in names:
        given = {one: code(name) if one == "code" else name for one in CREATABLE[noun]}
        values = part.complete({}, given, home)
        part.fold(values)
        rows.append(fit(None, values))
    writer.expect(part.entity, len(rows))
    return add_all(tx.session, part.entity, rows)


def _free_codes(tx: Transaction, noun: str) -> Callable[[str], str]:
    """Gives a name a code that no record has; one that is taken gets a number."""
    taken: Counter[str] = Counter()
    if "code" in CREATABLE[noun]:
        table = table_of(entity(views.of(noun)))
        taken.update(tx.session.connection().scalars(select(table.c.code)))

    def free(name: str) -> str:
        wanted = code = _slug(name).upper() if noun == "product" else _slug(name)
        number = 1
        while taken[code]:
            number += 1
            code = f"{wanted}-{number}"
        taken[code] += 1
        return code

    return free


def _slug(name: str) -> str:
    return _NO_LETTERS.sub("-", fold(name)).strip("-") or "x"


def told(made: Mapping[str, Sequence[str]]) -> list[str]:
    """What was created beside the rows: one sentence for each noun."""
    return [_sentence(noun, names) for noun, names in made.items() if names]


def _sentence(noun: str, names: Sequence[str]) -> str:
    listed = ", ".join(names[:SHOWN])
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    plural = noun if len(names) == 1 else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{len(names)} {plural} created: {listed}{more}".rstrip(".") + "."
