"""Whom a mail goes to and whom it shows, for any roles and whoever is left of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_cli.delivery.addresses import Address
from crm_cli.services.outbox.receivers import columns, columns_of_rest, parsed
from schema.outbox import Outbox

EMAILS = ["a@x.example", "A@X.example", "b@x.example", "c@țară.example", "d@y.example"]
PEOPLE = st.lists(
    st.builds(Address, st.sampled_from(EMAILS), st.sampled_from(["", "Pop, Ana", "Ștefan"]))
)
TO = PEOPLE.filter(bool)


def wires(lines: str | None) -> list[str]:
    return [one.wire.lower() for one in parsed(lines)]


@given(TO, PEOPLE, PEOPLE)
def test_everybody_gets_it_once_in_the_first_of_his_roles(
    to: list[Address], cc: list[Address], bcc: list[Address]
) -> None:
    found = columns(to, cc, bcc)

    shown = wires(found["addressed_to"] or found["recipients"])
    roles = [shown, wires(found["cc"]), wires(found["bcc"])]
    assert wires(found["recipients"]) == [one for role in roles for one in role]
    wanted = dict.fromkeys(one.wire.lower() for one in (*to, *cc, *bcc))
    assert wires(found["recipients"]) == list(wanted)
    assert shown == list(dict.fromkeys(one.wire.lower() for one in to))


@given(TO, PEOPLE, PEOPLE, st.data())
def test_a_mail_for_those_who_are_left_shows_what_the_others_saw(
    to: list[Address], cc: list[Address], bcc: list[Address], data: st.DataObject
) -> None:
    mail = Outbox(**columns(to, cc, bcc))
    everyone = [one.wire for one in parsed(mail.recipients)]
    left = data.draw(st.sets(st.sampled_from(everyone), min_size=1))

    rest = Outbox(**columns_of_rest(mail, left))

    assert [one.wire for one in parsed(rest.recipients)] == [one for one in everyone if one in left]
    assert rest.addressed_to == (mail.addressed_to or mail.recipients)
    assert rest.cc == mail.cc
    hidden = [one.wire for one in parsed(rest.bcc)]
    assert hidden == [one.wire for one in parsed(mail.bcc) if one.wire in left]
    assert rest.domain == parsed(rest.recipients)[0].domain
