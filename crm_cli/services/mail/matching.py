"""Matching mail that waits, when it has become known whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import literal_column, or_, select

from crm_cli.portions import portions
from crm_cli.services.mail import correspondents, files, lookup, placing, threads, work, writing
from crm_cli.services.mail.writing import MAIL
from schema.interaction_kinds import WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from crm_cli.services.mail.placing import Place
    from crm_cli.services.mail.writing import Letter

AT_ONCE = 500
"""Mails that are looked up by one statement."""


def match(session: Session, ids: Sequence[int], *, with_tasks: bool) -> work.Made:
    """Give those of these mails that wait, or were matched by a name, to whom they belong now."""
    made = work.Made()
    for portion in portions(ids, AT_ONCE):
        some = _match(session, portion, with_tasks=with_tasks)
        made.tasks += some.tasks
        made.unassigned += some.unassigned
    return made


@dataclass(frozen=True)
class Matched:
    """What matching all that waits came to."""

    matched: int
    unmatched: int
    tasks: int


def match_all(session: Session, *, with_tasks: bool | None) -> Matched:
    """Match all mail that waits."""
    writing.one_at_a_time(session)
    waiting = _waiting(session)
    made = match(session, waiting, with_tasks=work.are_wanted(session, with_tasks))
    still = len(_waiting(session))
    return Matched(len(waiting) - still, still, made.tasks)


def _waiting(session: Session) -> list[int]:
    waiting = select(MAIL.c.id).where(literal_column(WAITING), MAIL.c.archived_at.is_(None))
    waiting = waiting.order_by(MAIL.c.id)
    return list(session.connection().execute(waiting).scalars())


def _match(session: Session, ids: Sequence[int], *, with_tasks: bool) -> work.Made:
    is_unsure = or_(literal_column(WAITING), MAIL.c.matched_by == "name")
    wanted = (MAIL.c.id.in_(ids), MAIL.c.archived_at.is_(None), is_unsure)
    waiting = writing.load(session, *wanted, with_body=True, lock=True)
    people = correspondents.load(session, [letter.id for letter in waiting])
    everybody = [p for one in people.values() for p in (*one.head, *one.forwarded)]
    directory = lookup.load(session, everybody)
    found = [(letter, placing.find(people[letter.id], directory)) for letter in waiting]
    placed = [(letter, place) for letter, place in found if place.says_more_than(letter)]
    placing.forget(session, [letter.id for letter, _ in placed if letter.is_matched])
    for letter, place in placed:
        give(letter, place)
    letters = [letter for letter, _ in placed]
    made = work.make(session, letters) if with_tasks else work.Made()
    writing.save(session, letters)
    placing.tell(session, placed)
    files.hang_on_tasks(session, letters)
    return made


def give(letter: Letter, place: Place) -> None:
    """Put a mail to a place; its thread by subject is that of the place from then on."""
    is_by_subject = letter.thread == threads.by_subject(letter)
    place.give(letter)
    if is_by_subject:
        letter.thread = threads.by_subject(letter)
