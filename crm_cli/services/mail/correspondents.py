"""Who is named in a mail: kept with it, so that it can be matched again later."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, select

from crm_cli.incoming import storable
from crm_cli.mailbox import Address
from crm_cli.mailbox.forwarding import forwarded_people, is_forward
from crm_cli.services.mail.lookup import key_of
from schema.base import table_of
from schema.bulk import insert_all
from schema.mail import MailPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.mailbox import Message

PERSON = table_of(MailPerson)
NAMES = ("mail_id", "role", "name", "email", "known_as")
MOST_PEOPLE = 50
"""Recipients of one mail that are looked up; longer lists are newsletters."""
LONGEST_KEY = 320


class People(NamedTuple):
    """The sender, whom it was sent to, and the people of a mail inside of it, author first."""

    sender: Address | None
    recipients: tuple[Address, ...] = ()
    forwarded: tuple[Address, ...] = ()

    @property
    def head(self) -> list[Address]:
        """Sender first, then recipients."""
        return [*([self.sender] if self.sender else []), *self.recipients]

    def with_forwarded(self, message: Message) -> People:
        """Read the mail that this one forwards too, if it does."""
        if not is_forward(message.subject, message.body):
            return self
        found = forwarded_people(message.body)[:MOST_PEOPLE]
        return self._replace(forwarded=tuple(map(_storable, found)))


def of(message: Message) -> People:
    """The people in the head of a message."""
    sender = None if message.sender is None else _storable(message.sender)
    return People(sender, tuple(map(_storable, (*message.to, *message.cc)[:MOST_PEOPLE])))


def keep(session: Session, found: Iterable[tuple[int, People]]) -> None:
    """Keep the people of new mails."""
    rows = [row for number, people in found for row in _rows(number, people)]
    if rows:
        insert_all(session.connection(), PERSON, NAMES, rows)


def replace(session: Session, found: Mapping[int, People]) -> None:
    """Keep other people of mails, where a copy knows them better."""
    if found:
        session.connection().execute(delete(PERSON).where(PERSON.c.mail_id.in_(found)))
        keep(session, found.items())


def load(session: Session, mails: Sequence[int]) -> dict[int, People]:
    """The people of mails."""
    chosen = select(PERSON).where(PERSON.c.mail_id.in_(mails)).order_by(PERSON.c.id)
    by_role: dict[int, dict[str, list[Address]]] = {number: defaultdict(list) for number in mails}
    for row in session.connection().execute(chosen):
        by_role[row.mail_id][row.role].append(Address(row.name, row.email))
    return {number: _people(roles) for number, roles in by_role.items()}


def _people(roles: Mapping[str, list[Address]]) -> People:
    sender = next(iter(roles["from"]), None)
    return People(sender, tuple(roles["to"]), tuple(roles["forwarded"]))


def _rows(number: int, people: People) -> Iterable[tuple[Any, ...]]:
    sender = (people.sender,) if people.sender else ()
    roles = (("from", sender), ("to", people.recipients), ("forwarded", people.forwarded))
    for role, some in roles:
        for one in some:
            yield number, role, one.name, one.email, key_of(one)[:LONGEST_KEY]


def _storable(person: Address) -> Address:
    return Address(storable(person.name), storable(person.email) if person.email else None)
