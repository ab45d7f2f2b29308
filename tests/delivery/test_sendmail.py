from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.envelope import compose
from crm_cli.delivery.refusals import (
    DeliveryError,
    PermanentRefusal,
    ServerUnavailable,
    TemporaryRefusal,
    Uncertain,
)
from crm_cli.delivery.transports import open_transport
from tests.delivery.mails import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MESSAGE = compose(PLAIN)
LARGE = b"Subject: x\r\n\r\n" + b"abc\r\n" * 200_000


def nothing() -> None:
    """Stands for the commit before the final dot."""


@pytest.fixture
def sendmail(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a program that keeps its arguments and then does what it is told."""

    def write(script: str) -> Path:
        program = tmp_path / "send mail"
        program.write_text(f'#!/bin/sh\ncd {tmp_path}\nprintf "%s\\n" "$@" > arguments\n{script}\n')
        program.chmod(0o755)
        return program

    return write


def send(
    program: Path,
    message: bytes = MESSAGE,
    commit: Callable[[], None] = nothing,
    timeout: float = 60,
    mail_from: str = "crm@firma.ro",
) -> str:
    with open_transport(
        "sendmail:", password=None, ca_file=None, timeout=timeout, program=str(program)
    ) as transport:
        return transport.send(mail_from, ["a@firma.ro", "b@firma.pl"], message, commit)


@pytest.mark.parametrize("message", [MESSAGE, LARGE])
def test_send(sendmail: Callable[[str], Path], tmp_path: Path, message: bytes) -> None:
    answer = send(sendmail("cat > message; echo queued as 7"), message)

    assert answer == "queued as 7"
    assert (tmp_path / "message").read_bytes() == message.replace(b"\r\n", b"\n")
    assert (tmp_path / "arguments").read_text().split() == [
        "-i",
        "-f",
        "crm@firma.ro",
        "--",
        "a@firma.ro",
        "b@firma.pl",
    ]


def test_send_without_a_sender(sendmail: Callable[[str], Path], tmp_path: Path) -> None:
    assert send(sendmail("cat > message"), mail_from="") == "taken"

    assert (tmp_path / "arguments").read_text().split()[:3] == ["-i", "-f", "<>"]


@pytest.mark.parametrize(
    ("script", "kind", "text"),
    [
        ("cat > message; echo no such user >&2; exit 67", PermanentRefusal, "no such user"),
        ("cat > message; exit 75", TemporaryRefusal, "exit code 75"),
        ("exit 68", PermanentRefusal, "exit code 68"),
        ("exec <&-; exit 78", TemporaryRefusal, "exit code 78"),
        ("cat > message; kill -9 $$", Uncertain, "exit code -9"),
    ],
)
@pytest.mark.parametrize("message", [MESSAGE, LARGE])
def test_refusal_by_exit_code(
    sendmail: Callable[[str], Path],
    script: str,
    kind: type[DeliveryError],
    text: str,
    message: bytes,
) -> None:
    with pytest.raises(DeliveryError) as refused:
        send(sendmail(script), message)

    assert type(refused.value) is kind
    assert text in refused.value.text


def test_program_that_ends_well_without_reading_has_sent_nothing(
    sendmail: Callable[[str], Path],
) -> None:
    commits: list[str] = []

    with pytest.raises(TemporaryRefusal):
        send(sendmail("exec <&-; exit 0"), LARGE, lambda: commits.append("dot"))

    assert commits == []


@pytest.mark.parametrize(("message", "kind"), [(MESSAGE, Uncertain), (LARGE, TemporaryRefusal)])
def test_program_that_hangs_is_ended(
    sendmail: Callable[[str], Path], message: bytes, kind: type[DeliveryError]
) -> None:
    with pytest.raises(DeliveryError) as refused:
        send(sendmail("sleep 30 | sleep 30"), message, timeout=0.2)

    assert type(refused.value) is kind


def test_failed_commit_withdraws_the_message(
    sendmail: Callable[[str], Path], tmp_path: Path
) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(sendmail("cat | (cat > message; touch whole)"), commit=fail)

    time.sleep(0.1)
    assert not (tmp_path / "whole").exists()


def test_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ServerUnavailable) as refused:
        send(tmp_path / "sendmail")

    assert refused.value.text == f"{tmp_path}/sendmail cannot be run (No such file or directory)."
    assert refused.value.hint == (
        "Write sendmail = 'PATH' into the settings file, or install a mail server."
    )
