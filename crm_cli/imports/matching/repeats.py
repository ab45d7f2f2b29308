"""Rows of a file that stand for the same record."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crm_cli.imports.plans.plan import Identity, Part

    Key = tuple[Any, ...]
    Seen = tuple[int, Key]
    """A row, and all by which its record is recognised."""


class Repeats:
    """Remembers the rows seen so far by what they can be recognised by."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._ways = [_Way(part, identity) for identity in _telling(part)]

    def earlier(
        self, row: int, values: Mapping[str, Any], known: Key | None = None
    ) -> tuple[int, Identity] | None:
        """The first row for the same record, and by what; without one, this row is remembered.

        `known` is what the record is recognised by, where that was asked already.
        """
        known = known or self._part.known_by(values)
        keys = [(way, key) for way in self._ways if None not in (key := way.key(known))]
        for way, key in keys:
            for first, kept in way.rows(key):
                if self._part.agree(way.identity, values, self._values(kept)):
                    return first, way.identity
        seen = row, known
        for way, key in keys:
            way.remember(key, seen)
        return None

    def remember_if_new(self, rows: Iterable[Seen]) -> bool:
        """Remember rows of which no key is known already, or there twice; says whether it did."""
        some = list(rows)
        news = [new for way in self._ways if (new := way.news(some)) is not None]
        if len(news) < len(self._ways):
            return False
        for way, new in zip(self._ways, news, strict=True):
            way.learn(new)
        return True

    def _values(self, known: Key) -> Mapping[str, Any]:
        return dict(zip(self._part.identifying, known, strict=True))


class _Way:
    """The rows seen so far by one identity; of the keys only the hashes take memory."""

    def __init__(self, part: Part, identity: Identity) -> None:
        self.identity = identity
        places = [part.identifying.index(name) for name in identity.attributes]
        # Of a single place itemgetter gives no tuple.
        self.key = itemgetter(*places) if len(places) > 1 else itemgetter(*places * 2)
        self._seen: dict[int, Seen | list[Seen]] = {}

    def rows(self, key: Key) -> list[Seen]:
        """The rows that have this key."""
        found = self._seen.get(hash(key))
        if found is None:
            return []
        some = found if isinstance(found, list) else [found]
        return [seen for seen in some if self.key(seen[1]) == key]

    def news(self, rows: Iterable[Seen]) -> dict[int, Seen] | None:
        """The rows that have a key by its hash; None where one is known already, or there twice."""
        keyed = [(key, seen) for seen in rows if None not in (key := self.key(seen[1]))]
        found = {hash(key): seen for key, seen in keyed}
        is_new = len(found) == len(keyed) and self._seen.keys().isdisjoint(found)
        return found if is_new else None

    def learn(self, news: Mapping[int, Seen]) -> None:
        """Remember rows whose keys are all new."""
        self._seen.update(news)

    def remember(self, key: Key, seen: Seen) -> None:
        """Most keys are seen once: those take no list of their own."""
        found = self._seen.setdefault(hash(key), seen)
        if found is not seen:
            others = found if isinstance(found, list) else [found]
            self._seen[hash(key)] = [*others, seen]


def _telling(part: Part) -> Iterator[Identity]:
    """The identities that tell what a shorter one among them does not."""
    shorter = [set(one.attributes) for one in part.identities if not one.unique]
    for one in part.identities:
        if one.unique or not any(set(one.attributes) > names for names in shorter):
            yield one
