"""What a job is given and what it answers; see `runner` for what happens around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from crm_cli.running.signals import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

T = TypeVar("T")


@dataclass(frozen=True)
class JobResult:
    """What a run came to: items handled, a line for each failure, one line in all."""

    items: int
    summary: str
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JobContext:
    """How this run was asked for; what is due is judged as of `as_of`."""

    as_of: datetime
    started_at: datetime
    limit: int | None = None
    full: bool = False
    dry_run: bool = False
    stop: Stop = field(default_factory=Stop)
    began: float = field(default_factory=monotonic)

    @property
    def now(self) -> datetime:
        """The running clock of this run, for leases and stamps; `app.now` stands still."""
        return self.started_at + timedelta(seconds=int(monotonic() - self.began))

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """At most `limit` items, none after a signal; no item is taken before it is wanted."""
        for item in islice(items, 0 if self.stop.requested else self.limit):
            yield item
            if self.stop.requested:
                return
