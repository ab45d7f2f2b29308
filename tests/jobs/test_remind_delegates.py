"""Reminders of those who have no login: they answer, for they can type no commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reminders import mails

if TYPE_CHECKING:
    from tests.conftest import Crm

ANSWER = "Vă rugăm să răspundeți la acest mesaj când"


@pytest.mark.parametrize("digest", ["none", "email"])
def test_reminder_asks_for_an_answer(sqlite_crm: Crm, digest: str) -> None:
    crm = sqlite_crm
    crm("employee", "add", "--name", "Ion", "--email", "ion@firma.example", "--digest", digest)
    crm("task", "add", "Sună la Moldo Trans", "--due", "tomorrow", "--assignee", "Ion")

    crm.now = "2026-11-24T06:00:00+00:00"
    crm("job", "run", "remind")

    assert len(mails(crm)) == 2
    (reminder,) = crm.ok("outbox", "list", "--where", "kind = reminder", "--columns", "text")
    assert ANSWER in reminder["text"]
    assert "crm " not in reminder["text"]
