"""The row of headings, and the rows around the data that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Known = Callable[[str], bool]

SEARCHED_ROWS = 30

_TOTALS = {
    "total", "totals", "grand total", "subtotal", "sum", "total general", "totaluri", "suma",
    "razem", "ogolem", "lacznie", "w sumie", "suma koncowa",
}  # fmt: skip
_MONEY = r"(?:zł|zl|pln|lei|ron|eur|euro|€|usd|\$)"
_MEASURE = rf"{_MONEY}|netto|brutto|net|brut|szt\.?|buc\.?|%"
_MEASURED = re.compile(rf"\s*{_MONEY}?[-+\d\s.,'()]*(?:{_MEASURE})?\s*", re.IGNORECASE)
_UNIT = re.compile(rf"[\s:(]+(?:{_MEASURE})[\s:)]*$", re.IGNORECASE)
_INITIALS = {letter for total in _TOTALS for letter in (total[0], total[0].upper())} | set("łŁ")


def find(rows: Sequence[Sequence[object]], known: Known) -> int | None:
    """The index of the heading row among the first rows; None where all are empty.

    The row with most known headings, if two are known; else the widest row of text alone.
    """
    if not rows:
        return None
    by_known = max(range(len(rows)), key=lambda at: _known(rows[at], known))
    if _known(rows[by_known], known) >= 2:
        return by_known
    widest = max(range(len(rows)), key=lambda at: _width(rows[at]))
    if _width(rows[widest]) >= 2:
        return widest
    if _known(rows[by_known], known):
        return by_known
    return next((at for at, row in enumerate(rows) if any(cell is not None for cell in row)), None)


def texts(cells: Sequence[object]) -> tuple[str, ...]:
    """The headings of a row, each on one line, up to the last."""
    headings = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    return tuple(headings)


def is_passed_over(cells: Sequence[object]) -> bool:
    """Whether the row is no data: empty, or summing up those above."""
    for cell in cells:
        if isinstance(cell, str):
            return cell[0] in _INITIALS and is_total(cells)
    return all(cell is None for cell in cells)


def is_total(cells: Sequence[object]) -> bool:
    """Whether the row sums up those above: a word for total, and beside it only amounts."""
    words = [cell for cell in cells if isinstance(cell, str)]
    if not words or fold(_UNIT.sub("", words[0])).rstrip(" :") not in _TOTALS:
        return False
    return all(map(_is_amount, words[1:]))


def _is_amount(text: str) -> bool:
    return not any(map(str.isalpha, text)) or _MEASURED.fullmatch(text) is not None


def _known(cells: Sequence[object], known: Known) -> int:
    return sum(1 for cell in set(cells) if isinstance(cell, str) and known(cell))


def _width(cells: Sequence[object]) -> int:
    """The number of cells, if they are all text."""
    present = [cell for cell in cells if cell is not None]
    return len(present) if all(isinstance(cell, str) for cell in present) else 0
