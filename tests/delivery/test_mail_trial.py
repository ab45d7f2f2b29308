"""`crm mail-account test`: what servers say, each failure a sentence, no password anywhere."""

from __future__ import annotations

import os
import shlex
import socket
import sqlite3
import subprocess
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from tests.delivery.servers import PASSWORD
from tests.outgoing import queue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Crm, Result
    from tests.delivery.servers import FailingServer, MailServer
    from tests.preloaded import Preloaded

    StartServer = Callable[..., MailServer]

FROM = "Firma SRL <crm@firma.example>"
TO = "ana@firma.example"


def account(crm: Crm, url: str, password: str = PASSWORD) -> None:
    command = ("--password-command", f"printf '%s\\n' {shlex.quote(password)}")
    crm.ok("mail-account", "add", "office", "--url", url, "--from", FROM, *command)


def attempt(crm: Crm, *words: str, **env: str) -> Result:
    return crm("mail-account", "test", "office", "--to", TO, *words, **env)


@pytest.mark.proves("R144", "R245")
@pytest.mark.parametrize("implicit_tls", [False, True])
def test_print_what_the_server_says(
    sqlite_crm: Crm, mail_server: StartServer, certificate: Path, implicit_tls: bool
) -> None:
    server = mail_server(certificate=certificate, implicit_tls=implicit_tls, login=True)
    scheme = "smtps" if implicit_tls else "smtp"
    account(sqlite_crm, f"{scheme}://ana@localhost:{server.port}")

    said = attempt(sqlite_crm, "--format", "json", CRM_CA_FILE=str(certificate)).json

    (message,) = server.received.messages
    mail = message_from_bytes(message, policy=policy.default)
    assert (mail["From"], mail["To"], mail["Subject"]) == (FROM, TO, "crm: office")
    assert said.pop("message_id") == mail["Message-ID"]
    assert float(said.pop("seconds")) < 30
    assert said.pop("certificate").startswith("localhost, 127.0.0.1, until ")
    assert said == {
        "account": "office",
        "url": f"{scheme}://ana@localhost:{server.port}",
        "server": f"localhost:{server.port}",
        "tls": "TLSv1.3",
        "user": "ana",
        "from": FROM,
        "to": TO,
        "answer": "250 2.0.0 taken",
    }
    assert sqlite_crm.ok("outbox", "list") == []


def test_try_the_way_of_the_company(sqlite_crm: Crm) -> None:
    folder = sqlite_crm.home / "sent"
    sqlite_crm("setting", "set", "mail.url", f"maildir:{folder}")
    sqlite_crm("setting", "set", "mail.from", FROM)

    said = sqlite_crm.ok("mail-account", "test", "--to", TO)

    (file,) = (folder / "new").iterdir()
    assert (said["account"], said["answer"]) == ("the setting mail.url", f"stored as {file}")


def test_nobody_is_the_sender(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("mail-account", "add", "office", "--url", "smtps://x@mail.example")

    result = attempt(sqlite_crm)

    assert result.exit_code == 7
    assert result.stderr == (
        "crm: Nobody is set as the sender of mails.\n"
        "hint: crm mail-account edit office --from 'Company <crm@company.example>'\n"
    )


def test_wrong_password(sqlite_crm: Crm, mail_server: StartServer, certificate: Path) -> None:
    server = mail_server(certificate=certificate, login=True)
    account(sqlite_crm, f"smtp://ion@localhost:{server.port}")

    result = attempt(sqlite_crm, CRM_CA_FILE=str(certificate))

    assert (result.exit_code, result.stderr) == (
        1,
        (
            "crm: The mail server cannot be used: 535 5.7.8 not with *** (the login of ion)\n"
            "hint: Check the user ion and what the password command of the mail account office"
            " prints.\n"
        ),
    )


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        (
            {"MAIL": ["553 5.7.1 not your address"]},
            "553 5.7.1 not your address (the sender crm@firma.example)",
        ),
        (
            {"RCPT": ["550 5.1.1 no such user"]},
            "550 ana@firma.example: 550 5.1.1 no such user",
        ),
        ({"DATA": ["554 5.6.0 looks like spam"]}, "554 5.6.0 looks like spam"),
    ],
)
def test_refusal(
    sqlite_crm: Crm, mail_server: StartServer, replies: dict[str, list[str]], said: str
) -> None:
    server = mail_server(replies=replies)
    account(sqlite_crm, f"smtp://127.0.0.1:{server.port}?starttls=no")

    result = attempt(sqlite_crm)

    assert result.exit_code == 1
    assert said in result.stderr.splitlines()[0]


@pytest.mark.parametrize(
    ("fixture", "is_trusted", "reason", "hint"),
    [
        (
            "certificate",
            False,
            "self-signed certificate",
            "A company's own authority goes into the settings file, as ca_file.",
        ),
        (
            "expired_certificate",
            True,
            "certificate has expired",
            "Whoever runs the server has to renew it; look at the clock of this machine, too.",
        ),
        (
            "foreign_certificate",
            True,
            "Hostname mismatch, certificate is not valid for 'localhost'",
            "Name the host as its certificate does: crm mail-account edit NAME --url URL",
        ),
    ],
)
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_refuse_a_certificate(
    sqlite_crm: Crm,
    mail_server: StartServer,
    request: pytest.FixtureRequest,
    fixture: str,
    is_trusted: bool,
    reason: str,
    hint: str,
    scheme: str,
) -> None:
    file: Path = request.getfixturevalue(fixture)
    server = mail_server(certificate=file, implicit_tls=scheme == "smtps")
    account(sqlite_crm, f"{scheme}://localhost:{server.port}")

    result = attempt(sqlite_crm, **({"CRM_CA_FILE": str(file)} if is_trusted else {}))

    assert result.stderr == (
        f"crm: The mail server cannot be used: the certificate of localhost:{server.port} is not"
        f" trusted ({reason}).\nhint: {hint}\n"
    )


def test_tls_where_there_is_none(sqlite_crm: Crm, mail_server: StartServer) -> None:
    server = mail_server()
    account(sqlite_crm, f"smtps://localhost:{server.port}")

    result = attempt(sqlite_crm)

    assert f"localhost:{server.port} does not speak TLS from the first byte" in result.stderr
    assert result.stderr.endswith("hint: If it offers STARTTLS, write smtp:// and its port.\n")


def test_nobody_listens(sqlite_crm: Crm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    account(sqlite_crm, f"smtps://127.0.0.1:{port}")

    result = attempt(sqlite_crm)

    assert (result.exit_code, result.stderr) == (
        1,
        (
            f"crm: The mail server cannot be used: nothing listens at 127.0.0.1:{port}"
            " (Connection refused).\n"
            "hint: smtps:// means port 465, smtp:// 587, unless one is given.\n"
        ),
    )


def test_no_such_host(sqlite_crm: Crm) -> None:
    account(sqlite_crm, "smtps://mail.invalid")

    result = attempt(sqlite_crm)

    assert result.exit_code == 1
    assert "cannot be used: the host mail.invalid is not known here (" in result.stderr


def test_password_is_for_the_url_it_was_given_for(
    sqlite_crm: Crm, failing_server: Callable[[str, str], FailingServer]
) -> None:
    server = failing_server("never", "drop")
    account(sqlite_crm, "smtps://ana@mail.firma.example")
    elsewhere = {"CRM_CONFIG": str(sqlite_crm.home / "other.toml")}
    url = f"smtp://ana@127.0.0.1:{server.port}?starttls=no"
    sqlite_crm.ok("mail-account", "edit", "office", "--url", url, **elsewhere)

    result = attempt(sqlite_crm)

    assert (result.exit_code, result.stderr) == (
        7,
        (
            "crm: The password of the mail account office is for smtps://ana@mail.firma.example"
            f" alone, and the account is {url} now.\n"
            "hint: crm mail-account edit office --password-command COMMAND\n"
        ),
    )
    assert server.commands == []


@pytest.mark.proves("R245")
def test_tell_the_password_to_nobody_but_the_server(
    sqlite_crm: Crm, mail_server: StartServer, certificate: Path, preloaded: Preloaded
) -> None:
    server = mail_server(certificate=certificate, login=True)
    account(sqlite_crm, f"smtp://ion@localhost:{server.port}")
    sqlite_crm.ok("mail-account", "edit", "office", "--default")
    queue(sqlite_crm)
    settings = (sqlite_crm.home / "settings.toml").read_text()
    words = ["--debug", "mail-account", "test", "office", "--to", TO]
    sending = ["--debug", "job", "run", "send-outbox", "-v"]
    environment = os.environ | sqlite_crm.environment | {"CRM_CA_FILE": str(certificate)}

    said = "".join(
        done.stdout + done.stderr
        for done in (
            subprocess.run(
                [preloaded.command, *line],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            for line in (words, sending, ["doctor"], ["audit", "show"], ["job", "log"])
        )
    )

    assert PASSWORD in settings
    assert said.count("535 5.7.8 not with ***") >= 3
    assert PASSWORD not in said
    with sqlite3.connect(sqlite_crm.home / "crm.db") as database:
        assert PASSWORD not in "\n".join(database.iterdump())
    logs = [path for path in (sqlite_crm.home / "state").rglob("*") if path.is_file()]
    assert PASSWORD not in "".join(path.read_text() for path in logs)
