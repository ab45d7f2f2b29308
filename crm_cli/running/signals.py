"""Signals that ask a job to end: it does so between two items."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_cli.errors import Interrupted, Terminated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

CAUGHT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Stop:
    """Whether a signal asked the job to end."""

    signal: signal.Signals | None = None

    @property
    def requested(self) -> bool:
        """Whether the job should end before its next item."""
        return self.signal is not None

    def error(self, job: str) -> Interrupted | Terminated:
        """What the stopped run ends with."""
        kind = Interrupted if self.signal is signal.SIGINT else Terminated
        name = self.signal.name if self.signal else "a signal"
        return kind(f"The job {job} was stopped by {name}; what it had done is kept.")

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        """Remember the first signal; the same one again ends the process at once."""
        self.signal = self.signal or signal.Signals(number)
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def caught() -> Iterator[Stop]:
    """Turn signals into a request to stop for as long as the block runs, but what nohup ignores."""
    stop = Stop()
    heard = [one for one in CAUGHT if signal.getsignal(one) is not signal.SIG_IGN]
    before = {one: signal.signal(one, stop._receive) for one in heard}  # noqa: SLF001 - its own module
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
