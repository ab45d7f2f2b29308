from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.delivery.conftest import mail_server
from tests.simulation.forks import Forks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["mail_server"]  # a fixture of another folder


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Starts runs that can be killed at a chosen point."""
    with Forks() as started:
        yield started
