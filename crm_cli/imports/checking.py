"""Rows become checked values, or problems; all before anything is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from crm_cli.imports.cells.rows import given_by
from crm_cli.imports.judging import judge
from crm_cli.imports.matching.entries import Entries
from crm_cli.imports.matching.repeats import Repeats
from crm_cli.imports.plans.entry import Given
from crm_cli.values.sentences import Label, Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from crm_cli.imports.cells.rows import RowReader
    from crm_cli.imports.matching.origins import Origins
    from crm_cli.imports.matching.repeats import Seen
    from crm_cli.imports.plans.entry import Entry, Values
    from crm_cli.imports.plans.plan import Identity, Part, Plan
    from crm_cli.imports.problems import Problems
    from crm_cli.sheets.sheet import Row

TOGETHER = 500
"""Rows read, checked and kept at once: what is done again and again stays quick."""


class Checker:
    """Checks the rows of one sheet; nothing is written yet."""

    def __init__(
        self,
        plan: Plan,
        problems: Problems,
        home: str,
        *,
        fixed: Mapping[str, Values],
        accepted: Collection[str] = (),
    ) -> None:
        self._plan = plan
        self._first = plan.parts[0]
        self._problems = problems
        self._home = home
        self._fixed = fixed
        self._accepted = accepted
        self._repeats = Repeats(self._first)
        self._uniques: Repeats | None = None
        """The rows of an export, which are known apart but by what must be unique."""
        self.entries = Entries(plan.parts)
        self._begun: dict[int, int] = {}
        """First row of an entry -> its number, where entries have several rows."""
        self._exported: dict[int, int] = {}
        """Id of a record that was exported -> the number of its entry."""
        self._latest = 0
        """The entry of the row above, and what that row said of its record."""
        self._above: Values = {}
        self.accepted_rows: list[int] = []

    def check(self, rows: Iterable[Row], reader: RowReader, origins: Origins | None) -> Entries:
        """Give the entries of the rows; those with a bad row are among them."""
        told = origins if origins and origins.told else None
        if told:
            uniques = tuple(one for one in self._first.identities if one.unique)
            self._uniques = Repeats(replace(self._first, identities=uniques))
        walk = iter(rows)
        while some := list(islice(walk, TOGETHER)):
            entries = self._entries(some, reader)
            if told:
                self._note_origins(some, entries, told)
            if self._plan.grouped:
                for row, entry in zip(some, entries, strict=True):
                    self._keep_with_others(row.number, entry)
            else:
                self._keep_alone(some, entries)
        return self.entries

    def _note_origins(
        self, rows: Sequence[Row], entries: Sequence[Entry], origins: Origins
    ) -> None:
        for row, entry in zip(rows, entries, strict=True):
            origin = origins.of(row)
            for given in entry[self._plan.own]:
                given.origin = origin

    def _entries(self, rows: Sequence[Row], reader: RowReader) -> list[Entry]:
        """What the rows give, checked; one thing is done with all of them before the next."""
        read = reader.read(rows)
        return [
            {part.name: self._part(row.number, part, values) for part in self._plan.parts}
            for row, values in zip(rows, read, strict=True)
        ]

    def _part(self, row: int, part: Part, values: Mapping[str, Values]) -> list[Given]:
        own = values.get(part.name, {})
        if fixed := self._fixed.get(part.name):
            own = {**own, **fixed}
        some = given_by(part, own)
        return [self._judge(row, part, given, place) for place, given in enumerate(some)]

    def _judge(self, row: int, part: Part, given: Values, place: int) -> Given:
        checked, faults = judge(part, {}, given, self._home, self._accepted)
        if faults and checked:
            self.accepted_rows.append(row)
        elif faults:
            self._problems.tell_faults(row, part, given, faults)
        return Given(row, given, checked, place)

    def _keep_alone(self, rows: Sequence[Row], entries: Sequence[Entry]) -> None:
        """Each row is an entry; one that repeats another is refused."""
        bad = self._problems.rows
        numbered = zip((row.number for row in rows), entries, strict=True)
        good = [(number, entry) for number, entry in numbered if number not in bad]
        firsts = [given for _, entry in good for given in entry[self._first.name]]
        if self._uniques or not self._repeats.remember_if_new(map(self._seen, firsts)):
            good = [(number, entry) for number, entry in good if self._is_alone(number, entry)]
        self.entries.begin_all([entry for _, entry in good])

    def _is_alone(self, row: int, entry: Entry) -> bool:
        own = entry[self._plan.own]
        exported = bool(own and own[0].origin)
        for given in entry[self._first.name]:
            if found := self._earlier(row, given, exported=exported):
                self._refuse(row, given, *found)
                return False
        return True

    def _seen(self, given: Given) -> Seen:
        return given.row, given.known_by(self._first.known_by)

    def _earlier(self, row: int, given: Given, *, exported: bool) -> tuple[int, Identity] | None:
        found = self._uniques.earlier(row, given.checked) if self._uniques else None
        return found or (None if exported else self._repeated(row, given))

    def _repeated(self, row: int, given: Given) -> tuple[int, Identity] | None:
        return self._repeats.earlier(row, given.checked, given.known_by(self._first.known_by))

    def _refuse(self, row: int, given: Given, earlier: int, identity: Identity) -> None:
        attribute = identity.attributes[-1]
        column = self._first.column_of(attribute)
        label = Label(column.labels) if column else attribute
        why = Sentence("Row {row} has the same {label}.", row=earlier, label=label)
        self._problems.tell_of(row, self._first, attribute, given.values, why)

    def _keep_with_others(self, row: int, entry: Entry) -> None:
        """A row belongs to the entry whose record it names, or to the one above if to none."""
        given = entry[self._first.name][0]
        above, self._above = self._above, given.values
        if given.origin is not None:
            self._keep_exported(given.origin.id, entry)
        elif self._begun and (not given.values or given.values == above):
            self.entries.extend(self._latest, entry)
            self._above = above
        elif found := self._repeats.earlier(row, {**given.values, **given.checked}):
            self._latest = self._begun[found[0]]
            self.entries.extend(self._latest, entry)
        else:
            self._latest = self._begun[row] = self.entries.begin(entry)

    def _keep_exported(self, number: int, entry: Entry) -> None:
        """Rows of the same record belong together."""
        if number in self._exported:
            self._latest = self._exported[number]
            self.entries.extend(self._latest, entry)
        else:
            self._latest = self._exported[number] = self.entries.begin(entry)
