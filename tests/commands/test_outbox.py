"""`crm outbox`: what waits, what left, and letting a person decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.attachments import Attachments
from crm_cli.delivery.addresses import Address
from crm_cli.errors import InvalidData
from crm_cli.services.outbox.queue import AttachedFile
from tests.execute import execute
from tests.outgoing import queue, statuses, use_folder

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.proves("R148")
def test_list_what_left(crm: Crm) -> None:
    use_folder(crm)
    queue(crm)
    crm("job", "run", "send-outbox")

    columns = "id,status,sent_at,recipients,subject"
    result = crm("outbox", "list", "--where", "status = sent", "--columns", columns)

    assert result.stdout == (
        "ID  STATUS  SENT_AT           RECIPIENTS                    SUBJECT\n"
        " 1  sent    2026-11-23 10:00  Jan Żak <jan@klient.example>  Ofertă\n"
    )


@pytest.mark.proves("R145")
def test_show_a_mail_to_several(crm: Crm) -> None:
    recipients = [Address("jan@klient.example", "Żak, Jan"), Address("ana@firma.example")]
    queue(crm, recipients=recipients, account_id=None, employee_id=1)

    shown = crm.ok("outbox", "show", "1")

    assert shown["recipients"] == ['"Żak, Jan" <jan@klient.example>', "ana@firma.example"]
    assert (shown["employee"], shown["employee_id"]) == ("Ana Pop", 1)
    assert shown["message_id"].endswith("@localhost>")
    assert crm.ok("outbox", "show", shown["message_id"]) == shown


def test_show_leaves_markup_to_programs(sqlite_crm: Crm) -> None:
    queue(sqlite_crm, html="<p>Ofertă</p>")

    read = sqlite_crm("outbox", "show", "1").stdout
    asked = sqlite_crm("outbox", "show", "1", "--columns", "html").stdout

    assert "\nsubject " in read
    assert "html" not in read
    assert asked == "html  <p>Ofertă</p>\n"
    assert sqlite_crm.ok("outbox", "show", "1")["html"] == "<p>Ofertă</p>"


def test_send_a_file(crm: Crm) -> None:
    arrived = use_folder(crm)
    crm("setting", "set", "attachments.folder", str(crm.home / "kept"))
    stored = Attachments(crm.home / "kept").put(b"a;b\n")
    queue(crm, files=[AttachedFile("preț.csv", "text/csv", stored.sha256)])

    result = crm("job", "run", "send-outbox")

    assert (result.exit_code, result.stderr) == (0, "")
    assert b"YTtiCg==" in next(arrived.iterdir()).read_bytes()


@pytest.mark.parametrize("status", ["held", "failed", "cancelled", "queued"])
def test_retry(crm: Crm, status: str) -> None:
    arrived = use_folder(crm)
    queue(crm)
    later = "2026-11-25T08:00:00Z"
    change = "UPDATE outbox SET status = ?, attempts = 9, due_at = ?, first_tried_at = ?"
    execute(crm.url, change, status, later, later)

    retried = crm("outbox", "retry", "1", "--format", "json")
    crm("job", "run", "send-outbox")

    assert retried.json["status"] == "queued"
    assert statuses(crm) == {"sent": 1}
    assert len(list(arrived.iterdir())) == 1


def test_cancel(crm: Crm) -> None:
    arrived = use_folder(crm)
    queue(crm, 2)

    crm.ok("outbox", "cancel", "1")
    crm("job", "run", "send-outbox")

    assert statuses(crm) == {"cancelled": 1, "sent": 1}
    assert len(list(arrived.iterdir())) == 1


@pytest.mark.parametrize("status", ["held", "failed", "queued"])
def test_say_that_it_has_arrived(crm: Crm, status: str) -> None:
    arrived = use_folder(crm)
    queue(crm)
    execute(crm.url, "UPDATE outbox SET status = ?", status)

    shown = crm.ok("outbox", "sent", "1")
    crm("job", "run", "send-outbox")

    assert (shown["status"], shown["sent_at"]) == ("sent", crm.now)
    assert shown["answer"] == "It has arrived, says ana."
    assert not arrived.exists()


def test_list_first_what_has_not_left(sqlite_crm: Crm) -> None:
    statuses = ["failed", "sent", "queued", "cancelled", "held", "sent"]
    queue(sqlite_crm, len(statuses))
    for number, status in enumerate(statuses, start=1):
        execute(sqlite_crm.url, "UPDATE outbox SET status = ? WHERE id = ?", status, number)

    listed = [(mail["id"], mail["status"]) for mail in sqlite_crm.ok("outbox", "list")]

    assert listed == [
        (5, "held"),
        (3, "queued"),
        (1, "failed"),
        (6, "sent"),
        (4, "cancelled"),
        (2, "sent"),
    ]
    assert [mail["id"] for mail in sqlite_crm.ok("outbox", "list", "--where", "open = no")] == [
        6,
        4,
        2,
    ]


@pytest.mark.parametrize(
    ("verb", "status", "hint"),
    [
        ("retry", "sent", "It has left."),
        ("retry", "claimed", "It is being sent."),
        ("cancel", "dot", "It is being sent; after a crash the next send-outbox decides."),
        ("cancel", "cancelled", "crm outbox retry queues it again."),
        ("sent", "sent", "It has left."),
    ],
)
def test_refuse_a_step(sqlite_crm: Crm, verb: str, status: str, hint: str) -> None:
    queue(sqlite_crm)
    execute(sqlite_crm.url, "UPDATE outbox SET status = ?", status)

    result = sqlite_crm("outbox", verb, "1")

    assert result.exit_code == 4
    assert result.stderr == f"crm: Mail 1 is {status}: {verb} is not possible.\nhint: {hint}\n"


def test_retry_unknown(sqlite_crm: Crm) -> None:
    assert sqlite_crm("outbox", "retry", "7").exit_code == 3


def test_queue_a_hidden_header(sqlite_crm: Crm) -> None:
    with pytest.raises(InvalidData, match="line break or control"):
        queue(sqlite_crm, subject="Oferta =?UTF-8?Q?=0A?=Bcc: evil@rau.ro")


def test_queue_a_subject_of_two_lines(sqlite_crm: Crm) -> None:
    queue(sqlite_crm, subject="Oferta\r\nBcc: evil@rau.ro")

    assert sqlite_crm.ok("outbox", "show", "1")["subject"] == "Oferta Bcc: evil@rau.ro"


def test_queue_for_nobody(sqlite_crm: Crm) -> None:
    with pytest.raises(InvalidData, match="needs a recipient"):
        queue(sqlite_crm, recipients=[])


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("mail.url", "ftp://x", "'ftp' is not a way to send mail."),
        ("mail.url", "smtp://ana:parola@host", "A mail server's URL cannot hold a password."),
        ("mail.from", "Ana", "'Ana' is not a mail address."),
        ("company.domain", "a b", "'crm@a b' is not a mail address."),
    ],
)
def test_set_a_wrong_value(sqlite_crm: Crm, name: str, value: str, sentence: str) -> None:
    result = sqlite_crm("setting", "set", name, value)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (5, f"crm: {sentence}")


@pytest.mark.parametrize("verb", ["cancel", "retry", "sent"])
def test_undo_stops_at_a_decision(crm: Crm, verb: str) -> None:
    queue(crm)
    crm.ok("account", "add", "--name", "Moldo Trans SRL")
    crm.ok("outbox", verb, 1)

    undone = crm("undo")
    trail = crm("audit", "show", "--where", "entity = outbox")

    assert (undone.exit_code, undone.stderr.rpartition("' ")[2]) == (
        4,
        (
            "decided on mail that may have left: it is not taken back.\n"
            "hint: crm outbox retry|sent|cancel 1 decides anew.\n"
        ),
    )
    assert [row["name"] for row in crm.ok("account", "list")] == ["Moldo Trans SRL"]
    goal = {"cancel": "cancelled", "retry": "queued", "sent": "sent"}[verb]
    assert trail.stdout.splitlines()[1:] == [
        "  outbox 1 (Ofertă)",
        f"    status: queued -> {goal}",
    ]
