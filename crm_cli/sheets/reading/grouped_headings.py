"""Headings of two rows, and headings that stand over several columns.

    | Firma    |     | Contact |     |
    | Denumire | CUI | Telefon | Rol |

are Denumire, CUI, Telefon and, as nobody knows a Rol, Contact Rol.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.sheets.reading.headings import find, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.sheets.reading.headings import Known
    from crm_cli.sheets.reading.source import Merged

    Cells = Sequence[object]


class Found(NamedTuple):
    """The headings, and the index of the last row they take."""

    names: tuple[str, ...]
    at: int


def find_headings(rows: Sequence[Cells], known: Known, merged: Sequence[Merged]) -> Found | None:
    """The headings among the first rows of a table; None where all rows are empty."""
    at = find(rows, known)
    if at is None:
        return None
    single = Found(_spread(rows, at, merged), at)
    upper = sorted({at, *(row for row, _, _ in merged)})
    pairs = [_pair(rows, row, known, merged) for row in upper if row + 1 < len(rows)]
    double = max(filter(None, pairs), key=lambda one: _count(one.names, known), default=single)
    above = _pair(rows, at - 1, known, merged) if at and _groups(rows, at - 1, merged) else None
    if _count(double.names, known) > _count((above or single).names, known):
        return double
    return above if above and _count(above.names, known) >= _distinct(single, known) else single


def _count(names: Sequence[str], known: Known) -> int:
    return sum(map(known, set(names)))


def _distinct(one: Found, known: Known) -> int:
    """The known names that stand over one column only."""
    return sum(count == 1 and known(name) for name, count in Counter(one.names).items())


def _pair(rows: Sequence[Cells], at: int, known: Known, merged: Sequence[Merged]) -> Found | None:
    """The headings that two rows make together; None where one holds more than text."""
    upper, lower = rows[at], rows[at + 1]
    if not all(cell is None or isinstance(cell, str) for cell in (*upper, *lower)):
        return None
    beneath = texts(lower)
    over = _reaching_right(texts(upper), beneath, [one for one in merged if one[0] == at])
    width = max(len(over), len(beneath))
    pairs = list(zip(_padded(over, width), _padded(beneath, width), strict=True))
    repeated = {name for name, count in Counter(beneath).items() if count > 1}
    names = [
        name if name and known(name) and name not in repeated else f"{group} {name}".strip()
        for group, name in pairs
    ]
    return Found(tuple(names), at + 1)


def _groups(rows: Sequence[Cells], at: int, merged: Sequence[Merged]) -> bool:
    """Whether a row names groups of the columns beneath: merged cells, or gaps after two or more.

    One cell alone, or one merged over the whole width, is a title.
    """
    upper, lower = texts(rows[at]), texts(rows[at + 1])
    if sum(map(bool, upper)) < 2 and not _partly_merged(at, merged, len(lower)):
        return False
    if any(row == at for row, _, _ in merged):
        return True
    repeated = {name for name, count in Counter(lower).items() if name and count > 1}
    return bool(repeated) and len(lower) > sum(map(bool, upper))


def _partly_merged(at: int, merged: Sequence[Merged], width: int) -> bool:
    return any(row == at and last - first + 1 < width for row, first, last in merged)


def _reaching_right(
    names: Sequence[str], beneath: Sequence[str], merged: Sequence[Merged]
) -> list[str]:
    """Each name over all columns it stands for: those merged, or the gaps up to the next name."""
    reach = list(_padded(names, len(beneath)))
    for _, first, last in merged:
        reach[first : last + 1] = [reach[first]] * len(reach[first : last + 1])
    if not merged:
        for place in range(1, len(beneath)):
            reach[place] = reach[place] or (reach[place - 1] if beneath[place] else "")
    return reach


def _spread(rows: Sequence[Cells], at: int, merged: Sequence[Merged]) -> tuple[str, ...]:
    """The names of a row; a merged one over each of its columns that has something beneath."""
    used = {place for row in rows[at + 1 :] for place, cell in enumerate(row) if cell is not None}
    names = list(texts(rows[at]))
    for row, first, last in merged:
        if row == at and first < len(names):
            names += [""] * (last + 1 - len(names))
            for place in used.intersection(range(first, last + 1)):
                names[place] = names[place] or names[first]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _padded(names: Sequence[str], width: int) -> list[str]:
    return [*names, *[""] * (width - len(names))]
