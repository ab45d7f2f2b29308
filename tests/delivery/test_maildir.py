from __future__ import annotations

import mailbox
import os
import resource
import stat
from typing import TYPE_CHECKING

import pytest

from crm_cli.delivery.envelope import compose
from crm_cli.delivery.refusals import ServerUnavailable, TemporaryRefusal
from crm_cli.delivery.transports import open_transport
from tests.delivery.mails import PLAIN, mail

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = compose(PLAIN)


def nothing() -> None:
    """Stands for the commit before the final dot."""


def send(folder: Path, message: bytes, *recipients: str) -> str:
    with open_transport(f"maildir:{folder}", password=None, ca_file=None) as transport:
        return transport.send("crm@firma.ro", recipients, message, nothing)


def test_send_is_read_by_any_mail_reader(tmp_path: Path) -> None:
    folder = tmp_path / "mail" / "Ieșiri"

    send(folder, MESSAGE, "lukasz@firma.pl", "ion@brânză.ro")

    (message,) = mailbox.Maildir(folder, create=False)
    assert message.items()[:4] == [
        ("Return-Path", "<crm@firma.ro>"),
        ("Delivered-To", "lukasz@firma.pl"),
        ("Delivered-To", "ion@xn--brnz-coa4r.ro"),
        ("Message-ID", PLAIN.message_id),
    ]
    assert message.get_payload(decode=True) == PLAIN.text.encode()


def test_resend_replaces_the_first_copy(tmp_path: Path) -> None:
    send(tmp_path, MESSAGE, "a@firma.ro")
    send(tmp_path, compose(mail(message_id="<task-13.1@firma.ro>")), "a@firma.ro")
    send(tmp_path, compose(mail(subject="Din nou")), "a@firma.ro")

    subjects = [message["Subject"] for message in mailbox.Maildir(tmp_path)]
    assert sorted(subjects) == ["=?utf-8?q?Ofert=C4=83_nou=C4=83?=", "Din nou"]
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_nobody_else_can_read(tmp_path: Path, mask: int) -> None:
    folder, former = tmp_path / "mail", os.umask(mask)
    try:
        send(folder, MESSAGE, "a@firma.ro")
    finally:
        os.umask(former)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    (file,) = (folder / "new").iterdir()
    assert modes == {"tmp": 0o700, "new": 0o700, "cur": 0o700}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_shown_before_the_commit(tmp_path: Path) -> None:
    def fail() -> None:
        assert len(list((tmp_path / "tmp").iterdir())) == 1
        assert list((tmp_path / "new").iterdir()) == []
        raise KeyboardInterrupt

    with (
        open_transport(f"maildir:{tmp_path}", password=None, ca_file=None) as transport,
        pytest.raises(KeyboardInterrupt),
    ):
        transport.send("crm@firma.ro", ["a@firma.ro"], MESSAGE, fail)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_report_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ServerUnavailable) as refused:
        send(tmp_path / "file" / "mail", MESSAGE, "a@firma.ro")

    assert (
        refused.value.text == f"the folder {tmp_path}/file/mail cannot be made (Not a directory)."
    )


def test_leave_nothing_where_the_disk_is_full(tmp_path: Path) -> None:
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, former[1]))
    try:
        with pytest.raises(ServerUnavailable) as refused:
            send(tmp_path, MESSAGE + b"x" * 1000, "a@firma.ro")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)

    assert refused.value.text == f"{tmp_path} cannot be written (File too large)."
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_report_folder_that_cannot_be_written(tmp_path: Path) -> None:
    send(tmp_path, b"Message-ID: <1@firma.ro>\r\n\r\n", "a@firma.ro")
    (file,) = (tmp_path / "new").iterdir()
    file.unlink()
    file.mkdir()

    with pytest.raises(TemporaryRefusal, match="cannot be written"):
        send(tmp_path, b"Message-ID: <1@firma.ro>\r\n\r\n", "a@firma.ro")


def test_message_without_an_id_is_named_by_its_bytes(tmp_path: Path) -> None:
    for text in (b"Subject: a\r\n\r\nx", b"Subject: b\r\n\r\nx", b"Subject: a\r\n\r\nx"):
        send(tmp_path, text, "a@firma.ro")

    assert len(list((tmp_path / "new").iterdir())) == 2
