"""`make bench`: the rows of the speed goals, each against its floor."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING

from benchmarks.company import found
from benchmarks.exports import exports
from benchmarks.imports import imports
from benchmarks.mails import mails
from benchmarks.processes import crm, once, pair, python
from benchmarks.reminders import reminders
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLICK = python("import click")
READING = python("import click, sqlite3")
WRITING = python("import sqlmodel")
LINES = 1_000


def rows(environment: Mapping[str, str]) -> Iterator[Row]:
    """Measure everything there is a goal for."""
    yield from _helps(environment)
    yield from _reads(environment)
    yield from _writes(environment)
    yield _batch(environment)
    yield from imports()
    yield from exports(environment)
    yield from mails()
    yield from reminders()


def _helps(environment: Mapping[str, str]) -> Iterator[Row]:
    for words in (("--help",), ("lead", "--help")):
        yield _row(words, CLICK, 1.5, environment)
    completion = {
        **environment,
        "_CRM_COMPLETE": "bash_complete",
        "COMP_WORDS": "crm le",
        "COMP_CWORD": "1",
    }
    cost, floor = pair(crm(), CLICK, completion)
    yield Row("completion of `crm le`", cost.seconds / floor.seconds, 1.5)


def _reads(environment: Mapping[str, str]) -> Iterator[Row]:
    run(
        crm("lead", "add", "--name", "Moldo Trans SRL"),
        env=environment,
        check=True,
        capture_output=True,
    )
    filtered = ("task", "list", "--limit", "50", "--for-me", "--where", "status = open")
    for words in (("lead", "show", "1"), (*filtered, "--sort", "due"), ("today",)):
        yield _row(words, READING, 2, environment)


def _writes(environment: Mapping[str, str]) -> Iterator[Row]:
    yield _row(("task", "add", "Sună", "--due", "tomorrow"), WRITING, 1.4, environment)
    for words in (
        ("lead", "activate", "1", "--owner", "me", "--first-contact", "tomorrow@10:00"),
        ("setting", "set", "lead.term_days", "3"),
    ):
        run(crm(*words), env=environment, check=True, capture_output=True)
    yield _row(("lead", "advance", "1", "--summary", "x", "--dry-run"), WRITING, 1.4, environment)


def _batch(environment: Mapping[str, str]) -> Row:
    """Commands a second in one process, against one process per command; wall time."""
    lines = "task add Sună --due tomorrow\n" * LINES
    started = time.perf_counter()
    run(crm("batch"), env=environment, input=lines.encode(), check=True, capture_output=True)
    together = (time.perf_counter() - started) / LINES
    started = time.perf_counter()
    for _ in range(5):
        once(crm("task", "add", "Sună", "--due", "tomorrow"), environment)
    apart = (time.perf_counter() - started) / 5
    return Row(f"crm batch, {LINES} lines, rate", apart / together, 50, at_least=True)


def _row(
    words: tuple[str, ...], floor: list[str], goal: float, environment: Mapping[str, str]
) -> Row:
    cost, ground = pair(crm(*words), floor, environment)
    return Row(f"crm {' '.join(words)}"[:44], cost.seconds / ground.seconds, goal)


def main() -> None:
    """Measure and print; exit 1 when a goal is missed."""
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as folder:
        measured = []
        for row in rows(found(Path(folder))):
            print(row, flush=True)
            measured.append(row)
    sys.exit(0 if all(row.holds for row in measured) else 1)


main()
