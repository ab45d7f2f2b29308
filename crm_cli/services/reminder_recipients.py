"""Whom a task reminds: its assignee, or the members of its team while it has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import col, select

from crm_cli.services import constants
from schema.employee import Employee

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session


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

    def is_reached_by(self, channel: str) -> bool:
        """Whether he has what the channel needs: an address, or a login to read his inbox."""
        return bool(self.email if channel == "email" else self.login)


class Recipients:
    """The employees that some tasks remind."""

    def __init__(self, people: Iterable[Recipient], company_zone: ZoneInfo) -> None:
        self._by_id = {one.id: one for one in people}
        self._company_zone = company_zone

    def zone_of(self, assignee_id: int | None) -> ZoneInfo:
        """The zone in which the term of a task has its day."""
        return self._company_zone if assignee_id is None else self._by_id[assignee_id].zone

    def of(self, assignee_id: int | None, team_id: int | None) -> list[Recipient]:
        """Those whom a task with this assignee and team reminds, in order."""
        if assignee_id is not None:
            return [self._by_id[assignee_id]]
        if team_id is None:
            return []
        return [one for _, one in sorted(self._by_id.items()) if one.team_id == team_id]


def load(session: Session, owners: Iterable[tuple[int | None, int | None]]) -> Recipients:
    """The employees behind pairs of assignee and team; one who left is reached by nothing."""
    pairs = set(owners)
    assignees = {assignee for assignee, _ in pairs if assignee is not None}
    teams = {team for assignee, team in pairs if assignee is None and team is not None}
    found = session.exec(
        select(Employee).where(
            or_(
                col(Employee.id).in_(assignees),
                col(Employee.team_id).in_(teams) & col(Employee.archived_at).is_(None),
            )
        )
    )
    company = constants.typed(session, "timezone", "language")
    people = (_recipient(one, **company) for one in found)
    return Recipients(people, ZoneInfo(company["timezone"]))


def _recipient(employee: Employee, *, timezone: str, language: str) -> Recipient:
    gone = employee.archived_at is not None
    return Recipient(
        id=employee.key,
        name=employee.name,
        email=None if gone else employee.email,
        login=None if gone else employee.login,
        zone=ZoneInfo(employee.timezone or timezone),
        language=employee.language or language,
        team_id=None if gone else employee.team_id,
    )
