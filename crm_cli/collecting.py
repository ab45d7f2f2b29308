"""The collector of garbage, held back where many objects live and few die in circles."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SELDOM = (50_000, 1_000, 1_000)
"""New objects after which those are looked at, and how often the older ones are."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for circles among what is new, not again and again among all that is held."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
