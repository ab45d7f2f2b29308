"""Whose addresses these are: found for a whole batch of mails at once, never one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, null, select

from crm_cli.services import constants
from crm_cli.values.emails import split_emails
from crm_cli.values.text import fold_name, sorted_words
from crm_cli.views.contacts import surname_first, surname_last
from schema.account import Account
from schema.base import table_of
from schema.contact import Contact
from schema.employee import Employee
from schema.interaction_kinds import MATCHES
from schema.mail import MailAddress
from schema.site import Site

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlmodel import Session

    from crm_cli.mailbox import Address

ACCOUNT, CONTACT, EMPLOYEE, KNOWN, SITE = (
    table_of(entity) for entity in (Account, Contact, Employee, MailAddress, Site)
)


@dataclass(frozen=True)
class Party:
    """Whose mail it is, and what said so."""

    by: str
    account_id: int | None
    contact_id: int | None = None
    site_id: int | None = None

    @property
    def key(self) -> Hashable:
        """The account, or the contact that has none."""
        return self.account_id or ("contact", self.contact_id)


@dataclass
class Directory:
    """Addresses in small letters, and the words of names in order, with whom they stand for."""

    own_domain: str
    employees: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, Party] = field(default_factory=dict)
    names: dict[str, Party] = field(default_factory=dict)

    def employee(self, person: Address) -> int | None:
        """The employee behind an address, or behind a name without one."""
        return self.employees.get(key_of(person))

    def is_own(self, person: Address) -> bool:
        """Whether it is one of us: an employee, or any mailbox of the company."""
        domain = (person.email or "").lower().rpartition("@")[2]
        return self.employee(person) is not None or (bool(domain) and domain == self.own_domain)

    def others(self, people: Sequence[Address]) -> list[Address]:
        """Those who are not of us."""
        return [person for person in people if not self.is_own(person)]

    def first_employee(self, people: Sequence[Address]) -> int | None:
        """Who of us wrote it, or got it first."""
        found = (self.employee(person) for person in people)
        return next((employee for employee in found if employee is not None), None)

    def parties(self, people: Sequence[Address]) -> list[Party]:
        """Whose they are, an account once: those known by address, then those by name only."""
        by_address = (self.addresses.get(key_of(person)) for person in people)
        by_name = (self.names.get(key_of(person)) for person in people)
        found: dict[Hashable, Party] = {}
        for party in (*by_address, *by_name):
            if party is not None:
                found.setdefault(party.key, party)
        return list(found.values())


def load(session: Session, people: Iterable[Address]) -> Directory:
    """Look up everyone in a batch of mails; what stands for two accounts stands for none."""
    people = set(people)
    addresses = {person.email.lower() for person in people if person.email}
    names = {form for person in people if not person.email for form in _forms(person.name)}
    domain = constants.typed(session, "company.domain")["company.domain"]
    return Directory(
        own_domain=domain.lower(),
        employees=dict(_employees(session, addresses, names)),
        addresses=_parties(_by_address(session, addresses)),
        names=_parties(_by_name(session, names)),
    )


# The same people write and are written to again and again.
@lru_cache(maxsize=4096)
def key_of(person: Address) -> str:
    """The address in small letters, or the words of a name that has none, in order."""
    return person.email.lower() if person.email else sorted_words(fold_name(person.name))


def _forms(name: str) -> set[str]:
    """The ways in which a name may be kept."""
    return {form for order in (fold_name, surname_last, surname_first) if (form := order(name))}


def _employees(session: Session, addresses: set[str], names: set[str]) -> Iterator[tuple[str, int]]:
    """Former colleagues are still ours."""
    address = func.lower(EMPLOYEE.c.email)
    found = select(address, EMPLOYEE.c.id).where(address.in_(addresses))
    yield from ((row[0], row[1]) for row in session.execute(found))
    name = EMPLOYEE.c.name_folded
    named = select(name, EMPLOYEE.c.id).where(name.in_(names))
    yield from ((sorted_words(row[0]), row[1]) for row in session.execute(named))


Hit = tuple[str, Party]


def _by_address(session: Session, addresses: set[str]) -> Iterator[Hit]:
    places: tuple[tuple[Any, ...], ...] = (
        ("assigned", func.lower(KNOWN.c.address), KNOWN.c.account_id, null(), null(), KNOWN),
        ("site", func.lower(SITE.c.email), SITE.c.account_id, null(), SITE.c.id, SITE),
        (
            "contact",
            func.lower(CONTACT.c.email),
            CONTACT.c.account_id,
            CONTACT.c.id,
            null(),
            CONTACT,
        ),
        ("account", func.lower(ACCOUNT.c.email), ACCOUNT.c.id, null(), null(), ACCOUNT),
    )
    for by, key, account, contact, site, table in places:
        found = select(key, literal(by), account, contact, site).where(key.in_(addresses))
        yield from _hits(session, found.where(*_alive(table)))
    yield from _by_other_addresses(session, addresses)


def _by_other_addresses(session: Session, addresses: set[str]) -> Iterator[Hit]:
    several = select(CONTACT.c.other_emails, CONTACT.c.account_id, CONTACT.c.id).where(
        CONTACT.c.other_emails.is_not(None), *_alive(CONTACT)
    )
    for written, account, contact in session.execute(several):
        for address in split_emails(written.lower()):
            if address in addresses:
                yield address, Party("contact", account, contact)


def _by_name(session: Session, names: set[str]) -> Iterator[Hit]:
    places: tuple[tuple[Any, ...], ...] = (
        (CONTACT.c.account_id, CONTACT.c.id, CONTACT),
        (ACCOUNT.c.id, null(), ACCOUNT),
    )
    for account, contact, table in places:
        name: ColumnElement[str] = table.c.name_folded
        found = select(name, literal("name"), account, contact, null()).where(name.in_(names))
        for key, party in _hits(session, found.where(*_alive(table))):
            yield sorted_words(key), party


def _alive(table: Any) -> Iterator[ColumnElement[bool]]:
    yield table.c.archived_at.is_(None)
    if "merged_into_id" in table.c:
        yield table.c.merged_into_id.is_(None)


def _hits(session: Session, found: Select[Any]) -> Iterator[Hit]:
    return ((row[0], Party(*row[1:])) for row in session.execute(found))


def _parties(hits: Iterable[Hit]) -> dict[str, Party]:
    """The surest kind of match decides; two accounts, or two people without one, are nobody."""
    found: dict[str, list[Party]] = defaultdict(list)
    for key, party in hits:
        found[key].append(party)
    decided = ((key, _one(parties)) for key, parties in found.items())
    return {key: party for key, party in decided if party}


def _one(parties: list[Party]) -> Party | None:
    """What a person said decides the account; who of it wrote, its contacts and sites know."""
    said = {party.account_id for party in parties if party.by == "assigned"}
    known = [party for party in parties if party.by != "assigned" and party.account_id in said]
    parties = known or parties
    best = min(MATCHES.index(party.by) for party in parties)
    sure = {party for party in parties if MATCHES.index(party.by) == best}
    first = next(iter(sure))
    if len(sure) == 1:
        return first
    accounts = {party.account_id for party in sure}
    if len(accounts) > 1 or first.account_id is None:
        return None
    return Party(first.by, first.account_id)
