"""Verifying the audit chain, and reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_cli.audit import HEADER, chain_hash, digest, header
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crm_cli.reader import Reader

TRANSACTIONS = (
    f"SELECT id, {', '.join(HEADER)}, previous_hash, hash FROM audit_tx ORDER BY position"  # noqa: S608 - constants
)
CHANGES = """
SELECT t.position, c.id, c.salt, c.entity, c.entity_id, c.version, c.old, c.new, c.digest
FROM audit c JOIN audit_tx t ON t.id = c.tx_id ORDER BY t.position, c.seq"""
UNSEALED = "SELECT id FROM audit_tx WHERE position IS NULL ORDER BY id"
ORPHANS = "SELECT id FROM audit WHERE tx_id NOT IN (SELECT id FROM audit_tx) ORDER BY id"


@dataclass(frozen=True)
class Fault:
    """What is wrong with the chain, and where."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def verify(reader: Reader) -> Iterator[Fault]:
    """Walk the whole chain; every fault once, in order."""
    for (number,) in reader.all(UNSEALED):
        yield Fault(f"audit transaction {number}", "was never sealed")
    for (number,) in reader.all(ORPHANS):
        yield Fault(f"audit row {number}", "belongs to no transaction")
    previous, position = "", 0
    changes = _Changes(reader)
    for row in reader.rows(TRANSACTIONS):
        found = dict(zip(("id", *HEADER, "previous_hash", "hash"), row, strict=True))
        if found["position"] is None:
            continue
        position += 1
        yield from _transaction(found, position, previous, changes)
        position, previous = found["position"], found["hash"]
    head = reader.one("SELECT position, hash FROM audit_head")
    if head != (position, previous):
        yield Fault("audit head", "does not name the last transaction: the end was cut off")


def _transaction(
    found: dict[str, Any], position: int, previous: str, changes: _Changes
) -> Iterator[Fault]:
    place = f"audit transaction {found['id']}"
    if found["position"] != position:
        yield Fault(place, f"stands at position {found['position']} where {position} was due")
    if found["previous_hash"] != previous:
        yield Fault(place, "does not follow the transaction before it")
    digests = []
    for number, expected, kept in changes.of(found["position"]):
        if expected is not None and expected != kept:
            yield Fault(f"audit row {number}", "was changed after it was written")
        digests.append(kept)
    for name in ("at", "clock"):
        found[name] = _moment(found[name])
    if chain_hash(found["previous_hash"], header(found), digests) != found["hash"]:
        yield Fault(place, "was changed after it was sealed, or rows of it are missing")


class _Changes:
    """The audit rows, handed out transaction by transaction in one pass."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.rows(CHANGES)
        self._next = next(self._rows, None)

    def of(self, position: int) -> Iterator[tuple[int, str | None, str]]:
        """Row id, recomputed digest (None where the payload was erased), kept digest."""
        while self._next is not None and (self._next[0] is None or self._next[0] <= position):
            where, number, salt, *payload, kept = self._next
            if where == position:
                erased = salt == ""
                yield number, None if erased else digest(salt, *payload), kept
            self._next = next(self._rows, None)


def _moment(raw: object) -> datetime | None:
    loaded: datetime | None = MOMENT.load(raw)
    return loaded
