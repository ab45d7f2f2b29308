"""Where a mail belongs: its direction, the accounts it concerns, who of us had it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from crm_cli.bulk import add_all, remove_all
from crm_cli.services.mail.correspondents import LONGEST_KEY
from crm_cli.services.mail.lookup import Party, key_of
from schema.base import table_of
from schema.interaction import Interaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from crm_cli.mailbox import Address
    from crm_cli.services.mail.correspondents import People
    from crm_cli.services.mail.lookup import Directory
    from crm_cli.services.mail.writing import Letter


INTERACTION = table_of(Interaction)


class Place(NamedTuple):
    """What the people of a mail say; the first party is the one whose mail it is."""

    direction: str
    correspondent: str | None
    parties: tuple[Party, ...] = ()
    employee_id: int | None = None

    def says_more_than(self, letter: Letter) -> bool:
        """Whether it is news for a mail that waits, or surer than the name it was matched by."""
        if letter.is_matched:
            return bool(self.parties) and self.parties[0].by != letter.matched_by
        return bool(self.parties) or self.direction != letter.direction

    def give(self, letter: Letter) -> None:
        """Put a mail there."""
        letter.direction, letter.correspondent = self.direction, self.correspondent
        if self.parties:
            first = self.parties[0]
            letter.account_id, letter.contact_id = first.account_id, first.contact_id
            letter.site_id, letter.matched_by = first.site_id, first.by


Placed = tuple["Letter", Place]


def is_hidden(people: People, directory: Directory) -> bool:
    """Whether one of us wrote it to nobody we know: then a mail inside may say whose it is."""
    if people.sender is None or not directory.is_own(people.sender):
        return False
    return not directory.parties(directory.others(people.recipients))


def find(people: People, directory: Directory) -> Place:
    """The place of a mail; one that we forwarded to ourselves belongs where it came from."""
    others = directory.others(people.head)
    inside = directory.others(people.forwarded)
    if inside and is_hidden(people, directory):
        parties = tuple(map(_by_forward, directory.parties(inside)))
        if parties or not others:
            place = _place(people.forwarded[0], inside, parties)
            return place._replace(employee_id=directory.first_employee(people.head))
    place = _place(people.sender, others, tuple(directory.parties(others)))
    return place._replace(employee_id=directory.first_employee(people.head))


def _place(author: Address | None, others: Sequence[Address], parties: tuple[Party, ...]) -> Place:
    if not others:
        return Place("in" if author is None else "internal", None)
    direction = "in" if author is None or author in others else "out"
    return Place(direction, key_of(others[0])[:LONGEST_KEY] or None, parties)


def _by_forward(party: Party) -> Party:
    """A name without an address stays unsure."""
    return party if party.by == "name" else replace(party, by="forwarded")


def forget(session: Session, mails: Sequence[int]) -> None:
    """Take mails out of every history."""
    chosen = select(INTERACTION).where(INTERACTION.c.mail_id.in_(mails))
    rows = session.connection().execute(chosen).mappings().all() if mails else []
    remove_all(session, Interaction, [dict(row) for row in rows])


def tell(session: Session, placed: Iterable[Placed]) -> None:
    """Put mails into the history of every account they concern."""
    rows = [
        _interaction(letter, party, place.employee_id)
        for letter, place in placed
        for party in place.parties
    ]
    for row in rows:
        row["at"] = row["at"] or session.info["origin"].now
    add_all(session, Interaction, rows)


def _interaction(letter: Letter, party: Party, employee_id: int | None) -> dict[str, Any]:
    return {
        "kind": "email",
        "direction": letter.direction,
        "at": letter.sent_at,
        "account_id": party.account_id,
        "contact_id": party.contact_id,
        "employee_id": employee_id,
        "mail_id": letter.id,
        "subject": letter.subject,
    }
