"""The heartbeat: a monitor is told how a run ended, and can do no harm."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from crm_cli.running import heartbeat
from crm_cli.running.job_lock import job_lock
from schema.connection import DatabaseUrl
from tests.outgoing import queue, use_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Crm


@contextmanager
def monitor(answer: int = 200, location: str = "") -> Iterator[tuple[str, list[str]]]:
    """A server on this machine; its address and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(answer)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own word
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,)).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def run(crm: Crm, url: str, *words: str, job: str = "send-outbox") -> tuple[int, str]:
    """Run a job with a heartbeat URL; its exit code and what it said."""
    result = crm("job", "run", job, *words, CRM_HEARTBEAT_URL=url)
    return result.exit_code, result.stderr


def test_success_and_failure(sqlite_crm: Crm) -> None:
    use_folder(sqlite_crm)
    sqlite_crm("setting", "set", "mail.import.enabled", "yes")

    with monitor() as (address, asked):
        good = run(sqlite_crm, f"{address}/key/{{job}}/{{exit}}?s={{state}}")
        bad, _ = run(sqlite_crm, f"{address}/key/{{job}}/{{exit}}?s={{state}}", job="import-mail")
        run(sqlite_crm, f"{address}/only-success", job="import-mail")
        run(sqlite_crm, f"{address}/dry/{{exit}}", "--dry-run")

    assert (good, bad) == ((0, ""), 7)
    assert asked == ["/key/send-outbox/0?s=success", "/key/import-mail/7?s=fail"]


def test_database_that_is_gone_is_told(sqlite_crm: Crm) -> None:
    with monitor() as (address, asked):
        result = sqlite_crm(
            *("--database", "/nowhere/crm.db", "job", "run", "remind"),
            CRM_HEARTBEAT_URL=f"{address}/{{state}}",
        )

    assert (result.exit_code, asked) == (7, ["/fail"])


def test_overlap_is_not_told(sqlite_crm: Crm) -> None:
    with (
        monitor() as (address, asked),
        job_lock(DatabaseUrl.parse(sqlite_crm.url), "send-outbox"),
    ):
        code, _ = run(sqlite_crm, f"{address}/{{state}}")

    assert (code, asked) == (75, [])


@pytest.mark.parametrize(("answer", "location"), [(500, ""), (404, ""), (302, "ftp://x.example/")])
def test_refusal_is_noted_only_when_asked(sqlite_crm: Crm, answer: int, location: str) -> None:
    use_folder(sqlite_crm)

    with monitor(answer, location) as (address, _):
        silent = run(sqlite_crm, f"{address}/secret")
        code, said = run(sqlite_crm, f"{address}/secret", "-v")

    assert silent == (0, "")
    assert code == 0
    assert said.startswith("The heartbeat did not reach 127.0.0.1: ")
    assert said.endswith("send-outbox: nothing to send\n")
    assert "secret" not in said


def test_monitor_that_hangs_holds_up_neither_job_nor_lock(
    sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "PATIENCE", 0.3)
    use_folder(sqlite_crm)
    queue(sqlite_crm)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/secret"
        over = Event()
        free = Thread(target=_take_lock_when_asked, args=(silent, sqlite_crm.url, over))
        free.start()
        code, said = run(sqlite_crm, url, "-v")
        over.set()
        free.join()

    assert code == 0
    assert said == (
        "The heartbeat did not reach 127.0.0.1: no answer within 0 seconds.\nsend-outbox: 1 sent\n"
    )


def _take_lock_when_asked(server: socket.socket, url: str, over: Event) -> None:
    connection, _ = server.accept()
    with connection, job_lock(DatabaseUrl.parse(url), "send-outbox"):
        over.wait()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/a", "http:", "x"])
def test_only_http(sqlite_crm: Crm, url: str) -> None:
    code, said = run(sqlite_crm, url, "-v")

    assert code == 0
    assert said.splitlines()[0] == "The heartbeat URL is neither http nor https."
    found = sqlite_crm("doctor", "--format", "json", CRM_HEARTBEAT_URL=url).json
    assert {"check": "heartbeat", "level": "warn"}.items() <= found[-1].items()


def test_doctor_names_the_host_only(sqlite_crm: Crm) -> None:
    url = "https://me:pw@hc.example/secret/{job}"

    found = sqlite_crm("doctor", "--format", "json", CRM_HEARTBEAT_URL=url).json[-1]

    assert (found["level"], found["message"]) == ("ok", "Ends of runs are told to hc.example.")


def test_nobody_listens(sqlite_crm: Crm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    _, said = run(sqlite_crm, f"http://127.0.0.1:{port}/", "-v")

    assert said.splitlines()[0] == "The heartbeat did not reach 127.0.0.1: Connection refused."
