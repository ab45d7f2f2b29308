"""Whom a mail goes to and in which role: the columns of the outbox that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.delivery.addresses import Address
from crm_cli.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from schema.outbox import Outbox


class Receivers(NamedTuple):
    """Whom a mail goes to, by role."""

    to: Sequence[Address]
    cc: Sequence[Address] = ()
    bcc: Sequence[Address] = ()


def columns(
    to: Sequence[Address], cc: Sequence[Address] = (), bcc: Sequence[Address] = ()
) -> dict[str, Any]:
    """The columns of a mail; who has several roles gets it once, in the first of them."""
    if not to:
        raise InvalidData("A mail needs a recipient.")
    seen: set[str] = set()
    main, copied, hidden = (_unseen(people, seen) for people in (to, cc, bcc))
    return {
        "recipients": _lines([*main, *copied, *hidden]),
        "addressed_to": _lines(main) if copied or hidden else None,
        "cc": _lines(copied),
        "bcc": _lines(hidden),
        "domain": to[0].domain,
    }


def columns_of_rest(mail: Outbox, left: Collection[str]) -> dict[str, Any]:
    """The columns of a mail that shows whom another one does and goes to some of them alone."""
    rest = [one for one in parsed(mail.recipients) if one.wire in left]
    return {
        "recipients": _lines(rest),
        "addressed_to": mail.addressed_to or mail.recipients,
        "cc": mail.cc,
        "bcc": _lines(one for one in parsed(mail.bcc) if one.wire in left),
        "domain": rest[0].domain,
    }


def parsed(lines: str | None) -> tuple[Address, ...]:
    """The addresses of a column, which has one a line."""
    return tuple(Address.parse(line) for line in lines.split("\n")) if lines else ()


def _unseen(people: Iterable[Address], seen: set[str]) -> list[Address]:
    found = []
    for one in people:
        if (address := one.wire.lower()) not in seen:
            seen.add(address)
            found.append(one)
    return found


def _lines(people: Iterable[Address]) -> str | None:
    return "\n".join(map(str, people)) or None
