"""`crm undo` of a term or a memento: reminders count on, so that none is lost or doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.parametrize("option", ["--due", "--memento"])
def test_undo_counts_on(crm: Crm, option: str) -> None:
    """The third moment is told of, although the second was, whose number it might have got."""
    crm("task", "add", "Sună", "--due", "2026-12-20@10:00", option, "2026-12-01@10:00")
    crm("task", "edit", "1", option, "2026-11-24@10:00")
    _remind(crm, "2026-11-24T08:30:00+00:00")
    crm.ok("undo")
    crm("task", "edit", "1", option, "2026-11-25@10:00")

    _remind(crm, "2026-11-25T08:30:00+00:00")

    mails = crm.ok("outbox", "list", "--columns", "created_at", "--sort", "id")
    assert [mail["created_at"] for mail in mails] == [
        "2026-11-24T08:30:00+00:00",
        "2026-11-25T08:30:00+00:00",
    ]


def _remind(crm: Crm, now: str) -> None:
    crm.now = now
    assert crm("job", "run", "remind").exit_code == 0
