"""What becomes of each row: which records it names, and whether they may be changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_cli.imports.judging import judge
from crm_cli.imports.matching import match

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy.orm import Session

    from crm_cli.imports.checking import Checked, Given
    from crm_cli.imports.plan import Part, Plan, Policy, Values
    from crm_cli.imports.problems import Problems


@dataclass(slots=True)
class Step:
    """One record of a row: what the row gives, the record there is, and the one it became."""

    given: Given
    now: dict[str, Any] | None = None
    id: int | None = None


Steps = dict[str, list[Step]]
"""The records of a row, by part."""


@dataclass
class Decisions:
    """The rows to write, and those that are left alone."""

    rows: dict[int, Steps] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    """Rows that a policy leaves out."""
    passed_over: list[tuple[int, Values]] = field(default_factory=list)
    """Rows the plan leaves alone, with the record that is the reason."""


class Decider:
    """Decides for all rows at once, inside the transaction that will write them."""

    def __init__(
        self,
        session: Session,
        plan: Plan,
        problems: Problems,
        policy: Policy,
        accepted: Collection[str] = (),
    ) -> None:
        self._session = session
        self._plan = plan
        self._problems = problems
        self._policy = policy
        self._accepted = accepted
        self._home: str = session.info["place"].country

    def decide(self, checked: Mapping[int, Checked]) -> Decisions:
        """Match every part of every row, and judge what was found."""
        rows = {
            row: {part: [Step(one) for one in given] for part, given in parts.items()}
            for row, parts in checked.items()
        }
        for part in self._plan.parts:
            self._match(part, rows)
        self._refuse_same_record(rows)
        decisions = Decisions()
        for row, steps in rows.items():
            if row not in self._problems.rows:
                self._settle(row, steps, decisions)
        return decisions

    def _match(self, part: Part, rows: Mapping[int, Steps]) -> None:
        steps = {
            (row, place): step
            for row, parts in rows.items()
            for place, step in enumerate(parts[part.name])
        }
        values = {
            key: {**step.given.checked, **linked(part, rows[key[0]])} for key, step in steps.items()
        }
        for (row, place), records in match(self._session, part, values).items():
            steps[row, place].now = records[0]
            if len(records) > 1:
                ids = ", ".join(str(record["id"]) for record in records[:5])
                self._problems.tell(row, None, None, f"It may be any of {part.name} {ids}.")

    def _refuse_same_record(self, rows: Mapping[int, Steps]) -> None:
        """Two rows that name one record by different keys."""
        first: dict[int, int] = {}
        for row, steps in rows.items():
            for step in steps[self._plan.parts[0].name]:
                if step.now and first.setdefault(step.now["id"], row) != row:
                    name = self._plan.parts[0].name
                    why = f"It is {name} {step.now['id']}, as row {first[step.now['id']]} is."
                    self._problems.tell(row, None, None, why)

    def _settle(self, row: int, steps: Steps, decisions: Decisions) -> None:
        found = {part: some[0].now if some else None for part, some in steps.items()}
        if self._plan.passes_over(found):
            decisions.passed_over.append((row, found[self._plan.parts[0].name] or {}))
        elif self._leaves_out(row, found[self._plan.own]):
            decisions.left.append(row)
        else:
            for part in self._plan.parts:
                for step in steps[part.name]:
                    self._fit(row, part, step)
            decisions.rows[row] = steps

    def _leaves_out(self, row: int, own: Mapping[str, Any] | None) -> bool:
        policy = self._policy.on_match if own else self._policy.on_new
        if policy == "fail":
            noun = self._plan.noun
            why = f"It is {noun} {own['id']} already." if own else f"There is no such {noun}."
            self._problems.tell(row, None, None, why)
        return policy == "skip"

    def _fit(self, row: int, part: Part, step: Step) -> None:
        """Check again what depends on the record there is, and that nothing needed is missing."""
        given = step.given
        if step.now and "country" in given.checked and "country" not in given.values:
            if step.now["country"] != given.checked["country"]:
                given.checked, faults = judge(
                    part, step.now, given.values, self._home, self._accepted
                )
                if not given.checked:
                    self._problems.tell_faults(row, part, given.values, faults)
            given.checked.pop("country", None)
        for attribute in _missing(part, step):
            label = next(c.labels[0].lower() for c in part.columns if c.field == attribute)
            why = f"A {part.name} needs a {label}."
            self._problems.tell_of(row, part, attribute, given.values, why)


def linked(part: Part, steps: Steps) -> Values:
    """The ids that the record takes from earlier parts of its row, as far as they are known."""
    ids = {}
    for attribute, other in part.links.items():
        for step in steps[other][:1]:
            number = step.id or (step.now or {}).get("id")
            if number is not None:
                ids[attribute] = number
    return ids


def _missing(part: Part, step: Step) -> Iterator[str]:
    for column in part.columns:
        field = column.field or ""
        asked = step.now is None or field in step.given.checked
        if column.required and asked and step.given.checked.get(field) in {None, ""}:
            yield field
