"""The page `commands.md`: the reference, made of what `--help` prints."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docs.command_tree import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docs.command_tree import Entry

HEAD = """# Commands

Made by `make docs` from the help of the commands.
"""


def page() -> str:
    """The whole page: the root, then a chapter for each noun."""
    root, *others = entries()
    chapters = [_section(root, 2)]
    for _, group in groupby(others, key=lambda entry: entry.words[0]):
        chapters.extend(_section(entry, len(entry.words) + 1) for entry in group)
    return "\n".join([HEAD, _contents(others), *chapters])


def _contents(found: list[Entry]) -> str:
    links = (f"[{name}](#crm-{name})" for name in _nouns(found))
    return ", ".join(links) + "\n"


def _nouns(found: list[Entry]) -> Iterator[str]:
    return (entry.words[0] for entry in found if len(entry.words) == 1)


def _section(entry: Entry, level: int) -> str:
    return f"{'#' * level} {entry.name}\n\n```text\n{entry.help}\n```\n"
