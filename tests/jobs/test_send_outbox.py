"""`crm job run send-outbox`: every end a mail can meet, told and recorded."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.addresses import Address
from crm_cli.sending import senders
from crm_cli.services.outbox.queue import AttachedFile
from jobs import send_outbox
from tests.delivery.servers import PASSWORD
from tests.execute import execute
from tests.outgoing import queue, statuses, use_folder, use_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Crm, Result
    from tests.delivery.servers import FailingServer, MailServer


def send(crm: Crm, *words: str, **env: str) -> Result:
    return crm("job", "run", "send-outbox", *words, **env)


def test_send_into_the_folder_beside_the_database(sqlite_crm: Crm) -> None:
    queue(sqlite_crm)

    result = send(sqlite_crm)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    (file,) = (sqlite_crm.home / "outgoing" / "new").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    shown = sqlite_crm.ok("outbox", "show", "1")
    assert message["From"] == "crm@localhost"
    assert message["To"] == "Jan Żak <jan@klient.example>"
    assert message["Message-ID"] == shown["message_id"]
    assert (shown["status"], shown["sent_at"]) == ("sent", "2026-11-23T08:00:00+00:00")


def test_send_twice(crm: Crm) -> None:
    arrived = use_folder(crm)
    queue(crm, 3)

    first = send(crm, "-v")
    second = send(crm, "-v")

    assert first.stderr == "send-outbox: 3 sent\n"
    assert second.stderr == "send-outbox: nothing to send\n"
    assert len(list(arrived.iterdir())) == 3


def test_free_what_was_claimed_by_a_clock_that_was_ahead(crm: Crm) -> None:
    """Nothing else waits, and its lease would last until next year."""
    use_folder(crm)
    queue(crm)
    claimed = "UPDATE outbox SET status = 'claimed', claimed_by = 'dead', lease_until = ?"
    execute(crm.url, claimed, "2027-11-23T08:00:00+00:00")

    result = send(crm, "-v")

    assert result.stderr == "send-outbox: 1 sent\n"


@pytest.mark.parametrize(
    "query", [send_outbox.ANY_DUE, send_outbox.DUE, senders.USEFUL.replace("LIMIT ?", "LIMIT 4")]
)
def test_look_for_what_is_due_by_an_index(sqlite_crm: Crm, query: str) -> None:
    """Every minute, beside all that was ever sent."""
    moments = ["2026-11-23T08:00:00+00:00"] * query.count("?")
    plan = execute(sqlite_crm.url, f"EXPLAIN QUERY PLAN {query}", *moments)

    (outbox,) = (str(row[-1]) for row in plan if "outbox" in str(row[-1]))
    assert "ix_outbox_due_at" in outbox


@pytest.mark.proves("R144")
def test_send_by_a_server_with_starttls_and_login(
    crm: Crm, mail_server: Callable[..., MailServer], certificate: Path
) -> None:
    server = mail_server(certificate=certificate, login=True)
    secrets = {"CRM_SMTP_PASSWORD_COMMAND": f"echo '{PASSWORD}'", "CRM_CA_FILE": str(certificate)}
    use_server(crm, server.port, "")
    crm("setting", "set", "mail.url", f"smtp://ana@localhost:{server.port}")
    queue(crm, 2)

    result = send(crm, "-v", **secrets)

    assert (result.exit_code, result.stderr) == (0, "send-outbox: 2 sent\n")
    assert server.received.mail_from == ["crm@firma.example"] * 2
    assert server.received.connections == 1


def test_send_only_what_is_due_and_no_more_than_the_limit(crm: Crm) -> None:
    arrived = use_folder(crm)
    queue(crm, 3)

    early = send(crm, "-v", "--as-of", "2026-11-23T07:59:00+00:00")
    some = send(crm, "-v", "--limit", "2")

    assert early.stderr == "send-outbox: nothing to send\n"
    assert some.stderr == "send-outbox: 2 sent\n"
    assert len(list(arrived.iterdir())) == 2


def test_send_dry(crm: Crm) -> None:
    use_folder(crm)
    queue(crm, 3)

    result = send(crm, "--dry-run", "--limit", "2")

    assert (result.exit_code, result.stderr) == (0, "send-outbox (dry run): 2 due\n")
    assert statuses(crm) == {"queued": 3}
    assert crm.ok("job", "log") == []


def test_put_off_until_given_up(sqlite_crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    server = mail_server(replies={"RCPT": ["450 4.2.0 greylisted"] * 9})
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm)
    hours = ["08:00", "08:01", "08:06", "08:21", "09:21", "10:21"]

    for hour in hours:
        result = send(sqlite_crm, "-v", CRM_NOW=f"2026-11-23T{hour}:00+00:00")
        assert (result.exit_code, result.stderr) == (0, "send-outbox: 1 put off\n")
        again = send(sqlite_crm, "-v", CRM_NOW=f"2026-11-23T{hour}:30+00:00")
        assert again.stderr == "send-outbox: nothing to send\n"
    result = send(sqlite_crm, CRM_NOW="2026-11-24T07:30:00+00:00")

    assert result.exit_code == 6
    assert result.stderr.splitlines()[0] == "crm: The job send-outbox could not do 1 of its items."
    assert "mail 1 to Jan Żak <jan@klient.example>: The mail was not taken" in result.stderr
    assert "450 4.2.0 greylisted" in result.stderr
    assert statuses(sqlite_crm) == {"failed": 1}


def test_send_what_was_put_off(sqlite_crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    server = mail_server(replies={"DATA": ["452 4.3.1 full"]})
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm)

    send(sqlite_crm)
    send(sqlite_crm, CRM_NOW="2026-11-23T08:01:00+00:00")

    assert len(server.received.messages) == 1
    assert sqlite_crm.ok("outbox", "show", "1")["attempts"] == 1


def test_fail_at_once_when_refused_for_good(
    crm: Crm, mail_server: Callable[..., MailServer]
) -> None:
    server = mail_server(replies={"RCPT": ["550 5.1.1 no such user"]})
    use_server(crm, server.port)
    queue(crm, 2)

    result = send(crm)

    assert result.exit_code == 6
    assert result.stderr == (
        "crm: The job send-outbox could not do 1 of its items.\n"
        "  mail 1 to Jan Żak <jan@klient.example>: The mail was refused for good: "
        "550 jan@klient.example: 550 5.1.1 no such user\n"
        "hint: crm job log --job send-outbox\n"
    )
    assert statuses(crm) == {"failed": 1, "sent": 1}
    (run,) = crm.ok("job", "log")
    assert (run["state"], run["items"], run["failures"]) == ("partial", 2, 1)


def test_wait_for_a_server_that_is_down(sqlite_crm: Crm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        use_server(sqlite_crm, listener.getsockname()[1])
    queue(sqlite_crm, 2)

    result = send(sqlite_crm)

    assert result.exit_code == 6
    assert result.stderr.count("cannot be used") == 1
    waiting = sqlite_crm.ok("outbox", "list")
    assert [(mail["status"], mail["attempts"]) for mail in waiting] == [("queued", 0)] * 2


def test_hold_what_may_have_left(
    crm: Crm, failing_server: Callable[[str, str], FailingServer]
) -> None:
    use_server(crm, failing_server("dot", "drop").port)
    queue(crm, 1, uncertain="hold")

    result = send(crm)

    assert result.exit_code == 6
    assert "mail 1 may have left and is held" in result.stderr
    assert statuses(crm) == {"held": 1}


def test_resend_what_may_have_left(
    crm: Crm, failing_server: Callable[[str, str], FailingServer]
) -> None:
    server = failing_server("dot", "drop")
    use_server(crm, server.port)
    queue(crm, 1, uncertain="resend")

    doubtful = send(crm, "-v")
    again = send(crm, "-v", CRM_NOW="2026-11-23T08:01:00+00:00")

    assert doubtful.stderr == (
        "send-outbox: 1 put off; mail 1 may have left and goes again with its Message-ID\n"
    )
    assert again.stderr == "send-outbox: 1 sent\n"
    assert message_from_bytes(server.messages[0])["Message-ID"] == message_id(crm, 1)


def message_id(crm: Crm, number: int) -> str:
    found: str = crm.ok("outbox", "show", number)["message_id"]
    return found


def test_name_the_recipients_that_were_refused(
    sqlite_crm: Crm, mail_server: Callable[..., MailServer]
) -> None:
    server = mail_server(replies={"RCPT": ["250 ok", "550 gone"]})
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm, recipients=[Address("a@firma.example"), Address("b@firma.example")])

    result = send(sqlite_crm)

    assert result.exit_code == 6
    assert "mail 1 to b@firma.example: 550 gone" in result.stderr
    assert server.received.recipients == [["a@firma.example"]]


def test_fail_when_a_file_is_gone(sqlite_crm: Crm) -> None:
    use_folder(sqlite_crm)
    queue(sqlite_crm, files=[AttachedFile("oferta.pdf", "application/pdf", "0" * 64)])

    result = send(sqlite_crm)

    assert result.exit_code == 6
    assert f"The attachment {'0' * 64} is not in" in result.stderr
    assert statuses(sqlite_crm) == {"failed": 1}


def test_send_what_a_wrong_clock_dated(crm: Crm) -> None:
    """Nothing is queued for later than the longest pause, so it would wait for no reason."""
    use_folder(crm)
    now = datetime.fromisoformat(crm.now)
    for ahead in (timedelta(days=400), timedelta(hours=1)):
        queue(crm, due_at=now + ahead)

    result = send(crm, "-v")

    assert result.stderr == "send-outbox: 1 sent\n"
    assert [mail["status"] for mail in crm.ok("outbox", "list", "--sort", "id")] == [
        "sent",
        "queued",
    ]


def test_wait_for_a_file_that_cannot_be_read(sqlite_crm: Crm) -> None:
    """A folder of another user's, say, is no reason to give mails up, nor a bug."""
    use_folder(sqlite_crm)
    sqlite_crm("setting", "set", "attachments.folder", str(sqlite_crm.home / "kept"))
    digest, kept = "0" * 64, sqlite_crm.home / "kept"
    (kept / "00" / digest).mkdir(parents=True)
    queue(sqlite_crm, files=[AttachedFile("oferta.pdf", "application/pdf", digest)])

    result = send(sqlite_crm)

    reason = f"The attachment {digest} in {kept} cannot be read (Is a directory)."
    assert (result.exit_code, result.stderr.splitlines()[1]) == (6, f"  mail 1: {reason}")
    assert sqlite_crm.ok("outbox", "show", 1)["answer"] == reason
    assert statuses(sqlite_crm) == {"queued": 1}


def test_run_the_program_of_the_settings_and_none_of_the_database(
    sqlite_crm: Crm, tmp_path: Path
) -> None:
    program, planted = tmp_path / "program", tmp_path / "planted"
    for file in (program, planted):
        file.write_text('#!/bin/sh\ncat > "$0.ran"\n')
        file.chmod(0o700)
    sqlite_crm("setting", "set", "mail.url", "sendmail:")
    sqlite_crm("setting", "set", "mail.from", "crm@firma.example")
    queue(sqlite_crm)

    taken = send(sqlite_crm, CRM_SENDMAIL=str(program))
    url = f"sendmail:{planted}"
    execute(sqlite_crm.url, "UPDATE setting SET value = ? WHERE name = 'mail.url'", url)
    queue(sqlite_crm)
    refused = send(sqlite_crm, CRM_SENDMAIL=str(program))

    assert (taken.exit_code, refused.exit_code) == (0, 6)
    assert f"names no program, as '{url}' does" in refused.stderr
    assert [path.name for path in tmp_path.glob("*.ran")] == ["program.ran"]
    assert statuses(sqlite_crm) == {"queued": 1, "sent": 1}


def test_say_that_no_sender_is_set(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "mail.url", "smtp://127.0.0.1:25?starttls=no")
    queue(sqlite_crm, 2)

    result = send(sqlite_crm)

    assert result.exit_code == 6
    assert result.stderr == (
        "crm: The job send-outbox could not do 1 of its items.\n"
        "  Nobody is set as the sender of mails."
        " crm setting set mail.from 'Company <crm@company.example>'\n"
        "hint: crm job log --job send-outbox\n"
    )
    assert statuses(sqlite_crm) == {"queued": 2}
