"""What `crm outbox show` keeps of each attempt at a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.execute import execute
from tests.outgoing import queue, use_folder, use_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Crm
    from tests.delivery.servers import FailingServer, MailServer


def send(crm: Crm, time: str, day: str = "2026-11-23") -> None:
    crm("job", "run", "send-outbox", CRM_NOW=f"{day}T{time}:00+00:00")


def history(crm: Crm, number: int = 1) -> list[tuple[Any, ...]]:
    shown = crm.ok("outbox", "show", number).get("history", [])
    names = ("since", "at", "times", "account", "status", "answer")
    return [tuple(row[name] for name in names) for row in shown]


def test_show_each_attempt(crm: Crm, mail_server: Callable[..., MailServer]) -> None:
    server = mail_server(replies={"RCPT": ["451 4.7.1 come back in 59 s", "452 4.2.2 full"]})
    url = f"smtp://127.0.0.1:{server.port}?starttls=no"
    crm.ok(*("mail-account", "add", "office", "--default", "--url", url, "--from", "a@b.example"))
    queue(crm)

    for time in ("08:00", "08:05", "08:20"):
        send(crm, time)
    crm.ok("mail-account", "remove", "office")
    shown = crm("outbox", "show", "1")

    refused = "The mail was not taken this time:"
    assert shown.stdout.partition("\nhistory\n")[2] == (
        "SINCE             AT                TIMES  ACCOUNT  STATUS  ANSWER\n"
        "2026-11-23 10:00  2026-11-23 10:00      1  office   queued  "
        f"{refused} 451 jan@klient.example: 451 4.7.1 come back in 59 s\n"
        "2026-11-23 10:05  2026-11-23 10:05      1  office   queued  "
        f"{refused} 452 jan@klient.example: 452 4.2.2 full\n"
        "2026-11-23 10:20  2026-11-23 10:20      1  office   sent    250 2.0.0 taken\n"
    )


def test_count_attempts_that_ended_alike(
    sqlite_crm: Crm, failing_server: Callable[..., FailingServer]
) -> None:
    server = failing_server("greeting", "421 4.3.2 busy", times=3)
    use_server(sqlite_crm, server.port)
    queue(sqlite_crm)

    for minute in range(4):
        send(sqlite_crm, f"08:0{minute}")

    busy, sent = history(sqlite_crm)
    moments = ("2026-11-23T08:00:00+00:00", "2026-11-23T08:02:00+00:00")
    assert busy[:5] == (*moments, 3, "mail.url", "queued")
    assert sent[1:] == ("2026-11-23T08:03:00+00:00", 1, "mail.url", "sent", "250 2.0.0 taken")


def test_keep_what_a_person_said_apart(
    sqlite_crm: Crm, failing_server: Callable[..., FailingServer]
) -> None:
    use_server(sqlite_crm, failing_server("dot", "drop").port)
    queue(sqlite_crm)
    send(sqlite_crm, "08:00")

    said = sqlite_crm.ok("outbox", "sent", "1")

    assert said["answer"] == "It has arrived, says ana."
    ((*_, status, answer),) = history(sqlite_crm)
    assert status == "held"
    assert "was lost after the final dot" in answer


def test_name_an_attempt_of_a_dead_sender(sqlite_crm: Crm) -> None:
    use_folder(sqlite_crm)
    queue(sqlite_crm)
    stamp = "2026-11-23T07:00:00Z"
    died = "UPDATE outbox SET status = 'dot', claimed_by = 'x', tried_at = ?, lease_until = ?"
    execute(sqlite_crm.url, died, stamp, stamp)

    send(sqlite_crm, "08:00")

    ((since, _, times, account, status, answer),) = history(sqlite_crm)
    assert (since, times, account, status) == ("2026-11-23T07:00:00+00:00", 1, None, "held")
    assert answer == "It may have left: its sender died at the final dot."


def test_forget_attempts_with_the_log_of_runs(crm: Crm) -> None:
    use_folder(crm)
    queue(crm)
    send(crm, "08:00")
    queue(crm)

    send(crm, "08:00", "2026-12-23")
    kept = len(history(crm))
    queue(crm)
    send(crm, "08:01", "2026-12-23")

    assert (kept, history(crm)) == (1, [])
    assert len(history(crm, 2)) == 1
    assert crm.ok("outbox", "show", "1")["answer"].startswith("stored as ")
