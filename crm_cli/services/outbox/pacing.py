"""How many mails leave in a minute, in all and to one domain, counted in the outbox itself.

So the pace holds across runs, and for several senders and machines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, not_, or_, select, true

from schema.base import table_of
from schema.outbox import Outbox
from schema.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement
    from sqlmodel import Session

MINUTE = timedelta(seconds=61)
"""A minute at least: the clock of a run is up to two seconds late, and shows whole ones."""

AHEAD = timedelta(minutes=5)
"""How far ahead a stamp may be; a later one is of a clock that has been put right since."""

RATE, DOMAIN_RATE = "mail.rate", "mail.domain_rate"
OUTBOX, SETTING = table_of(Outbox).c, table_of(Setting).c


@dataclass(frozen=True)
class Pace:
    """What the limits let leave now; the moments say when a limit gives way."""

    counted: ColumnElement[bool] | None = None
    """What holds for the mails of the last minute; None where nothing is limited."""
    closed_until: datetime | None = None
    full: Mapping[str, datetime] = field(default_factory=dict)
    """The domains that take no more, until when."""

    @property
    def lets_go(self) -> ColumnElement[bool]:
        """What holds for a mail that may leave; one counts once, so it does not go twice."""
        if self.counted is None:
            return true()
        rested = or_(OUTBOX.tried_at.is_(None), not_(self.counted))
        return and_(rested, OUTBOX.domain.not_in(self.full)) if self.full else rested

    def until(self, domains: Collection[str], now: datetime) -> datetime:
        """When a mail to one of these domains may leave, at the earliest."""
        moments = [self.full.get(domain, now + timedelta(seconds=1)) for domain in domains]
        return max(min(moments), self.closed_until or now)


def pace(session: Session, *, now: datetime) -> Pace:
    """The pace as it is; where there is one, senders wait for each other until the commit."""
    limits = _limits(session)
    if not any(limits.values()):
        return Pace()
    counted = OUTBOX.tried_at.between(now - MINUTE, now + AHEAD)
    rows = session.execute(
        select(OUTBOX.domain, func.count(), func.min(OUTBOX.tried_at))
        .where(counted)
        .group_by(OUTBOX.domain)
    ).all()
    left = {domain: (count, first + MINUTE + timedelta(seconds=1)) for domain, count, first in rows}
    closed = 0 < limits[RATE] <= sum(count for count, _ in left.values())
    return Pace(
        counted,
        min(moment for _, moment in left.values()) if closed else None,
        {
            domain: moment
            for domain, (count, moment) in left.items()
            if 0 < limits[DOMAIN_RATE] <= count
        },
    )


def _limits(session: Session) -> dict[str, int]:
    """The limits that are set, locked: two senders could each count the other out."""
    found = session.execute(
        select(SETTING.name, SETTING.value)
        .where(SETTING.name.in_((DOMAIN_RATE, RATE)))
        .order_by(SETTING.name)
        .with_for_update()
    )
    return {RATE: 0, DOMAIN_RATE: 0} | {name: int(value) for name, value in found}
