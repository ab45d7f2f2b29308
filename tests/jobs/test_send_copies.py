"""Copies of a document: who sees whom, and whom the server does not take."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from tests.outgoing import use_server
from tests.shop import MAIL, invoice, open_shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm
    from tests.delivery.servers import MailServer

OURS = "Ana Pop <ana@firma.example>"


@pytest.mark.proves("R145")
def test_send_copies(crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    server = mail_server()
    use_server(crm, server.port)
    open_shop(crm)
    copies = ("--cc", "Ion <ion@moldo.example>", "--cc", "client", "--bcc", "employee:me")

    crm.ok("invoice", "send", invoice(crm), *copies)
    (queued,) = crm.ok("outbox", "list")
    sent = crm("job", "run", "send-outbox")

    assert {name: queued[name] for name in ("recipients", "to", "cc", "bcc")} == {
        "recipients": [MAIL, "Ion <ion@moldo.example>", OURS],
        "to": [MAIL],
        "cc": ["Ion <ion@moldo.example>"],
        "bcc": [OURS],
    }
    assert (sent.exit_code, sent.stderr) == (0, "")
    assert server.received.recipients == [[MAIL, "ion@moldo.example", "ana@firma.example"]]
    (raw,) = server.received.messages
    mail = message_from_bytes(raw, policy=default)
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == (MAIL, "Ion <ion@moldo.example>", None)


def test_tell_of_copies_that_were_refused(crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    """Those who are put off get the mail later, with all that the others see in it."""
    server = mail_server(replies={"RCPT": ["250 ok", "550 gone", "451 later", "451 later"]})
    use_server(crm, server.port)
    open_shop(crm)
    copies = ("--cc", "a@x.example", "--cc", "b@x.example", "--bcc", "c@x.example")
    crm.ok("invoice", "send", invoice(crm), *copies)

    first = crm("job", "run", "send-outbox")
    second = crm("job", "run", "send-outbox", CRM_NOW="2026-11-23T08:05:00+00:00")

    assert first.stderr == (
        "crm: The job send-outbox could not do 1 of its items.\n"
        "  mail 1 to a@x.example: 550 gone\n"
        "hint: crm job log --job send-outbox\n"
    )
    assert (second.exit_code, second.stderr) == (0, "")
    assert server.received.recipients == [[MAIL], ["b@x.example", "c@x.example"]]
    heads = [message_from_bytes(raw, policy=default) for raw in server.received.messages]
    shown = (MAIL, "a@x.example, b@x.example", None)
    assert [(mail["To"], mail["Cc"], mail["Bcc"]) for mail in heads] == [shown] * 2
    rest = crm.ok("outbox", "show", 2)
    assert (rest["recipients"], rest["bcc"]) == (["b@x.example", "c@x.example"], ["c@x.example"])
    assert [(row["status"], row["answer"]) for row in rest["history"]] == [
        ("queued", "b@x.example: 451 later; c@x.example: 451 later"),
        ("sent", "250 2.0.0 taken"),
    ]


def test_name_who_was_refused_where_nobody_knows_of_the_others(
    sqlite_crm: Crm, mail_server: Callable[..., MailServer]
) -> None:
    server = mail_server(replies={"RCPT": ["250 ok", "550 gone"], "DATA": ["299 perhaps"]})
    use_server(sqlite_crm, server.port)
    open_shop(sqlite_crm)
    sqlite_crm.ok("invoice", "send", invoice(sqlite_crm), "--cc", "a@x.example")

    sqlite_crm("job", "run", "send-outbox")

    held = sqlite_crm.ok("outbox", "show", 1)
    assert (held["status"], held["answer"]) == (
        "held",
        (
            f"The mail may or may not have been taken: 299 127.0.0.1:{server.port} gave no answer"
            " that can be understood. It did not go to a@x.example: 550 gone."
        ),
    )
