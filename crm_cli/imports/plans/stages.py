"""The stages of all sales cycles, found by what a file calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, NotFound
from crm_cli.services.opportunities import default_cycle
from crm_cli.values.invalid import quote
from crm_cli.values.sentences import Words
from crm_cli.values.text import fold
from schema.catalogue import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

_ORDINAL = re.compile(r"[0-9x]{1,2}\. ")


class Stages:
    """Read once for an import; two cycles may have a stage of the same name."""

    def __init__(self, session: Session) -> None:
        alive = select(Stage).where(col(Stage.archived_at).is_(None))
        ordered = alive.order_by(col(Stage.position), col(Stage.id))
        self._stages = session.exec(ordered).all()
        self._by_id = {stage.key: stage for stage in self._stages}
        self.default_cycle = default_cycle(session)

    def find(self, text: str, cycle_id: int | None) -> Stage:
        """The stage of a cycle, else of the only cycle that has it, else of the default one."""
        named = [stage for stage in self._stages if fold(text) in _names(stage)]
        cycles = {stage.cycle_id for stage in named}
        if cycle_id is None:
            cycle_id = cycles.pop() if len(cycles) == 1 else self.default_cycle
        for stage in named:
            if stage.cycle_id == cycle_id:
                return stage
        known = self._of(cycle_id)
        raise NotFound(
            "The sales cycle has no stage {value}.",
            hint="It has {stages}." if known else "It has none at all.",
            value=quote(text),
            stages=_Names(known),
        )

    def get(self, number: int) -> Stage:
        """A stage by its id."""
        return self._by_id[number]

    def first(self, cycle_id: int, outcome: str = "open") -> Stage:
        """The first stage of a cycle with an outcome."""
        for stage in self._of(cycle_id):
            if stage.outcome == outcome:
                return stage
        raise Conflict(
            "The sales cycle has no stage that is {outcome}.",
            hint="crm stage list",
            outcome=Words(outcome),
        )

    def _of(self, cycle_id: int) -> list[Stage]:
        return [stage for stage in self._stages if stage.cycle_id == cycle_id]


class _Names:
    """Stages as those who read a sentence call them."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = stages

    def in_language(self, language: str) -> str:
        names = (getattr(stage, f"name_{language}") or stage.code for stage in self._stages)
        return ", ".join(names)


def _names(stage: Stage) -> set[str]:
    """All that a file may call a stage; its number among the others can be left out."""
    names: tuple[Any, ...] = (stage.id, stage.code, stage.name_en, stage.name_ro, stage.name_pl)
    folded = {fold(str(name)) for name in names if name}
    return folded | {_ORDINAL.sub("", name) for name in folded}
