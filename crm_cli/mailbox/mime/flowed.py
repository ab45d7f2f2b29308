"""Text whose lines were broken to travel, format=flowed, with its paragraphs put together."""

from __future__ import annotations

from typing import Final

SIGNATURE: Final = "-- "


def unflowed(text: str, *, join_words: bool) -> str:
    """Each paragraph on one line; `join_words` where the space at a break was added too."""
    paragraphs: list[tuple[int, list[str]]] = []
    is_open = False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        is_signature = content == SIGNATURE
        flows = content.endswith(" ") and not is_signature
        piece = content[:-1] if flows and join_words else content
        if is_open and paragraphs[-1][0] == depth and not is_signature:
            paragraphs[-1][1].append(piece)
        else:
            paragraphs.append((depth, [piece]))
        is_open = flows
    return "\n".join(_quoted(depth, "".join(pieces)) for depth, pieces in paragraphs)


def _quoted(depth: int, text: str) -> str:
    return f"{'>' * depth} {text}".rstrip() if depth else text
