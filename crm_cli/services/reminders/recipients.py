"""Whom a task reminds: its assignee, or the members of its team while it has none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import col, select

from crm_cli.services import constants, presence
from crm_cli.services.reminders.rules import managers_of
from schema.base import table_of
from schema.employee import Employee
from schema.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date, datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.services.presence import Presence

EVERYBODY = table_of(Employee).select()


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """An employee as reminders see him."""

    id: int
    name: str
    email: str | None
    login: str | None
    zone: ZoneInfo
    language: str
    team_id: int | None
    manager_id: int | None
    digest: str
    """The channel of his daily digest, or none."""
    digest_since: datetime
    """Before this moment he may have chosen otherwise."""

    @property
    def place(self) -> tuple[ZoneInfo, int | None, int | None]:
        """What decides when and of which tasks he is reminded."""
        return self.zone, self.team_id, self.manager_id

    def is_reached_by(self, channel: str) -> bool:
        """Whether he has what the channel needs: an address, or a login to read his inbox."""
        return bool(self.email if channel == "email" else self.login)


class Recipients:
    """The employees that some tasks remind, with their managers."""

    def __init__(
        self, people: Iterable[Recipient], company_zone: ZoneInfo, presence: Callable[[], Presence]
    ) -> None:
        self._by_id = {one.id: one for one in people}
        self._company_zone = company_zone
        self._presence = presence
        self._by_team = defaultdict[int | None, list[Recipient]](list)
        for _, one in sorted(self._by_id.items()):
            self._by_team[one.team_id].append(one)

    def zone_of(self, assignee_id: int | None) -> ZoneInfo:
        """The zone in which the term of a task has its day."""
        assignee = None if assignee_id is None else self._by_id.get(assignee_id)
        return self._company_zone if assignee is None else assignee.zone

    def of(self, assignee_id: int | None, team_id: int | None) -> list[Recipient]:
        """Those whom a task with this assignee and team reminds, in order."""
        if assignee_id is not None:
            return [self._by_id[assignee_id]] if assignee_id in self._by_id else []
        return [] if team_id is None else self._by_team[team_id]

    def managers_of(self, assignee_id: int | None, team_id: int | None) -> list[Recipient]:
        """Who is told when a task with this assignee and team is overdue, in order."""
        members = [(one.id, one.manager_id) for one in self.of(assignee_id, team_id)]
        return [self._by_id[number] for number in managers_of(members)]

    def working_days_of(self, manager: Recipient) -> Callable[[date], date]:
        """What gives the first day from one on, on which a manager or his deputy works."""
        return lambda day: self._presence().first_working_day(manager.id, day)

    def rota(self, number: int) -> tuple[object, ...]:
        """What decides on which days an employee is told what others left undone."""
        return self._presence().rota(number)

    def __iter__(self) -> Iterator[Recipient]:
        return iter(self._by_id.values())

    def __getitem__(self, number: int) -> Recipient:
        return self._by_id[number]


def load(
    session: Session,
    owners: Iterable[tuple[int | None, int | None]],
    *,
    others: Collection[int] = (),
) -> Recipients:
    """The employees behind pairs of assignee and team, their managers, and others by their ids.

    One who left is reached by nothing.
    """
    pairs = set(owners)
    assignees = {assignee for assignee, _ in pairs if assignee is not None}
    teams = {team for assignee, team in pairs if assignee is None and team is not None}
    of_team = col(Employee.team_id).in_(teams) & col(Employee.archived_at).is_(None)
    reminded = or_(col(Employee.id).in_(assignees), of_team)
    managers = select(Employee.manager_id).where(reminded)
    found = session.exec(
        select(Employee).where(
            or_(reminded, col(Employee.id).in_(others), col(Employee.id).in_(managers))
        )
    )
    make, absences = _Maker(session), cache(partial(presence.written, session))
    return Recipients((make.recipient(one) for one in found), make.zone, absences)


def everybody(session: Session) -> Recipients:
    """All employees as the database has them, before what the session has not written yet."""
    make, found = _Maker(session), session.connection().execute(EVERYBODY)
    absences = presence.written(session)
    return Recipients((make.recipient(one) for one in found), make.zone, lambda: absences)


class _Maker:
    """Makes recipients of employees; what they leave open is the company's choice."""

    def __init__(self, session: Session) -> None:
        known = constants.typed(session, "timezone", "language", "task.digest")
        self.zone = ZoneInfo(known["timezone"])
        self._language: str = known["language"]
        self._digest: str = known["task.digest"]
        self._since = _chosen_at(session) if self._digest != "none" else None

    def recipient(self, employee: Employee | Row[Any]) -> Recipient:
        number: Any = employee.id
        gone, since = employee.archived_at is not None, employee.digest_since or employee.created_at
        if not employee.digest and self._since is not None:
            since = max(since, self._since)
        return Recipient(
            id=number,
            name=employee.name,
            email=None if gone else employee.email,
            login=None if gone else employee.login,
            zone=ZoneInfo(employee.timezone) if employee.timezone else self.zone,
            language=employee.language or self._language,
            team_id=None if gone else employee.team_id,
            manager_id=employee.manager_id,
            digest="none" if gone else employee.digest or self._digest,
            digest_since=since,
        )


def _chosen_at(session: Session) -> datetime | None:
    """When the company last chose its digest."""
    chosen = select(Setting.updated_at).where(Setting.name == "task.digest")
    return session.exec(chosen).first()
