from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.delivery.conftest import certificate, failing_server, mail_server
from tests.delivery.servers import FailingServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["certificate", "failing_server", "mail_server"]  # fixtures of another folder


class HeldServer(FailingServer):
    """Says nothing at a step of its first connection until it is released, then hangs up."""

    def __init__(self, step: str) -> None:
        super().__init__(step, "silence")

    def release(self) -> None:
        self._stopped.set()


@pytest.fixture
def held_server() -> Iterator[Callable[[str], HeldServer]]:
    """Starts servers that keep their client waiting."""
    started: list[HeldServer] = []

    def start(step: str) -> HeldServer:
        started.append(HeldServer(step))
        return started[-1]

    yield start
    for server in started:
        server.stop()
