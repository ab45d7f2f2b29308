"""Claims and leases: what two senders that know nothing of each other may do to one mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time
from sqlalchemy import Connection, Engine, event

from crm_cli.services.outbox import claims
from crm_cli.services.outbox.claims import LEASE, Claim, ClaimLost, Doubtful, Paced
from tests.conftest import Crm
from tests.execute import execute
from tests.outgoing import DUE, queue, statuses, transaction, use_folder

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

LATER = DUE + LEASE + timedelta(seconds=1)


def claimed(session: Session, now: datetime = DUE, token: str = "a") -> int | Paced | None:
    """The number of the mail that was claimed, or what was said instead."""
    found = claims.claim(session, token=token, as_of=now, now=now)
    return found.mail.id if isinstance(found, Claim) else found


def test_claim_each_mail_once(crm: Crm) -> None:
    queue(crm, 2)

    with transaction(crm) as session:
        found = [claimed(session) for _ in range(3)]

    assert found == [1, 2, None]


def test_take_over_when_the_lease_has_ended(crm: Crm) -> None:
    queue(crm)
    with transaction(crm) as session:
        claims.claim(session, token="slow", as_of=DUE, now=DUE)

    with transaction(crm) as session:
        assert claims.recover(session, now=LATER) == Doubtful((), ())
        assert claims.claim(session, token="b", as_of=DUE, now=LATER) is not None

    with transaction(crm) as session, pytest.raises(ClaimLost):
        claims.enter_dot(session, 1, token="slow", now=LATER)
    with transaction(crm) as session:
        assert claims.settle(session, 1, "taken", token="slow") is None
    assert statuses(crm) == {"claimed": 1}


def test_leave_a_living_sender_alone(crm: Crm) -> None:
    queue(crm)
    with transaction(crm) as session:
        claims.claim(session, token="a", as_of=DUE, now=DUE)
        claims.enter_dot(session, 1, token="a", now=DUE)

    with transaction(crm) as session:
        assert claims.recover(session, now=DUE + LEASE) == Doubtful((), ())

    assert statuses(crm) == {"dot": 1}


@pytest.mark.parametrize("uncertain", ["hold", "resend"])
def test_believe_a_late_answer(crm: Crm, uncertain: str) -> None:
    queue(crm, 1, uncertain=uncertain)
    with transaction(crm) as session:
        claims.claim(session, token="slow", as_of=DUE, now=DUE)
        claims.enter_dot(session, 1, token="slow", now=DUE)
    with transaction(crm) as session:
        claims.recover(session, now=LATER)

    with transaction(crm) as session:
        claims.settle(session, 1, "taken", token="slow", sent_at=LATER)

    assert statuses(crm) == {"sent": 1}


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("ahead", [-MINUTE, MINUTE])
def test_leave_the_mail_of_a_machine_whose_clock_differs(crm: Crm, ahead: timedelta) -> None:
    queue(crm)
    with transaction(crm) as session:
        claimed(session, DUE, token="other")

    with transaction(crm) as session:
        doubtful = claims.recover(session, now=DUE + LEASE - 2 * MINUTE + ahead)

    assert doubtful == Doubtful((), ())
    assert statuses(crm) == {"claimed": 1}


def test_free_the_mail_of_a_clock_that_was_put_back(crm: Crm) -> None:
    queue(crm)
    with transaction(crm) as session:
        claims.claim(session, token="dead", as_of=DUE, now=DUE + timedelta(hours=3))

    with transaction(crm) as session:
        claims.recover(session, now=DUE)
        assert claimed(session, DUE, token="b") == 1


def test_stamp_by_the_clock_of_the_database(postgresql_url: str, tmp_path: Path) -> None:
    """A machine whose clock is an hour slow, on a server that several share."""
    crm = Crm(postgresql_url, tmp_path)
    use_folder(crm)
    queue(crm, due_at=None)
    slow = timedelta(hours=1)

    # The stopwatch of a run stays real: begun before, it would be set by decades.
    with freeze_time(datetime.now(UTC) - slow, tick=True, ignore=["crm_cli.running.job"]):
        crm("job", "run", "send-outbox", "--as-of", str(datetime.now(UTC) + 2 * slow), CRM_NOW="")

    stamps = "SELECT EXTRACT(EPOCH FROM clock_timestamp() - tried_at) FROM outbox"
    ((late_by,),) = execute(crm.url, stamps)
    assert -1 < late_by < 600  # whole seconds, rounded; a test may be slow, but not by an hour


MANY = """
INSERT INTO outbox (message_id, kind, status, uncertain, recipients, domain, subject, text,
  headers, created_at, due_at, tried_at, attempts)
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
SELECT n || '@old.example', 'reminder', 'sent', 'resend', 'jan@klient.example', 'klient.example',
  's', 't', '{}', ?, ?, ?, 0
FROM numbers"""


def test_find_the_next_mail_by_indexes_only(crm: Crm) -> None:
    """After 100,000 mails that were sent."""
    old = (DUE - timedelta(days=9)).isoformat()
    types = "?" if crm.url.startswith("sqlite") else "CAST(? AS timestamptz)"
    execute(crm.url, MANY.replace("?", types), old, old, old)
    crm("setting", "set", "mail.domain_rate", "5")
    queue(crm, 7)
    plans: list[str] = []

    def explain(connection: Connection, _: object, sql: str, values: Any, *__: object) -> None:
        if sql.startswith("SELECT") and "FROM outbox" in sql and "outbox_file" not in sql:
            asked = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
            cursor = connection.connection.cursor()
            cursor.execute(asked + sql, values)
            plans.append(" ".join(str(row[-1]) for row in cursor.fetchall()))

    execute(crm.url, "ANALYZE outbox")
    event.listen(Engine, "before_cursor_execute", explain)
    try:
        with transaction(crm) as session:
            found = [claimed(session) for _ in range(6)]
            claims.recover(session, now=LATER)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)

    assert [type(one) for one in found] == [int] * 5 + [Paced]
    assert len(plans) == 14  # six counts of the last minute, six claims, what waits, the leases
    assert all("ix_outbox_due_at" in plan or "ix_outbox_tried_at" in plan for plan in plans), plans
