"""Running many commands in one process: a line a command, a JSON answer a line."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from crm_cli.errors import InvalidData, Partial, UsageError
from crm_cli.output.choices import Choices
from crm_cli.reporting import as_crm_error, as_dict
from crm_cli.start import new_command_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.app import App
    from crm_cli.transaction import Transaction

ALONE = {"batch", "db", "init"}
"""Commands that are never part of a batch."""
ALONE_IN_ATOMIC = {"import", "run"}
"""Verbs with transactions of their own."""

NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Zero bytes, and bytes of another encoding than UTF-8; a command line cannot hold the former."""

_EARLIER = re.compile(r"@(\d*)$")


@dataclass
class Batch:
    """Runs lines one after the other and remembers the ids they wrote."""

    app: App
    root: click.Group
    outer: Transaction | None = None
    written: dict[int, int] = field(default_factory=dict)
    failures: int = 0

    def answers(self, lines: Iterable[str], *, stop_on_error: bool) -> Iterator[dict[str, Any]]:
        """One answer for each line that holds a command."""
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            answer = self._answer(number, line)
            yield answer
            if answer["exit"] and stop_on_error:
                return

    def _answer(self, number: int, line: str) -> dict[str, Any]:
        results: list[Any] = []
        try:
            words = [self._word(word) for word in _words(line)]
            self._run(words, results)
        except Exception as error:
            found = as_crm_error(error)
            if found is None:
                raise
            self.failures += 1
            return {"line": number, **as_dict(found)}
        result = results[-1] if results else None
        if isinstance(result, dict) and isinstance(result.get("id"), int):
            self.written[number] = result["id"]
        return {"line": number, "exit": 0, "result": result}

    def _word(self, word: str) -> str:
        """`@` is the id the last line wrote, `@3` the one of line 3."""
        match = _EARLIER.match(word)
        if match is None:
            return word
        line = int(match[1]) if match[1] else max(self.written, default=0)
        if line not in self.written:
            raise UsageError(f"'{word}' stands for an id, but no such line wrote one.")
        return str(self.written[line])

    def _run(self, words: list[str], results: list[Any]) -> None:
        self._allow(words)
        app = replace(
            self.app,
            choices=Choices(format="json"),
            command=shlex.join(["crm", *words]),
            command_id=new_command_id(),
            collect=results.append,
            outer=self.outer,
            warnings=[],
        )
        root = click.Context(self.root, info_name="crm", obj=app)
        name, command, rest = self.root.resolve_command(root, words)
        if command is None:
            raise UsageError(f"There is no command '{name}'.")
        try:
            with command.make_context(name, rest, parent=root) as context:
                command.invoke(context)
        except click.exceptions.Exit as error:
            raise UsageError(f"'{shlex.join(words)}' runs no command.") from error

    def _allow(self, words: list[str]) -> None:
        if not words or words[0] in ALONE:
            raise UsageError(f"'{' '.join(words[:1])}' cannot be part of a batch.")
        if self.outer is not None and ALONE_IN_ATOMIC.intersection(words[1:2]):
            raise UsageError(f"'{' '.join(words[:2])}' cannot be part of an atomic batch.")


def _words(line: str) -> list[str]:
    words = _json_words(line) if line.lstrip().startswith("[") else _shell_words(line)
    if any(NO_TEXT.search(word) for word in words):
        raise UsageError("The line holds characters that are no text.", hint="Write it in UTF-8.")
    return words


def _shell_words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UsageError(f"The line is not closed properly: {error}.") from error


def _json_words(line: str) -> list[str]:
    try:
        words = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"The line is not a JSON array: {error}.") from error
    return [str(word) for word in words]


def run(app: App, root: click.Group, lines: Iterable[str], *, stop_on_error: bool) -> None:
    """Run lines, each a command and transaction of its own; raises when some failed."""
    batch = Batch(app, root)
    for answer in batch.answers(lines, stop_on_error=stop_on_error):
        app.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if batch.failures:
        raise Partial(f"{batch.failures} lines failed; the others are done.")


def run_atomic(app: App, root: click.Group, lines: Iterable[str], *, stop_on_error: bool) -> None:
    """Run lines as one transaction; the answers come when it is committed or given up."""
    answers: list[dict[str, Any]] = []
    try:
        with app.transaction() as tx:
            batch = Batch(app, root, outer=tx)
            answers.extend(batch.answers(lines, stop_on_error=stop_on_error))
            if batch.failures:
                raise InvalidData(f"{batch.failures} lines failed; nothing was written.")
    finally:
        for answer in answers:
            app.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
