"""What servers have against a mail, its recipients, its sender or us; and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crm_cli.delivery.addresses import Address
from tests.execute import execute
from tests.outgoing import queue, statuses, use_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm, Result
    from tests.delivery.servers import FailingServer, MailServer

LATER = "2026-11-23T08:05:00+00:00"
THREE = [Address(f"{name}@firma.example") for name in "abc"]


def send(crm: Crm, **env: str) -> Result:
    return crm("job", "run", "send-outbox", "-v", **env)


def inbox(crm: Crm) -> list[str]:
    return [message["text"] for message in crm.ok("inbox", "list", "--all")]


@pytest.mark.parametrize("reply", ["451 4.7.0 quota", "530 log in first", "550 not you"])
def test_blame_no_mail_for_what_is_against_the_sender(
    sqlite_crm: Crm, failing_server: Callable[..., FailingServer], reply: str
) -> None:
    server = failing_server("MAIL", reply)
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm, 3)

    refused = send(sqlite_crm)
    waiting = sqlite_crm.ok("outbox", "list", "--sort", "id")
    send(sqlite_crm, CRM_NOW=LATER)

    assert refused.exit_code == 6
    assert refused.stderr.splitlines()[:2] == [
        "crm: The job send-outbox could not do 1 of its items.",
        f"  The mail server takes no mail from this sender: {reply} (the sender crm@firma.example)",
    ]
    assert [(mail["status"], mail["attempts"]) for mail in waiting] == [("queued", 0)] * 3
    assert [mail["due_at"][14:19] for mail in waiting] == ["01:00", "00:00", "00:00"]
    assert (waiting[0]["first_tried_at"], waiting[0]["tried_at"]) == (None, sqlite_crm.now)
    assert statuses(sqlite_crm) == {"sent": 3}


RELAY = "554 5.7.1 <jan@klient.example>: Relay access denied"


@pytest.mark.parametrize("sends_others", [True, False])
def test_give_up_a_mail_that_alone_is_refused(
    crm: Crm, mail_server: Callable[..., MailServer], sends_others: bool
) -> None:
    """The account waits as long as it may be at fault; a day later only where it sends others."""
    replies = {"RCPT": [RELAY, "250 ok" if sends_others else RELAY, RELAY, RELAY, RELAY]}
    use_server(crm, mail_server(replies=replies).port)
    queue(crm, 2)
    execute(crm.url, "UPDATE outbox SET created_at = ?", crm.now)

    for now in (crm.now, "2026-11-23T08:00:50Z", "2026-11-24T07:59:00Z"):
        send(crm, CRM_NOW=now)
    waiting = statuses(crm)
    last = send(crm, CRM_NOW="2026-11-24T08:00:05Z")

    said = f"The mail server takes no mail from this sender: 554 jan@klient.example: {RELAY}"
    if sends_others:
        assert waiting == {"queued": 1, "sent": 1}
        assert last.stderr.splitlines()[1] == f"  mail 1 to Jan Żak <jan@klient.example>: {said}"
        assert statuses(crm) == {"failed": 1, "sent": 1}
        assert [text.endswith(said) for text in inbox(crm)] == [True]
    else:
        assert waiting == statuses(crm) == {"queued": 2}
        assert last.stderr.splitlines()[1] == f"  {said}"
        assert inbox(crm) == []


def test_blame_no_mail_that_waited_without_being_tried(
    crm: Crm, mail_server: Callable[..., MailServer]
) -> None:
    """After an outage all are old; a server that begins to refuse us means none of them."""
    use_server(crm, mail_server(replies={"RCPT": ["250 ok", RELAY, RELAY, RELAY]}).port)
    queue(crm, 3)
    execute(crm.url, "UPDATE outbox SET created_at = ?", "2026-11-20T08:00:00Z")

    for now in (crm.now, "2026-11-23T08:05:00Z"):
        send(crm, CRM_NOW=now)

    assert (statuses(crm), inbox(crm)) == ({"queued": 2, "sent": 1}, [])


def test_leave_a_server_alone_that_ends_every_connection(
    sqlite_crm: Crm, failing_server: Callable[..., FailingServer]
) -> None:
    server = failing_server("DATA", "421 4.3.2 closing", times=99)
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm, 9)

    result = send(sqlite_crm)

    assert server.commands.count("DATA") == 3
    assert result.exit_code == 6
    assert "3 mails in a row were not taken: 4.3.2 closing" in result.stderr
    tried = execute(sqlite_crm.url, "SELECT attempts FROM outbox ORDER BY id")
    assert [attempts for (attempts,) in tried] == [1, 1, 1, 0, 0, 0, 0, 0, 0]


def test_send_later_to_those_who_were_put_off(
    crm: Crm, mail_server: Callable[..., MailServer]
) -> None:
    server = mail_server(replies={"RCPT": ["250 ok", "550 gone", "451 greylisted"]})
    use_server(crm, server.port)
    queue(crm, recipients=THREE)

    first = send(crm)
    second = send(crm, CRM_NOW=LATER)

    assert first.exit_code == 6
    assert first.stderr.splitlines()[:2] == [
        "crm: The job send-outbox could not do 1 of its items.",
        "  mail 1 to b@firma.example: 550 gone",
    ]
    assert second.stderr == "send-outbox: 1 sent\n"
    assert server.received.recipients == [["a@firma.example"], ["c@firma.example"]]
    one, two = crm.ok("outbox", "list", "--sort", "id")
    assert one["answer"] == (
        "250 2.0.0 taken; not to b@firma.example: 550 gone; not to c@firma.example: 451 greylisted"
    )
    assert (two["subject"], two["recipients"]) == ("Ofertă", ["c@firma.example"])
    summary = "1 sent; mail 1 goes to c@firma.example: 451 greylisted as mail 2"
    assert crm.ok("job", "log", "--sort", "id")[0]["summary"] == summary
    assert inbox(crm) == [
        "E-mailul 1 „Ofertă” către b@firma.example nu a putut fi livrat: 550 gone"
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Mail 1 "Ofertă" to Jan Żak <jan@klient.example> could not be delivered: {}'),
        ("ro", "E-mailul 1 „Ofertă” către Jan Żak <jan@klient.example> nu a putut fi livrat: {}"),
        ("pl", "Wiadomość 1 „Ofertă” do Jan Żak <jan@klient.example> nie została doręczona: {}"),
    ],
)
def test_tell_who_wrote_a_mail_that_failed(
    sqlite_crm: Crm, mail_server: Callable[..., MailServer], language: str, text: str
) -> None:
    use_server(sqlite_crm, mail_server(replies={"RCPT": ["550 5.1.1 no such user"]}).port)
    sqlite_crm("employee", "edit", "1", "--language", language)
    queue(sqlite_crm)

    send(sqlite_crm)

    answer = "The mail was refused for good: 550 jan@klient.example: 550 5.1.1 no such user"
    assert inbox(sqlite_crm) == [text.format(answer)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"author_id": None, "employee_id": 2}, 2),
        ({"author_id": 1, "employee_id": 2}, 1),
        ({"author_id": None, "employee_id": None}, None),
    ],
)
def test_tell_the_author_else_whom_it_is_for(
    sqlite_crm: Crm,
    failing_server: Callable[..., FailingServer],
    change: dict[str, Any],
    told: int | None,
) -> None:
    sqlite_crm("employee", "add", "--name", "Jan Żak", "--login", "jan", "--language", "en")
    use_server(sqlite_crm, failing_server("dot", "drop").port)
    queue(sqlite_crm)
    values = tuple(change.values())
    execute(sqlite_crm.url, "UPDATE outbox SET author_id = ?, employee_id = ?", *values)

    send(sqlite_crm)

    found = execute(sqlite_crm.url, "SELECT employee_id, text FROM message")
    assert [employee for employee, _ in found] == ([told] if told else [])
    assert all("crm outbox sent 1" in text for _, text in found)
