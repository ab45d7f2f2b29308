"""Which folding a companion column holds: of a name, of a tax id, of any other text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from crm_cli.values.text import fold, fold_name

if TYPE_CHECKING:
    from collections.abc import Callable


def fold_for(companion: str) -> Callable[[str], str]:
    """The folding of a companion column, given as `name_folded` or `a.name_folded`."""
    name = companion.rpartition(".")[2]
    if name == "tax_digits":
        from crm_cli.values.tax_ids import tax_digits

        return tax_digits
    return fold_name if name == "name_folded" else _fold_again


@lru_cache(4_096)
def _fold_again(text: str) -> str:
    """Cities and the like come again and again."""
    return fold(text)
