"""The page `features.md`: what the program does, by which command, proven by which tests."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli import reports
from crm_cli.constants import CONSTANTS
from crm_cli.running import job_modules
from docs.command_tree import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SOURCE = Path(__file__).with_suffix(".toml")

HEAD = """# What crm does

{count}.

A row is done when a command, job or setting does it *and* a test proves it; the others are
`planned`. Made by `make docs` from `docs/features.toml`, the commands there are and the marks
`@pytest.mark.proves("R...")` of the tests.

| | what | by | proven by |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True, order=True)
class Proof:
    """A test that proves a capability; the module's name where all of its tests do."""

    path: str
    name: str

    def __str__(self) -> str:
        return f"[{self.name}](../{self.path})"


@dataclass(frozen=True)
class Feature:
    """One capability and how far it is."""

    number: str
    summary: str
    by: tuple[str, ...]
    proofs: tuple[Proof, ...]
    declined: str = ""

    @property
    def is_done(self) -> bool:
        """Whether something does it and a test proves that."""
        return bool(self.by and self.proofs)

    def __str__(self) -> str:
        done_by = "<br>".join(f"`{command}`" for command in self.by)
        proven_by = "<br>".join(map(str, self.proofs)) if self.is_done else "planned"
        return f"| {self.number} | {self.summary} | {done_by} | {self.declined or proven_by} |"


def page() -> str:
    """The whole page."""
    found = features()
    return HEAD.format(count=count(found)) + "".join(f"{feature}\n" for feature in found)


def count(found: tuple[Feature, ...]) -> str:
    """How many are proven and how many are planned, in one line."""
    proven = sum(feature.is_done for feature in found)
    declined = sum(bool(feature.declined) for feature in found)
    return f"features: {proven} proven, {len(found) - proven - declined} planned"


def features() -> tuple[Feature, ...]:
    """All capabilities, in the order of their numbers."""
    proofs = proofs_by_number()
    declared = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        Feature(
            number=number,
            summary=entry["summary"],
            by=tuple(filter(exists, entry.get("by", ()))),
            proofs=tuple(sorted(proofs[number])),
            declined=entry.get("declined", ""),
        )
        for number, entry in declared.items()
    )


def exists(command: str) -> bool:
    """Whether there is such a command, with the option, job, setting or report it names."""
    words = tuple(command.split()[1:])
    if words[:2] == ("job", "run"):
        return words[2] in job_modules.names()
    if words[:2] == ("setting", "set"):
        return words[2] in CONSTANTS
    if words[0] == "report":
        return words[1] in reports.NAMES
    options = {word for word in words if word.startswith("--")}
    found = _by_words().get(tuple(word for word in words if word not in options))
    return found is not None and options <= found.options


@cache
def _by_words() -> dict[tuple[str, ...], Entry]:
    return {entry.words: entry for entry in entries()}


def proofs_by_number() -> dict[str, set[Proof]]:
    """The marked tests of each number."""
    found: dict[str, set[Proof]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, marked in _marked(ast.parse(path.read_text(encoding="utf-8")), path.stem):
            for number in _numbers(marked):
                found[number].add(Proof(path.relative_to(ROOT).as_posix(), name))
    return found


def _marked(module: ast.Module, stem: str) -> Iterator[tuple[str, ast.expr]]:
    """What may hold a mark, with the name it proves by: decorators, and `pytestmark`."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from ((node.name, decorator) for decorator in node.decorator_list)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            yield stem, node.value


def _numbers(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.proves":
            yield from (ast.literal_eval(argument) for argument in node.args)


if __name__ == "__main__":
    print(count(features()))  # noqa: T201 - the last line of `make test`
