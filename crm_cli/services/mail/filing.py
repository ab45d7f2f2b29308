"""Filing imported mail: known again, matched to an account, put into its history (R138-R142)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crm_cli.incoming import storable
from crm_cli.mailbox.automatic import is_automatic
from crm_cli.portions import portions
from crm_cli.services.mail import (
    copies,
    correspondents,
    files,
    lookup,
    matching,
    placing,
    threads,
    work,
    writing,
)
from crm_cli.services.mail.writing import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlmodel import Session

    from crm_cli.incoming import Incoming
    from crm_cli.mailbox import Address
    from crm_cli.services.mail.correspondents import People
    from crm_cli.services.mail.placing import Placed

AT_ONCE = 500
"""Mails that are looked up by one statement."""

Found = list[tuple[Letter, "Incoming"]]
"""Mails with the messages they were read from."""


@dataclass
class Told:
    """The mails of a batch told apart, with the people of those whose people are news."""

    added: Found = field(default_factory=list)
    repeated: Found = field(default_factory=list)
    people: dict[Letter, People] = field(default_factory=dict)


@dataclass
class Filed:
    """What became of a batch; `unassigned` are mails whose task nobody could be given."""

    messages: int = 0
    new: int = 0
    duplicates: int = 0
    matched: int = 0
    unmatched: int = 0
    internal: int = 0
    tasks: int = 0
    unassigned: list[int] = field(default_factory=list)


def file_batch(session: Session, batch: Sequence[Incoming], *, with_tasks: bool) -> Filed:
    """File messages; a copy of a known mail only adds where it was found."""
    writing.one_at_a_time(session)
    filed = Filed()
    for portion in portions(batch, AT_ONCE):
        _file(session, portion, filed, with_tasks=with_tasks)
    return filed


def _file(session: Session, batch: Sequence[Incoming], filed: Filed, *, with_tasks: bool) -> None:
    told = _told_apart(session, batch)
    letters = [letter for letter, _ in told.added]
    placed = _placed(session, told)
    threads.join(session, [(letter, one.references) for letter, one in told.added])
    made = work.make(session, letters) if with_tasks else work.Made()
    writing.add(session, letters)
    writing.save(session, (letter for letter, _ in told.repeated))
    placing.tell(session, placed)
    correspondents.keep(session, ((letter.id, told.people[letter]) for letter in letters))
    files.keep(session, ((letter, one.files) for letter, one in told.added))
    files.complete(session, told.repeated)
    copies.note_sources(session, told.added, told.repeated)
    made_later = _matched_later(session, told, with_tasks=with_tasks)
    filed.messages += len(batch)
    filed.new += len(told.added)
    filed.duplicates += len(told.repeated)
    filed.matched += sum(letter.is_matched for letter in letters)
    filed.unmatched += sum(letter.is_waiting for letter in letters)
    filed.internal += sum(letter.is_internal for letter in letters)
    filed.tasks += made.tasks + made_later.tasks
    filed.unassigned += [letter.id for letter in (*made.unassigned, *made_later.unassigned)]


def _told_apart(session: Session, batch: Sequence[Incoming]) -> Told:
    """New mails, and copies of known ones; the second of two in one batch is a copy."""
    known = copies.load(session, batch)
    told = Told()
    for incoming in batch:
        letter = known.find(incoming)
        if letter is None:
            letter = _letter(incoming)
            known.add(letter)
            told.people[letter] = correspondents.of(incoming.message)
            told.added.append((letter, incoming))
        else:
            if known.absorb(letter, incoming):
                told.people[letter] = correspondents.of(incoming.message)
            told.repeated.append((letter, incoming))
    return told


def _placed(session: Session, told: Told) -> list[Placed]:
    """Find the places of new mails; what we forwarded is read only where nothing else helps."""
    people = told.people
    directory = lookup.load(session, _everybody(people.values()))
    for letter, incoming in told.added:
        if placing.is_hidden(people[letter], directory):
            people[letter] = people[letter].with_forwarded(incoming.message)
    inside = [person for one in people.values() for person in one.forwarded]
    if inside:
        directory = lookup.load(session, [*_everybody(people.values()), *inside])
    placed = [(letter, placing.find(people[letter], directory)) for letter, _ in told.added]
    for letter, place in placed:
        place.give(letter)
    return placed


def _everybody(people: Iterable[People]) -> Iterator[Address]:
    return (person for one in people for person in one.head)


def _matched_later(session: Session, told: Told, *, with_tasks: bool) -> work.Made:
    """Match known mails of which a copy knows the addresses."""
    new = {letter for letter, _ in told.added}
    known = {letter.id: people for letter, people in told.people.items() if letter not in new}
    correspondents.replace(session, known)
    return matching.match(session, list(known), with_tasks=with_tasks)


def _letter(incoming: Incoming) -> Letter:
    message = incoming.message
    letter = Letter(
        fingerprint=incoming.fingerprint,
        content_key=incoming.content_key,
        message_id=incoming.message_id,
        sent_at=message.sent_at,
        raw_date=storable(message.raw_date) or None,
        subject=storable(message.subject),
        body=message.body,
        is_automatic=is_automatic(message),
    )
    copies.put_people(letter, incoming)
    return letter
