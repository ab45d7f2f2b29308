"""What errors tell people to type can be typed."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.constants import CONSTANTS
from docs.command_tree import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
BY_NAME = {entry.name: entry for entry in entries()}
FILLED_IN = "X"


def texts(module: ast.Module) -> Iterator[str]:
    """The texts of a module; what an f-string fills in is an X."""
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            yield "".join(map(_piece, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _piece(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else FILLED_IN


def advice() -> list[tuple[str, str]]:
    """Every command that the program's own texts begin with or quote, with the file."""
    files = [path for name in ("crm_cli", "commands", "jobs") for path in (ROOT / name).rglob("*")]
    return sorted(
        {
            (path.relative_to(ROOT).as_posix(), command)
            for path in files
            if path.suffix == ".py"
            for text in texts(ast.parse(path.read_text(encoding="utf-8")))
            for command in re.findall(r"(?:^|`)(crm [a-z][^`\n|]*)", text)
        }
    )


def longest(words: list[str]) -> Entry | None:
    """The command or group that the first words name."""
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((BY_NAME[name] for name in names if name in BY_NAME), None)


def can_be_typed(command: str) -> bool:
    """Whether there is such a command, and such a setting where it sets one."""
    words = [word for word in command.replace(",", " ").split() if not word.startswith("-")]
    entry = longest(words)
    if entry is None or not (entry.words or FILLED_IN in words[1]):
        return False
    following = words[len(entry.words) + 1 :][:1]
    if entry.name == "crm setting set":
        return {*following} <= {*CONSTANTS, FILLED_IN, "NAME"}
    return not entry.is_group or all(word.startswith(FILLED_IN) for word in following)


def test_advice_can_be_typed() -> None:
    found = advice()

    assert len(found) > 100
    assert [(file, command) for file, command in found if not can_be_typed(command)] == []
