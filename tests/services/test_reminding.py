"""Cutting the work of `remind` into transactions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_cli.services.reminding import AT_ONCE, batches

OWNERS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(1, 150)), max_size=6)


@given(OWNERS)
def test_batches_hold_every_task_once(owners: list[tuple[int, int, int]]) -> None:
    tasks = [(assignee, team) for assignee, team, count in owners for _ in range(count)]
    numbered = [(number, *owner) for number, owner in enumerate(tasks, start=1)]

    found = list(batches(numbered))

    assert sorted(number for batch in found for number in batch) == [one[0] for one in numbered]
    assert all(0 < len(batch) <= AT_ONCE for batch in found)


def test_batches_keep_an_owner_together() -> None:
    tasks = [(number, 1 + number % 3, 0) for number in range(1, 151)]

    found = list(batches(tasks))

    assert [{1 + number % 3 for number in batch} for batch in found] == [{1, 2}, {3}]
