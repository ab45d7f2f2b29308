"""Rows of a file that stand for the same record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.imports.plan import Identity, Part


class Repeats:
    """Remembers the rows seen so far by what they can be recognised by."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._seen: dict[tuple[Any, ...], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        self._attributes = {name for one in part.identities for name in one.attributes}

    def earlier(self, row: int, values: Mapping[str, Any]) -> tuple[int, Identity] | None:
        """The first row for the same record, and by what; without one, this row is remembered."""
        keys = [(one, (one, *key)) for one in self._part.identities if (key := one.key(values))]
        for identity, key in keys:
            for first, known in self._seen.get(key, ()):
                if self._part.agree(identity, values, known):
                    return first, identity
        kept = {name: values.get(name) for name in self._attributes}
        for _, key in keys:
            self._seen[key].append((row, kept))
        return None
