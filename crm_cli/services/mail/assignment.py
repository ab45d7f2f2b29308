"""Saying whose mail it is: remembered, so that nobody is asked twice about an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.bulk import AT_ONCE
from crm_cli.errors import Conflict, NotFound
from crm_cli.portions import portions
from crm_cli.services.mail import files, matching, placing, work, writing
from crm_cli.services.mail.lookup import Party
from crm_cli.services.mail.placing import Place
from crm_cli.services.mail.writing import MAIL
from schema.contact import Contact
from schema.interaction import Interaction
from schema.mail import MailAddress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from crm_cli.services.mail.writing import Letter


def assign(
    session: Session, number: int, account_id: int, *, with_tasks: bool | None = None
) -> list[int]:
    """Give a mail to an account, and with it every unmatched one of the same address; their ids."""
    writing.one_at_a_time(session)
    mail = _get(session, number)
    letters = [mail, *_alike(session, mail)]
    _give(session, letters, account_id)
    _remember(session, mail, account_id)
    session.flush()
    if work.are_wanted(session, with_tasks):
        work.make(session, letters)
        files.hang_on_tasks(session, letters)
    writing.save(session, letters)
    return [letter.id for letter in letters]


def _get(session: Session, number: int) -> Letter:
    found = writing.load(session, MAIL.c.id == number, with_body=True, lock=True)
    if not found:
        raise NotFound(f"There is no mail with id {number}.")
    if found[0].direction == "internal":
        raise Conflict(f"Mail {number} is between colleagues; it belongs to no account.")
    return found[0]


def _alike(session: Session, mail: Letter) -> list[Letter]:
    if not _has_address(mail):
        return []
    found = writing.load(
        session,
        MAIL.c.correspondent == mail.correspondent,
        MAIL.c.id != mail.id,
        MAIL.c.account_id.is_(None),
        MAIL.c.contact_id.is_(None),
        MAIL.c.archived_at.is_(None),
        with_body=True,
        lock=True,
    )
    return [letter for letter in found if letter.is_waiting]


def _has_address(mail: Letter) -> bool:
    """Names alone are not remembered: several people may have them."""
    return "@" in (mail.correspondent or "")


def _give(session: Session, letters: Sequence[Letter], account_id: int) -> None:
    """Let the account be the mails' own; others they concern keep them in their history."""
    told = _told(session, letters)
    untold = []
    for letter in letters:
        before = letter.account_id
        contact_id = _contact(session, letter.contact_id, account_id)
        party = Party("assigned", account_id, contact_id)
        place = Place(letter.direction, letter.correspondent, (party,))
        matching.give(letter, place)
        if letter.id in told:
            _tell_anew(session, told[letter.id], before, party)
        else:
            untold.append((letter, place))
    placing.tell(session, untold)


def _tell_anew(
    session: Session, told: Sequence[Interaction], before: int | None, party: Party
) -> None:
    """Move the place in the history of whom a mail was to that of whom it is."""
    main = next((one for one in told if one.account_id == before), told[0])
    if any(one.account_id == party.account_id for one in told if one is not main):
        session.delete(main)
        return
    main.account_id, main.contact_id = party.account_id, party.contact_id


def _told(session: Session, letters: Sequence[Letter]) -> dict[int, list[Interaction]]:
    """The places of mails in histories, by mail."""
    found: dict[int, list[Interaction]] = {}
    for some in portions(letters, AT_ONCE):
        ids = [letter.id for letter in some]
        chosen = select(Interaction).where(col(Interaction.mail_id).in_(ids))
        for one in session.exec(chosen.order_by(col(Interaction.id))):
            found.setdefault(one.mail_id or 0, []).append(one)
    return found


def _contact(session: Session, number: int | None, account_id: int) -> int | None:
    """The contact stays if it is one of the account."""
    if number is None or session.get_one(Contact, number).account_id != account_id:
        return None
    return number


def _remember(session: Session, mail: Letter, account_id: int) -> None:
    if not _has_address(mail):
        return
    known = select(MailAddress).where(
        MailAddress.address == mail.correspondent, col(MailAddress.archived_at).is_(None)
    )
    remembered = session.exec(known).first()
    if remembered is None:
        remembered = MailAddress(address=mail.correspondent or "", account_id=account_id)
        session.add(remembered)
    remembered.account_id = account_id
