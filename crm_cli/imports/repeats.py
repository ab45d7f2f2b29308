"""Rows of a file that stand for the same record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crm_cli.imports.plan import Identity, Part

    Seen = tuple[int, tuple[Any, ...]]


class Repeats:
    """Remembers the rows seen so far by what they can be recognised by."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._identities = list(_telling(part))
        self._names = tuple({name for one in part.identities for name in one.attributes})
        self._seen: dict[Any, Seen | list[Seen]] = {}

    def earlier(self, row: int, values: Mapping[str, Any]) -> tuple[int, Identity] | None:
        """The first row for the same record, and by what; without one, this row is remembered."""
        keys = [(one, (place, *key)) for place, one in self._identities if (key := one.key(values))]
        for identity, key in keys:
            for first, kept in self._rows(key):
                known = dict(zip(self._names, kept, strict=True))
                same = identity.key(known) == key[1:]
                if same and self._part.agree(identity, values, known):
                    return first, identity
        seen = (row, tuple(values.get(name) for name in self._names))
        for _, key in keys:
            self._remember(key, seen)
        return None

    def _rows(self, key: tuple[Any, ...]) -> list[Seen]:
        found = self._seen.get(hash(key), [])
        return found if isinstance(found, list) else [found]

    def _remember(self, key: tuple[Any, ...], seen: Seen) -> None:
        """Most keys are seen once: those take no list of their own."""
        number = hash(key)
        self._seen[number] = [*self._rows(key), seen] if number in self._seen else seen


def _telling(part: Part) -> Iterator[tuple[int, Identity]]:
    """The identities that tell what a shorter one among them does not."""
    shorter = [set(one.attributes) for one in part.identities if not one.unique]
    for place, one in enumerate(part.identities):
        if one.unique or not any(set(one.attributes) > names for names in shorter):
            yield place, one
