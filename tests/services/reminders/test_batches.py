"""Cutting the work of `remind` into transactions."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from crm_cli.services.reminders.batches import AT_ONCE, batches

SPANS = st.tuples(st.integers(1, 150), st.integers(1, 150))
WORK = st.dictionaries(st.integers(0, 6), SPANS, max_size=6).map(
    lambda spans: {one: set(range(start, start + size)) for one, (start, size) in spans.items()}
)


@given(WORK)
def test_batches_decide_for_every_recipient_once(work: dict[int, set[int]]) -> None:
    versions = {task: 10 * task for tasks in work.values() for task in tasks}

    found = list(batches(work, versions))

    recipients = Counter(one for batch in found for one in batch.recipients)
    assert recipients == Counter(work.keys())
    for batch in found:
        needed = {task for one in batch.recipients for task in work[one]}
        assert batch.tasks == {task: versions[task] for task in needed}
        assert {one for one in work if batch.decides_for(one)} == batch.recipients


@given(WORK)
def test_batches_settle_a_task_with_the_last_of_its_recipients(work: dict[int, set[int]]) -> None:
    found = list(batches(work, dict.fromkeys(range(301), 1)))

    settled = [task for batch in found for task in sorted(batch.last)]
    assert sorted(settled) == sorted({task for tasks in work.values() for task in tasks})
    for place, batch in enumerate(found):
        later = {task for other in found[place + 1 :] for task in other.tasks}
        assert not later & batch.last


@given(WORK)
def test_batches_are_small_where_recipients_are(work: dict[int, set[int]]) -> None:
    for batch in batches(work, dict.fromkeys(range(301), 1)):
        reminders = sum(len(work[one]) for one in batch.recipients)
        assert reminders <= AT_ONCE or len(batch.recipients) == 1


def test_batches_of_one_recipient_have_an_end() -> None:
    work = {1: range(50), 2: range(2_500), 3: range(60)}

    found = list(batches(work, dict.fromkeys(range(2_500), 1)))

    assert [(sorted(one.recipients), len(one.tasks)) for one in found] == [
        ([1], 50),
        ([2], 1_000),
        ([2], 1_000),
        ([2], 500),
        ([3], 60),
    ]
    assert sorted(task for one in found for task in one.last) == list(range(2_500))


def test_batches_decide_for_who_came_since() -> None:
    (batch,) = batches({1: [7]}, {7: 1})

    assert batch.decides_for(2)
