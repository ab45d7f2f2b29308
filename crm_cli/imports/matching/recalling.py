"""Rows that were exported from here: found again by their id, compared with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.imports.matching.comparing import Verdict, weigh
from crm_cli.services.undoing.past import changed_after, heard_of, past
from crm_cli.services.undoing.putting_back import leans_on, present
from crm_cli.values.sentences import Label, Sentence, noun

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.imports.matching.matching import Matcher
    from crm_cli.imports.matching.origins import Origin
    from crm_cli.imports.plans.entry import Step, Steps, Values
    from crm_cli.imports.plans.plan import Part, Plan
    from crm_cli.imports.problems import Problems
    from crm_cli.services.undoing.trail import Later

GONE = ("archived_at", "merged_into_id")


class Conflict(NamedTuple):
    """A value that the sheet and somebody here changed, each to another.

    No attribute where the record was removed here.
    """

    row: int
    id: int
    attribute: str | None = None
    exported: Any = None
    yours: Any = None
    theirs: Any = None
    by: Later | None = None


class Recall:
    """Compares rows three ways; `resolve` says who wins, `mine` or `theirs`."""

    def __init__(self, session: Session, plan: Plan, resolve: str | None) -> None:
        self.conflicts: list[Conflict] = []
        self.left = 0
        """Entries that go with a record removed here: not edited, or theirs is to win."""
        self._session = session
        self._plan = plan
        self._own = next(part for part in plan.parts if part.name == plan.own)
        self._resolve = resolve
        self._was: dict[int, Values] = {}
        self._untold: list[Conflict] = []
        self._versions: dict[int, int] = {}

    def recognize(self, entries: list[Steps]) -> list[Steps]:
        """Name the records that rows were exported from; gives the entries to go on with."""
        origins = {one.id: one for steps in entries if (one := self._origin(steps))}
        if not origins:
            return entries
        now = present(self._session, self._own.entity, origins)
        missing = heard_of(self._session, self._own.entity, set(origins) - set(now))
        stale = {
            number: origin.version
            for number, origin in origins.items()
            if number in missing or (number in now and now[number]["version"] != origin.version)
        }
        self._was = past(self._session, self._own.entity, stale)
        return [steps for steps in entries if self._recognized(steps, now, missing)]

    def refuse_taken(self, entries: Sequence[Steps], matcher: Matcher, problems: Problems) -> None:
        """Refuse rows that give their record what must be unique and another has."""
        for part in self._plan.parts:
            rivals = {
                step.given.row: (step, ids[0])
                for steps in entries
                for step in steps[part.name]
                if step.known
                and (ids := matcher.ids(part, step.given.key))
                and step.known not in ids
            }
            records = matcher.records(part, {number for _, number in rivals.values()})
            for step, number in rivals.values():
                _refuse_taken(part, step, records[number], problems)

    def compare(self, entries: list[Steps]) -> list[Steps]:
        """Leave to the values what only the sheet changed; gives the entries without conflict."""
        agreeing = [steps for steps in entries if self._compared(steps)]
        self._sign()
        return agreeing

    def _origin(self, steps: Steps) -> Origin | None:
        own = steps[self._own.name]
        return own[0].given.origin if own else None

    def _recognized(
        self, steps: Steps, now: Mapping[int, Values], missing: Collection[int]
    ) -> bool:
        origin = self._origin(steps)
        if origin is None or (origin.id not in now and origin.id not in missing):
            return True  # it was exported from another copy of this database
        record = now.get(origin.id)
        if record is None or self._is_gone(record):
            return self._without_record(steps[self._own.name][0], origin)
        steps[self._own.name][0].known = origin.id
        first = self._plan.parts[0]
        for attribute, other in self._own.links.items():
            if other == first.name and steps[other]:
                steps[other][0].known = record[attribute]
        return True

    def _is_gone(self, record: Mapping[str, Any]) -> bool:
        """Whether a record was archived or merged since it was exported."""
        was = self._was.get(record["id"], record)
        return any(record.get(name) is not None and was.get(name) is None for name in GONE)

    def _without_record(self, step: Step, origin: Origin) -> bool:
        """Whether a row whose record was removed here is to make it anew."""
        was = self._was.get(origin.id)
        verdicts = weigh(was, _sheet(self._own, step, was or {}), was or {}).values()
        edited = was is None or set(verdicts) != {Verdict.UNCHANGED}
        if edited and self._resolve is None:
            self._tell(step, origin, [None], {}, {})
            return False
        if edited and self._resolve == "mine":
            return True
        self.left += 1
        return False

    def _compared(self, steps: Steps) -> bool:
        own = steps[self._own.name]
        origin = self._origin(steps)
        now = own[0].now if own else None
        if origin is None or now is None or not own[0].known or now["version"] == origin.version:
            return True
        was = self._was.get(origin.id)
        sheet = _sheet(self._own, own[0], now)
        verdicts = weigh(was, sheet, now)
        conflicts = [name for name, one in verdicts.items() if one is Verdict.CONFLICT]
        if conflicts and self._resolve is None:
            self._tell(own[0], origin, conflicts, was or {}, sheet)
            own[0].now = None  # nothing of the row is written, nor followed later
            return False
        theirs = conflicts if self._resolve == "theirs" else []
        kept = [name for name, one in verdicts.items() if one is Verdict.KEEP]
        _leave_out(self._own, own[0], {*kept, *theirs})
        return True

    def _tell(
        self, step: Step, origin: Origin, names: Sequence[str | None], was: Values, sheet: Values
    ) -> None:
        now = step.now or {}
        self._versions[origin.id] = origin.version
        self._untold += (
            Conflict(
                row=step.given.row,
                id=origin.id,
                attribute=name,
                exported=was.get(name or ""),
                yours=sheet.get(name or ""),
                theirs=now.get(name or ""),
            )
            for name in names
        )

    def _sign(self) -> None:
        """Find out who stands behind the conflicts of a portion."""
        found = changed_after(self._session, self._own.entity, self._versions)
        for one in self._untold:
            later = found.get(one.id, {})
            last = max(later.values(), key=lambda each: each.at, default=None)
            by = later.get(one.attribute) if one.attribute else last
            self.conflicts.append(one._replace(by=by))
        self._untold, self._versions = [], {}


def _refuse_taken(part: Part, step: Step, rival: Mapping[str, Any], problems: Problems) -> None:
    for identity in part.identities:
        key = identity.key({**(step.now or {}), **step.given.checked})
        if identity.unique and key is not None and key == identity.key(rival):
            column = part.column_of(identity.attributes[-1])
            label = Label(column.labels) if column else identity.attributes[-1]
            values = {"noun": noun(part.name), "id": rival["id"], "label": label}
            why = Sentence("The {noun} {id} has the same {label}.", **values)
            attribute = identity.attributes[-1]
            problems.tell_of(step.given.row, part, attribute, step.given.values, why)


def _sheet(part: Part, step: Step, now: Mapping[str, Any]) -> Values:
    """The values that the row gives itself; one taken away goes back to its default."""
    checked = step.given.checked
    return {
        name: part.cleared(name) if checked[name] is None else checked[name]
        for name in step.given.values
        if name in checked and name in now
    }


def _leave_out(part: Part, step: Step, names: Collection[str]) -> None:
    """Take values out of what is written, with those that follow from them."""
    checked, given = step.given.checked, step.given.values
    for name in [*names, *_following(part, names, set(checked) - set(given))]:
        checked.pop(name, None)


def _following(part: Part, names: Collection[str], others: Collection[str]) -> Iterator[str]:
    return (one for one in others if set(leans_on(part.entity, one)).intersection(names))
