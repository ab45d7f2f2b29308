"""Accounts that are probably one: compared within blocks that share something, never all pairs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.reader import Reader

WEIGHTS = {"tax_id": 0.9, "email": 0.8, "phone": 0.7, "name_city": 0.85, "name": 0.6}
"""Reason -> how sure it makes us alone, from 0 to 1."""
SIMILAR = 90
"""Likeness of two names, of 100, from which they are similar."""
SMALL = 20
"""Accounts of a block up to which each is compared with each."""
NEIGHBOURS = 6
"""Accounts that follow by name, with which an account of a larger block is compared."""
RARE_WORDS = 2
"""Words of a name, the rarest of it, by which it shares blocks."""

ACCOUNTS = """
SELECT a.id, coalesce(a.phone, ''), coalesce(a.other_phones, ''), a.name, a.name_folded,
  coalesce(a.tax_digits, ''), a.country, lower(coalesce(a.email, '')), coalesce(a.city_folded, '')
FROM account a WHERE a.archived_at IS NULL AND a.merged_into_id IS NULL ORDER BY a.id"""
_NUMBERS = re.compile(r"\d+")


class Party(NamedTuple):
    """What is compared of an account."""

    id: int
    phones: frozenset[str]
    numbers: tuple[str, ...]
    name: str
    folded: str
    tax_digits: str
    country: str
    email: str
    city: str


class Candidate(NamedTuple):
    """Two accounts that may be one; the score is at most 100."""

    id: int
    name: str
    other_id: int
    other: str
    score: int
    reasons: tuple[str, ...]


def find(reader: Reader, *, account_id: int | None = None) -> list[Candidate]:
    """Candidates among all living accounts, or for one of them; the surest first."""
    parties = [_party(*row) for row in reader.all(ACCOUNTS)]
    pairs = _pairs(parties) if account_id is None else _pairs_of(parties, account_id)
    found: dict[tuple[int, int], Candidate] = {}
    for one, other in pairs:
        if (one.id, other.id) not in found and (candidate := _compare(one, other)):
            found[one.id, other.id] = candidate
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.id, pair.other_id))


def _party(number: int, phone: str, others: str, *known: str) -> Party:
    phones = frozenset(text for text in (phone, *others.split(", ")) if text)
    name, folded, *rest = known
    return Party(number, phones, tuple(sorted(_NUMBERS.findall(folded))), name, folded, *rest)


def _pairs_of(parties: Sequence[Party], account_id: int) -> Iterator[tuple[Party, Party]]:
    chosen = next((party for party in parties if party.id == account_id), None)
    if chosen is not None:
        yield from ((chosen, other) for other in parties if other.id != account_id)


def _pairs(parties: Sequence[Party]) -> Iterator[tuple[Party, Party]]:
    """Pairs that share a block, the lower id first; a pair may come more than once."""
    for block in _blocks(parties):
        for one, other in _near(block):
            yield (one, other) if one.id < other.id else (other, one)


def _near(block: list[Party]) -> Iterator[tuple[Party, Party]]:
    """Each with each in a small block; in a larger one those that are neighbours by name."""
    if len(block) <= SMALL:
        yield from combinations(block, 2)
        return
    block.sort(key=lambda party: (party.folded.replace(" ", ""), party.id))
    for place, one in enumerate(block):
        yield from ((one, other) for other in block[place + 1 : place + 1 + NEIGHBOURS])


def _blocks(parties: Sequence[Party]) -> Iterator[list[Party]]:
    yield list(parties)
    frequency = Counter(word for party in parties for word in party.folded.split())
    blocks: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for party in parties:
        for key in _keys(party, frequency):
            blocks[key].append(party)
    yield from (block for block in blocks.values() if len(block) > 1)


def _keys(party: Party, frequency: Counter[str]) -> Iterator[tuple[str, str]]:
    """The blocks of an account: what it shares with others it may be the same as."""
    shared = (("tax", party.tax_digits), ("email", party.email), ("city", party.city))
    yield from (key for key in shared if key[1])
    yield from (("phone", phone) for phone in party.phones)
    words = sorted(set(party.folded.split()), key=lambda word: (frequency[word], word))
    yield from (("word", word) for word in words[:RARE_WORDS])


def _compare(one: Party, other: Party) -> Candidate | None:
    reasons = _same(one, other)
    likeness = 1.0
    if "name_city" not in reasons and (likeness := _likeness(one, other)):
        reasons["name"] = WEIGHTS["name"] * likeness
    if not reasons:
        return None
    score = round(100 * (1 - prod(1 - weight for weight in reasons.values())))
    return Candidate(one.id, one.name, other.id, other.name, score, tuple(reasons))


def _same(one: Party, other: Party) -> dict[str, float]:
    same = (
        ("tax_id", one.tax_digits and one.tax_digits == other.tax_digits),
        ("email", one.email and one.email == other.email),
        ("phone", one.phones and one.phones & other.phones),
        ("name_city", one.city and one.city == other.city and one.folded == other.folded),
    )
    agreed = (reason for reason, holds in same if holds)
    return {
        reason: WEIGHTS[reason]
        for reason in agreed
        if reason != "name_city" or not _are_distinct(one, other)
    }


def _likeness(one: Party, other: Party) -> float:
    """How alike two names are, from 0 to 1; 0 below the limit.

    Numbers tell names apart (School 1, School 2), and so do cities unless the names are equal.
    """
    if one.numbers != other.numbers or _are_distinct(one, other):
        return 0
    if one.folded == other.folded:
        return 1
    if one.city and other.city and one.city != other.city:
        return 0
    from rapidfuzz import fuzz

    dense = fuzz.ratio(one.folded.replace(" ", ""), other.folded.replace(" ", ""))
    sorted_words = fuzz.token_sort_ratio(one.folded, other.folded, score_cutoff=SIMILAR)
    likeness = max(dense, sorted_words)
    return likeness / 100 if likeness >= SIMILAR else 0


def _are_distinct(one: Party, other: Party) -> bool:
    """Two tax ids of one country are two companies, whatever their names."""
    return (
        one.country == other.country
        and bool(one.tax_digits and other.tax_digits)
        and one.tax_digits != other.tax_digits
    )
