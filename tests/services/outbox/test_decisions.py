"""What people decide about many mails at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.outgoing import queue
from tests.statements import statements

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.parametrize("verb", ["retry", "sent", "cancel"])
def test_statements_do_not_grow_with_the_mails(sqlite_crm: Crm, verb: str) -> None:
    queue(sqlite_crm, 22)

    with statements() as few:
        sqlite_crm.ok("outbox", verb, 22, 21)
    with statements() as many:
        sqlite_crm.ok("outbox", verb, *range(1, 21))

    assert len(many) == len(few)
