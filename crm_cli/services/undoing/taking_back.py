"""Taking back what one transaction did, record by record, but for what others built on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.bulk import Edit
from crm_cli.services.undoing import removal
from crm_cli.services.undoing.putting_back import (
    changed_since,
    lock,
    present,
    put_back,
    restore,
    weigh,
)
from crm_cli.services.undoing.trail import changes_by, changes_since, in_portions, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.services.undoing.removal import Holds, Ids, Key
    from crm_cli.services.undoing.trail import Later, Touched, Values

REFUSED = "what it was is taken by another record, or gone"
ERASED = "what it held was erased for good"


class Kept(NamedTuple):
    """What was not taken back, and why; no attribute where it is the whole record."""

    entity: str
    id: int
    attribute: str | None
    reason: str


@dataclass
class Taken:
    """What was taken back of an import, in records, and what was kept."""

    import_id: int
    removed: int = 0
    put_back: int = 0
    kept: list[Kept] = field(default_factory=list)


@dataclass
class _Waiting:
    """What could not be taken back yet, for something else stands in its way."""

    holds: Holds = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    gone: dict[str, list[Touched]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        edits, gone = (sum(map(len, each.values())) for each in (self.edits, self.gone))
        return len(self.holds) + edits + gone


class TakingBack:
    """One transaction being taken back, inside another."""

    def __init__(self, session: Session, tx_id: int, taken: Taken) -> None:
        self._session = session
        self._tx_id = tx_id
        self._taken = taken
        self._waiting = _Waiting()
        self._partly: dict[Key, int] = {}

    def take_back(self, made: Ids, changed: Ids) -> None:
        """Remove what was made, put back what was changed, until nothing more gives way."""
        going = {entity: set(self._untouched(entity, ids)) for entity, ids in made.items()}
        removal.spare_parts(self._session, going, made)
        self._waiting.holds = removal.remove(self._session, going)
        for entity, ids in changed.items():
            for portion in in_portions(ids):
                self._change(entity, portion)
        before = 0
        while self._waiting.count not in {0, before}:
            before = self._waiting.count
            self._try_again()
        self._taken.removed += sum(map(len, going.values())) - len(self._waiting.holds)
        self._keep_what_waits()

    def _untouched(self, entity: str, ids: Iterable[int]) -> Iterator[int]:
        """The records that are still there, as they were made."""
        for portion in in_portions(ids):
            standing = lock(self._session, kind_of(entity), portion)
            later = changes_since(self._session, self._tx_id, entity, portion)
            now = present(self._session, kind_of(entity), standing & set(later))
            for one in changes_by(self._session, self._tx_id, entity, list(now)):
                if since := changed_since(one, now[one.id], later[one.id]):
                    self._keep(one.key, None, f"changed by {_last(since)}")
                    standing.discard(one.id)
            yield from standing

    def _change(self, entity: str, ids: Sequence[int]) -> None:
        now = present(self._session, kind_of(entity), ids)
        later = changes_since(self._session, self._tx_id, entity, ids)
        edits = []
        for one in changes_by(self._session, self._tx_id, entity, ids):
            if one.erased:
                self._keep(one.key, None, ERASED)
            elif one.deleted and one.id not in now:
                self._waiting.gone.setdefault(entity, []).append(one)
                self._taken.put_back += 1
            elif one.id not in now:
                self._keep(one.key, None, f"removed by {_last(later.get(one.id, {}))}")
            elif new := self._weighed(one, now[one.id], later.get(one.id, {})):
                old = {name: now[one.id][name] for name in new}
                edits.append(Edit(one.id, now[one.id]["version"], old, new))
        self._put_back(entity, edits)

    def _weighed(self, one: Touched, now: Values, later: Mapping[str, Later]) -> Values:
        back, kept = weigh(kind_of(one.entity), one, now, later)
        for name, (cause, who) in kept.items():
            what = "" if cause == name else f"its {cause} was "
            self._keep(one.key, name, f"{what}changed by {who}")
        return back

    def _put_back(self, entity: str, edits: Sequence[Edit]) -> None:
        refused = put_back(self._session, kind_of(entity), edits)
        self._waiting.edits.setdefault(entity, []).extend(refused)
        numbers = {edit.id for edit in refused}
        self._partly |= {(entity, edit.id): len(edit.new) for edit in edits if edit.id in numbers}
        self._taken.put_back += len(edits)

    def _try_again(self) -> None:
        session, waiting = self._session, self._waiting
        held: Ids = {}
        for entity, number in waiting.holds:
            held.setdefault(entity, set()).add(number)
        waiting.holds = removal.remove(session, held)
        for entity in removal.those_that_refer_first(waiting.gone)[::-1]:
            waiting.gone[entity] = restore(session, kind_of(entity), waiting.gone[entity])
        for entity, edits in waiting.edits.items():
            waiting.edits[entity] = put_back(session, kind_of(entity), edits)

    def _keep(self, key: Key, attribute: str | None, reason: str) -> None:
        self._taken.kept.append(Kept(*key, attribute, reason))

    def _keep_what_waits(self) -> None:
        for key, (entity, number) in self._waiting.holds.items():
            self._keep(key, None, f"{entity} {number} refers to it")
        for gone in self._waiting.gone.values():
            for one in gone:
                self._keep(one.key, None, REFUSED)
                self._taken.put_back -= 1
        for entity, edits in self._waiting.edits.items():
            for edit in edits:
                self._partly[entity, edit.id] -= len(edit.new)
                for name in edit.new:
                    self._keep((entity, edit.id), name, REFUSED)
        self._taken.put_back -= sum(1 for left in self._partly.values() if left == 0)
        self._taken.kept.sort(key=lambda one: (one.entity, one.id, one.attribute or ""))


def _last(since: Mapping[str, Later]) -> str:
    return str(max(since.values(), key=lambda one: one.at, default="nobody that is known"))
