"""The pace at which mail leaves: never more in a minute than is set, and nothing starves."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.delivery.addresses import Address
from crm_cli.services.outbox import claims
from crm_cli.services.outbox.claims import Claim, Paced
from crm_cli.services.outbox.queue import enqueue
from tests.conftest import Crm
from tests.execute import execute
from tests.outgoing import DUE, queue, transaction

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

MINUTE = timedelta(seconds=60)
DOMAINS = ("a.example", "b.example", "c.example")


def limit(crm: Crm, **rates: int) -> None:
    for name, value in rates.items():
        assert crm("setting", "set", f"mail.{name}", value).exit_code == 0


def queue_for(crm: Crm, *domains: str) -> list[int]:
    """One mail for each; their ids."""
    return [queue(crm, recipients=[Address(f"jan@{domain}")])[0] for domain in domains]


def claim(session: Session, now: datetime, token: str = "a") -> Claim | Paced | None:
    return claims.claim(session, token=token, as_of=DUE, now=now)


def claimed(session: Session, now: datetime) -> list[int | None]:
    """All that may go now."""
    found = []
    while isinstance(one := claim(session, now), Claim):
        found.append(one.mail.id)
    return found


class Clock:
    """Real moments and the whole seconds that clocks show; each sender's is a little off."""

    def __init__(self) -> None:
        self.real = DUE.astimezone(UTC)

    def shown(self, late_by: float) -> datetime:
        return (self.real - timedelta(seconds=late_by)).replace(microsecond=0)


def busiest(moments: list[datetime]) -> int:
    """The most that happened in any minute."""
    return max(
        (sum(start <= other < start + MINUTE for other in moments) for start in moments), default=0
    )


@pytest.fixture(scope="module")
def paced_crm(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Crm:
    """One database for all examples, with both limits set."""
    folder = tmp_path_factory.mktemp("pace")
    shutil.copy(sqlite_template, folder / "crm.db")
    crm = Crm(f"sqlite:///{folder / 'crm.db'}", folder)
    limit(crm, rate=1, domain_rate=1)
    return crm


def fill(crm: Crm, mails: list[str], **rates: int) -> None:
    """Nothing but a mail for each of the domains, in one transaction, and these limits."""
    execute(crm.url, "DELETE FROM outbox")
    for name, value in rates.items():
        execute(crm.url, "UPDATE setting SET value = ? WHERE name = ?", str(value), f"mail.{name}")
    with transaction(crm) as session:
        for domain in mails:
            enqueue(
                session,
                kind="quote",
                recipients=[Address(f"jan@{domain}")],
                subject="Ofertă",
                text="Bună ziua!",
                due_at=DUE,
            )


@settings(max_examples=25)
@given(data=st.data())
def test_never_more_in_a_minute_and_nothing_starves(data: st.DataObject, paced_crm: Crm) -> None:
    in_all, to_domain = data.draw(st.tuples(st.integers(0, 6), st.integers(0, 3)))
    mails = data.draw(st.lists(st.sampled_from(DOMAINS), max_size=12))
    fill(paced_crm, mails, rate=in_all, domain_rate=to_domain)
    left: dict[str, list[datetime]] = {domain: [] for domain in DOMAINS}
    clock = Clock()

    with transaction(paced_crm) as session:
        for turn in count():
            late_by = data.draw(st.sampled_from([0, 0.5, 0.9]))
            found = claim(session, clock.shown(late_by), token=f"sender {turn % 3}")
            if found is None:
                break
            if isinstance(found, Claim):
                left[found.mail.domain].append(clock.real)
                clock.real += timedelta(seconds=data.draw(st.floats(0, 9)))
            else:
                clock.real = max(clock.real, found.until) + timedelta(seconds=late_by)
                assert turn < 200

    moments = sorted(moment for each in left.values() for moment in each)
    assert len(moments) == len(mails)
    assert not in_all or busiest(moments) <= in_all
    assert not to_domain or all(busiest(each) <= to_domain for each in left.values())


def test_let_a_late_clock_shorten_no_minute(sqlite_crm: Crm) -> None:
    limit(sqlite_crm, rate=1)
    queue(sqlite_crm, 2)
    clock = Clock()
    clock.real += timedelta(seconds=0.89)
    began = clock.real

    with transaction(sqlite_crm) as session:
        claim(session, clock.shown(late_by=0.9))
        while not isinstance(claim(session, clock.shown(late_by=0)), Claim):
            clock.real += timedelta(seconds=0.1)

    assert timedelta(seconds=60) <= clock.real - began < timedelta(seconds=61)


def test_pass_over_a_domain_at_its_limit(crm: Crm) -> None:
    limit(crm, domain_rate=2)
    queue_for(crm, *["a.example"] * 4, "b.example")

    with transaction(crm) as session:
        first = claimed(session, DUE)
        waits = claim(session, DUE)
        later = claimed(session, waits.until) if isinstance(waits, Paced) else None

    assert first == [1, 2, 5]
    assert waits == Paced(2, DUE + timedelta(seconds=62))
    assert later == [3, 4]


def test_count_across_senders(crm: Crm) -> None:
    limit(crm, rate=3)
    queue(crm, 5)

    for token in "abcd":
        with transaction(crm) as session:
            claim(session, DUE, token)

    counts = "SELECT count(*) FROM outbox WHERE status = 'claimed'"
    assert execute(crm.url, counts) == [(3,)]


def test_count_a_mail_that_is_tried_again_by_hand(crm: Crm) -> None:
    limit(crm, rate=2)
    queue(crm)
    with transaction(crm) as session:
        claim(session, DUE)
    execute(crm.url, "UPDATE outbox SET status = 'queued'")

    with transaction(crm) as session:
        soon = claim(session, DUE + MINUTE)
        late = claim(session, DUE + MINUTE + timedelta(seconds=2))

    assert isinstance(soon, Paced)
    assert isinstance(late, Claim)


def test_forget_stamps_of_a_clock_that_was_wrong(sqlite_crm: Crm) -> None:
    limit(sqlite_crm, rate=1)
    queue(sqlite_crm, 2)
    with transaction(sqlite_crm) as session:
        claim(session, DUE + timedelta(hours=3))

    with transaction(sqlite_crm) as session:
        found = claim(session, DUE)

    assert isinstance(found, Claim)
