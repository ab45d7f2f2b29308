"""Claims and leases: what two senders that know nothing of each other may do to one mail."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crm_cli.services import sending
from crm_cli.services.sending import LEASE, Claim, ClaimLost, Doubtful, Paced
from crm_cli.start import make_app
from tests.outgoing import DUE, queue, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlmodel import Session

    from tests.conftest import Crm

LATER = DUE + LEASE + timedelta(seconds=1)


@contextmanager
def transaction(crm: Crm) -> Iterator[Session]:
    app = make_app(color=False, config=None, database=crm.url, user=crm.user)
    app.real_clock = True
    with app.transaction() as tx:
        yield tx.session
    app.database.close()


def claimed(session: Session, now: datetime = DUE, token: str = "a") -> int | Paced | None:
    """The number of the mail that was claimed, or what was said instead."""
    found = sending.claim(session, token=token, as_of=now, now=now)
    return found.mail.id if isinstance(found, Claim) else found


def test_claim_each_mail_once(crm: Crm) -> None:
    queue(crm, 2)

    with transaction(crm) as session:
        claims = [claimed(session) for _ in range(3)]

    assert claims == [1, 2, None]


def test_take_over_when_the_lease_has_ended(crm: Crm) -> None:
    queue(crm)
    with transaction(crm) as session:
        sending.claim(session, token="slow", as_of=DUE, now=DUE)

    with transaction(crm) as session:
        assert sending.recover(session, now=LATER) == Doubtful((), ())
        assert sending.claim(session, token="b", as_of=DUE, now=LATER) is not None

    with transaction(crm) as session, pytest.raises(ClaimLost):
        sending.enter_dot(session, 1, token="slow", now=LATER)
    with transaction(crm) as session:
        assert sending.settle(session, 1, "taken", token="slow") is None
    assert statuses(crm) == {"claimed": 1}


def test_leave_a_living_sender_alone(crm: Crm) -> None:
    queue(crm)
    with transaction(crm) as session:
        sending.claim(session, token="a", as_of=DUE, now=DUE)
        sending.enter_dot(session, 1, token="a", now=DUE)

    with transaction(crm) as session:
        assert sending.recover(session, now=DUE + LEASE) == Doubtful((), ())

    assert statuses(crm) == {"dot": 1}


@pytest.mark.parametrize("uncertain", ["hold", "resend"])
def test_believe_a_late_answer(crm: Crm, uncertain: str) -> None:
    queue(crm, 1, uncertain=uncertain)
    with transaction(crm) as session:
        sending.claim(session, token="slow", as_of=DUE, now=DUE)
        sending.enter_dot(session, 1, token="slow", now=DUE)
    with transaction(crm) as session:
        sending.recover(session, now=LATER)

    with transaction(crm) as session:
        sending.settle(session, 1, "taken", token="slow", sent_at=LATER)

    assert statuses(crm) == {"sent": 1}
