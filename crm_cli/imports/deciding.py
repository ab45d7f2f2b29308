"""What becomes of each entry: which records it names, and whether they may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.errors import CrmError
from crm_cli.imports.judging import judge
from crm_cli.imports.matching.archived import newly_named
from crm_cli.imports.matching.later import Followed
from crm_cli.imports.matching.recalling import Recall
from crm_cli.imports.plans.entry import Step
from crm_cli.imports.plans.plan import Unfit
from crm_cli.imports.problems import reason
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.sentences import Label, Sentence, noun

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.imports.matching.matching import Matcher
    from crm_cli.imports.plans.entry import Entry, Given, Steps, Values
    from crm_cli.imports.plans.plan import Part, Plan, Policy, Settle
    from crm_cli.imports.problems import Problems


class Decider:
    """Decides for a portion of entries at once, inside the transaction that will write them."""

    def __init__(
        self,
        session: Session,
        plan: Plan,
        matcher: Matcher,
        problems: Problems,
        *,
        policy: Policy,
        accepted: Collection[str] = (),
    ) -> None:
        self._plan = plan
        self._matcher = matcher
        self._first = plan.parts[0]
        self._problems = problems
        self._policy = policy
        self._accepted = accepted
        self._home: str = session.info["place"].country
        self._named: dict[int, int] = {}
        self._adapts = {part.name: part.fitting(session) for part in plan.parts}
        self._arrange = plan.arranging(session)
        self._settle = plan.settling(session)
        self.later = Followed(plan, problems)
        self.recall = Recall(session, plan, policy.resolve)
        self.decided = 0
        """Entries against which nothing stands, written or left alone."""
        self.passed_over: list[tuple[int, Values]] = []
        """Rows the plan leaves alone, with the record that is the reason."""

    def decide(self, portion: Sequence[Entry]) -> list[Steps]:
        """The entries to write; what stands against the others is among the problems."""
        entries = [self._steps(entry) for entry in portion if not self._spoilt(entry)]
        self.later.set_aside(entries)
        entries = [steps for steps in entries if self._try(self._arrange, steps)]
        entries = self.recall.recognize(entries)
        for part in self._plan.parts:
            self._match(part, entries)
        for steps in entries:
            self._refuse_same_record(steps)
        self.recall.refuse_taken(entries, self._matcher, self._problems)
        entries = self.recall.compare(entries)
        settled = [steps for steps in entries if self._is_good(steps) and self._settled(steps)]
        self.decided += sum(1 for steps in entries if self._is_good(steps))
        return settled

    def _spoilt(self, entry: Entry) -> bool:
        """Whether a row of the entry is bad already; then none of the others can be written."""
        if not self._problems.rows:
            return False
        rows = dict.fromkeys(given.row for some in entry.values() for given in some)
        bad = next((row for row in rows if row in self._problems.rows), None)
        if bad is None:
            return False
        for row in rows:
            if row not in self._problems.rows:
                why = Sentence(
                    "Row {row} of the same {noun} is wrong.", row=bad, noun=noun(self._first.name)
                )
                self._problems.tell(row, None, None, why)
        return True

    def _steps(self, entry: Entry) -> Steps:
        own, *others = entry[self._first.name]
        for other in others if self._plan.grouped else ():
            self._join(own, other)
        firsts = [own] if self._plan.grouped else entry[self._first.name]
        steps = {part: [Step(given) for given in some] for part, some in entry.items()}
        return {**steps, self._first.name: [Step(given) for given in firsts]}

    def _join(self, own: Given, other: Given) -> None:
        """Rows of one entry say the same of its record, or nothing."""
        for attribute, value in other.values.items():
            if own.values.setdefault(attribute, value) != value:
                why = Sentence(
                    "Row {row} of the same {noun} says otherwise.",
                    row=own.row,
                    noun=noun(self._first.name),
                )
                self._problems.tell_of(other.row, self._first, attribute, other.values, why)
        own.checked = {**other.checked, **own.checked}

    def _match(self, part: Part, entries: Sequence[Steps]) -> None:
        steps = [(entry, step) for entry in entries for step in entry[part.name]]
        if part.links:
            joined = ((one, linked(part, entry, one)) for entry, one in steps)
            self._matcher.find(
                part, ((one.given.key, one.given.checked, ids) for one, ids in joined)
            )
        named = [(step, ids) for _, step in steps if (ids := self._ids(part, step))]
        attributes = self._compared(part, named) if self._plan.only_compares else None
        records = self._matcher.records(part, {ids[0] for _, ids in named}, attributes)
        for step, ids in named:
            step.now = records[ids[0]]
            if len(ids) > 1:
                why = InvalidValue(
                    "It may be any of {noun} {ids}.",
                    "Add what tells them apart, such as tax id, code or e-mail, or give --key.",
                    noun=noun(part.name),
                    ids=", ".join(map(str, ids[:5])),
                )
                self._problems.tell(step.given.row, None, None, reason(why))

    def _compared(self, part: Part, named: Iterable[tuple[Step, object]]) -> set[str]:
        """The attributes that rows give for the records they name, or recognise them by."""
        given = set[str]().union(*(step.given.checked for step, _ in named))
        return given.union(part.identifying, part.links)

    def _ids(self, part: Part, step: Step) -> tuple[int, ...]:
        return (step.known,) if step.known else self._matcher.ids(part, step.given.key)

    def _refuse_same_record(self, steps: Steps) -> None:
        """Two entries that name one record by different keys."""
        for step in steps[self._first.name]:
            row = step.given.row
            if step.now and (first := self._named.setdefault(step.now["id"], row)) != row:
                why = InvalidValue(
                    "It is {noun} {id}, as row {row} is.",
                    "Keep one of the rows, or correct that by which the other is recognised.",
                    noun=noun(self._first.name),
                    id=step.now["id"],
                    row=first,
                )
                self._problems.tell(row, None, None, reason(why))

    def _is_good(self, steps: Steps) -> bool:
        bad = self._problems.rows
        return not bad or not any(step.given.row in bad for some in steps.values() for step in some)

    def _settled(self, steps: Steps) -> bool:
        """Whether the entry is to be written, with its values as they will be written."""
        found = {part: some[0].now if some else None for part, some in steps.items()}
        row = steps[self._first.name][0].given.row
        if self._plan.passes_over(found):
            self.passed_over.append((row, found[self._first.name] or {}))
            return False
        if self._leaves_out(row, found[self._plan.own]):
            return False
        for part in self._plan.parts:
            for step in steps[part.name]:
                self._fit(part, step)
        return self._is_good(steps) and self._try(self._settle, steps)

    def _leaves_out(self, row: int, own: Mapping[str, Any] | None) -> bool:
        policy = self._policy.on_match if own else self._policy.on_new
        if policy == "fail":
            name = noun(self._plan.noun)
            known = Sentence("It is {noun} {id} already.", noun=name, id=own["id"]) if own else None
            why = known or Sentence("There is no such {noun}.", noun=name)
            self._problems.tell(row, None, None, why)
        return policy != ("update" if own else "create")

    def _fit(self, part: Part, step: Step) -> None:
        """Check again what depends on the record there is, and that nothing needed is missing."""
        self._judge_abroad(part, step)
        row, given = step.given.row, step.given
        for attribute in _processed(part, step):
            template = "A spreadsheet sets the {label} of a new {noun} only."
            why = Sentence(template, label=_label(part, attribute), noun=noun(part.name))
            self._problems.tell_of(row, part, attribute, given.values, why)
        for attribute, text, error in newly_named(part, step):
            self._problems.tell_of(row, part, attribute, {attribute: text}, reason(error))
        for attribute in _missing(part, step):
            template = "The {label} of the {noun} is missing."
            why = Sentence(template, label=_label(part, attribute), noun=noun(part.name))
            self._problems.tell_of(row, part, attribute, given.values, why)
        if row not in self._problems.rows:
            self._adapt(part, step)

    def _judge_abroad(self, part: Part, step: Step) -> None:
        """A value judged by the home country is judged anew where the record lies elsewhere."""
        given = step.given
        if step.now and "country" in given.checked and "country" not in given.values:
            if step.now["country"] != given.checked["country"]:
                given.checked, faults = judge(
                    part, step.now, given.values, self._home, self._accepted
                )
                if not given.checked:
                    self._problems.tell_faults(given.row, part, given.values, faults)
            given.checked.pop("country", None)

    def _adapt(self, part: Part, step: Step) -> None:
        given = step.given
        try:
            given.checked = self._adapts[part.name](step.now, given.checked)
        except (InvalidValue, CrmError) as error:
            self._problems.tell(given.row, None, None, reason(error))

    def _try(self, fit: Settle, steps: Steps) -> bool:
        """Fit an entry; whether nothing stands against it."""
        row = steps[self._first.name][0].given.row
        try:
            fit(steps)
        except Unfit as unfit:
            self._problems.tell(unfit.row, None, None, reason(unfit.error))
        except (InvalidValue, CrmError) as error:
            self._problems.tell(row, None, None, reason(error))
        return self._is_good(steps)


def linked(part: Part, steps: Steps, step: Step) -> Values:
    """The ids that the record takes from earlier parts of its entry, as far as they are known."""
    ids = {}
    for attribute, other in part.links.items():
        if found := _beside(steps[other], step):
            number = found.id or (found.now or {}).get("id")
            if number is not None:
                ids[attribute] = number
    return ids


def _beside(others: Sequence[Step], step: Step) -> Step | None:
    """Of several records of an entry the one of the same row."""
    same = (other for other in others if other.given.row == step.given.row)
    return next(same, None) if len(others) > 1 else next(iter(others), None)


def _label(part: Part, attribute: str) -> Label:
    return next(Label(one.labels) for one in part.columns if one.attribute == attribute)


def _processed(part: Part, step: Step) -> Iterator[str]:
    """The attributes of a record there is that only a process may give another value."""
    if step.now is not None:
        for name in part.processed:
            if name in step.given.checked and step.given.checked.pop(name) != step.now[name]:
                yield name


def _missing(part: Part, step: Step) -> Iterator[str]:
    for name in part.required:
        asked = step.now is None or name in step.given.checked
        if asked and step.given.checked.get(name) in {None, ""}:
            yield name
