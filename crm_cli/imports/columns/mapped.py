"""A column of a noun and where a file has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from crm_cli.imports.cells.cells import BETWEEN, as_text
from crm_cli.sheets.sheet import CellError
from crm_cli.values.text import fold
from crm_cli.views.types import WordSet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crm_cli.imports.plans.plan import Part
    from crm_cli.views.view import Column


@dataclass(frozen=True)
class Mapped:
    """A column of the noun, the places in a row that fill it, and what the file calls it."""

    part: Part
    column: Column
    places: tuple[int, ...]
    heading: str
    name: str
    """What people call the column among those of the plan."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Folded value of the file -> what it stands for; '' for a blank cell."""
    joined: bool = False
    """Whether the cells of several places are the words of one value."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells the column from all others of the plan."""
        return self.part.name, self.column.name

    @property
    def take(self) -> Callable[[Sequence[object]], Any]:
        """What takes the cell out of a row, translated; all that are filled where it has several.

        Gives None where there is nothing.
        """
        if len(self.places) > 1:
            return self._take_joined if self.joined else self._take_all
        place = self.places[0]
        if not self.words:
            return itemgetter(place)
        return lambda cells: translated(cells[place], self.words, lists=self._lists)

    @property
    def _lists(self) -> bool:
        return self.part.many or isinstance(self.column.type, WordSet)

    def _take_joined(self, cells: Sequence[object]) -> object:
        found = [cells[place] for place in self.places if cells[place] is not None]
        failed = next((cell for cell in found if isinstance(cell, CellError)), None)
        return failed or " ".join(map(as_text, found)) or None

    def _take_all(self, cells: Sequence[object]) -> list[object] | None:
        found = (translated(cells[place], self.words) for place in self.places)
        return [cell for cell in found if cell is not None] or None


def translated(cell: object, words: Mapping[str, str], *, lists: bool = False) -> object:
    """The cell, or what its value stands for; values that are not among the words stay."""
    if cell is None or not words:
        return cell
    text = as_text(cell)
    if (known := words.get(fold(text))) is not None:
        return known or None
    if not lists or not BETWEEN.search(text):
        return cell
    parts = (words.get(fold(part), part.strip()) for part in BETWEEN.split(text))
    return ";".join(part for part in parts if part) or None
