"""Real runs of `crm` on a test database: several at once, and killed at a chosen point."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tests.postgres import settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from tests.conftest import Crm

KILLED = -9
BUSY = 75
DIED = r"(crm: Process \d+ on \S+ died without ending the run\. The job remind goes on[^\n]*\n)?"
"""What the first run after a killed one may say."""


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code or KILLED, what it said, the last point it came to."""

    code: int
    said: str
    point: str


class Forks:
    """A server that forks runs; starting them costs what `fork` costs."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.simulation.fork_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._server.communicate()

    def warm(self, crm: Crm) -> None:
        """Load and compile what the runs on this kind of database need; best with a task due."""
        self._ask(crm, warm=True)

    def run(self, crm: Crm, *words: str, deadly: int = 0) -> Ended:
        """Run one command; it dies at its `deadly`th point, if it has so many."""
        return self.run_at_once(crm, (words, deadly))[0]

    def run_at_once(self, crm: Crm, *runs: tuple[tuple[str, ...], int]) -> list[Ended]:
        """Run several commands at the same time, each with its deadly point."""
        ended = [Ended(**one) for one in self._ask(crm, runs=runs)]
        settle(crm.url)
        return ended

    def _ask(self, crm: Crm, *, warm: bool = False, runs: Sequence[object] = ()) -> Any:
        stdin, stdout = self._server.stdin, self._server.stdout
        assert stdin
        assert stdout
        request = {"environment": crm.environment, "warm": warm, "runs": runs}
        stdin.write(json.dumps(request) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())
