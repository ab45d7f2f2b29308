"""What people decide about many mails at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.outgoing import queue

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.parametrize("verb", ["retry", "sent", "cancel"])
def test_statements_do_not_grow_with_the_mails(
    sqlite_crm: Crm, statements: list[str], verb: str
) -> None:
    queue(sqlite_crm, 22)
    statements.clear()
    sqlite_crm.ok("outbox", verb, 22, 21)
    few = len(statements)
    statements.clear()

    sqlite_crm.ok("outbox", verb, *range(1, 21))

    assert len(statements) == few
