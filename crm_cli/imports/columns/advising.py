"""What helps with many bad rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.imports.matching.missing import CREATABLE
from crm_cli.values.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crm_cli.sheets.problems import CellProblem

TWO_READINGS = "{value} can be read as {one} or as {other}."
NOT_THERE = "There is no {noun} {value}."


def advice(problems: Iterable[CellProblem], created: Collection[str]) -> Iterator[str]:
    """Options of the command that do away with problems, each sentence once."""
    found = [_core(problem.why) for problem in problems]
    if any(one.template == TWO_READINGS for one in found):
        yield "--locale says how all numbers and dates are written, as in --locale ro."
    absent = {
        str(one.values["noun"])
        for one in found
        if one.template == NOT_THERE and not str(one.values["value"]).strip("'").isdigit()
    }
    nouns = [noun for noun in CREATABLE if noun in absent and noun not in created]
    if nouns:
        yield f"--create-missing {','.join(nouns)} creates what is only named."


def _core(why: Sentence) -> Sentence:
    """What is wrong, without what to write instead."""
    core = why.values.get("sentence")
    return core if isinstance(core, Sentence) else why
