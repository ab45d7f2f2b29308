"""Which folding a folded companion holds: names lose their legal form, other texts do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.values.text import fold, fold_name

if TYPE_CHECKING:
    from collections.abc import Callable


def fold_for(companion: str) -> Callable[[str], str]:
    """The folding of a companion column, given as `name_folded` or `a.name_folded`."""
    return fold_name if companion.rpartition(".")[2] == "name_folded" else fold
