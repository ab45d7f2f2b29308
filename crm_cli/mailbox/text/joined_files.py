"""Headers that begin right below a text or in its last line, where files were joined so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

LONGEST_FIRST_LINE: Final = 1000


def headers(text: str, first: re.Pattern[str], ends: Iterable[int], begin: int) -> Iterator[int]:
    """Where `first` matches up to one of these ends of lines."""
    for end in ends:
        header = first.search(text, _start_of_line(text, begin, end), end)
        if header:
            yield header.start()


def _start_of_line(text: str, begin: int, end: int) -> int:
    """Where the line up to `end` begins; a line that is wrapped leaves a space above."""
    start = text.rfind("\n", begin, end)
    while text[start - 1 : start] == " " and end - start < LONGEST_FIRST_LINE:
        start = text.rfind("\n", begin, start)
    return max(start + 1, begin)
