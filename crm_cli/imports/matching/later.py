"""References to records that the same file brings: followed once all of them are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_cli.errors import CrmError, NotFound
from crm_cli.imports.matching.references import resolve_all
from crm_cli.imports.problems import reason
from crm_cli.services import records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.imports.plans.entry import Step, Steps
    from crm_cli.imports.plans.plan import Part, Plan
    from crm_cli.imports.problems import Problems
    from crm_cli.transaction import Transaction
    from crm_cli.views.view import View


@dataclass(frozen=True, slots=True)
class Later:
    """What a row calls a record of its own noun that is not there yet."""

    text: str


def leave_for_later(named: dict[str, Any]) -> None:
    """Put what is not there yet in the place of the errors that say so."""
    for text, found in named.items():
        if isinstance(found, NotFound):
            named[text] = Later(text)


class Followed:
    """Gathers the references of a file to itself, and follows them at its end."""

    def __init__(self, plan: Plan, problems: Problems) -> None:
        self._parts = [(part, names) for part in plan.parts if (names := _to_its_own(plan, part))]
        self._problems = problems
        self._waiting: list[tuple[Part, Step, str, Later]] = []

    def set_aside(self, entries: Iterable[Steps]) -> None:
        """Take the references out of the values that can be written now."""
        for steps in entries:
            for part, names in self._parts:
                for step in steps[part.name]:
                    self._take(part, names, step)

    def follow(self, tx: Transaction, view: View) -> None:
        """Write what they refer to; one that leads nowhere is a problem of its row."""
        texts = {later.text for *_, later in self._waiting}
        named = resolve_all(tx.reader, view, texts) if texts else {}
        for part, step, attribute, later in self._waiting:
            found = named[later.text]
            try:
                self._write(tx, view, step, attribute, found)
            except CrmError as error:
                values = {attribute: later.text}
                self._problems.tell_of(step.given.row, part, attribute, values, reason(error))

    def _take(self, part: Part, names: Iterable[str], step: Step) -> None:
        checked = step.given.checked
        for name in names:
            if isinstance(checked.get(name), Later):
                self._waiting.append((part, step, name, checked.pop(name)))

    def _write(
        self, tx: Transaction, view: View, step: Step, attribute: str, found: int | CrmError
    ) -> None:
        if isinstance(found, CrmError):
            raise found
        number = step.id or (step.now or {}).get("id")
        if number is not None:
            records.edit(tx.session, view, [number], {attribute: found})


def _to_its_own(plan: Plan, part: Part) -> list[str]:
    """The attributes that refer to records of the noun that is imported."""
    return [one.attribute or "" for one in part.columns if one.noun == plan.noun]
