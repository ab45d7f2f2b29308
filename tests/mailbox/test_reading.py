"""Files that hold no mail, and how the caller learns it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_cli.errors import InvalidData, UsageError
from crm_cli.mailbox import read_messages
from tests.mailbox.mails import BUCHAREST, read


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty."),
        (b" \r\n\t\n", "is empty."),
        (b"%PDF-1.7\n", "is a PDF, not an e-mail."),
        (b"PK\x03\x04rest", "is a ZIP file or an Office document, not an e-mail."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a damaged Outlook or Office file."),
        (b"<!DOCTYPE html><p>x", "is a web page, not an e-mail."),
        (bytes(range(256)) * 4, "is not text."),
        (b"Dear Jan,\nFrom: the office\n", "does not begin as any known e-mail export."),
        (b"Subject:\tMeeting\nLocation:\tIasi\n\n", "does not begin as any known e-mail export."),
    ],
)
def test_refuse_what_is_not_mail(file: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidData) as refused:
        read(file, content)

    assert refused.value.message == f"{file} {sentence}"


def test_refuse_a_missing_file(file: Path) -> None:
    with pytest.raises(InvalidData) as refused:
        list(read_messages(file, BUCHAREST))

    assert refused.value.message == f"{file} cannot be read: No such file or directory."


def test_refuse_a_folder(file: Path) -> None:
    with pytest.raises(InvalidData) as refused:
        list(read_messages(file.parent, BUCHAREST))

    assert refused.value.message == f"{file.parent} cannot be read: Is a directory."


def test_refuse_what_is_no_file(file: Path) -> None:
    os.mkfifo(file)

    with pytest.raises(InvalidData) as refused:
        list(read_messages(file, BUCHAREST))

    assert refused.value.message == f"{file} is no ordinary file."


def test_refuse_what_no_memory_takes(file: Path) -> None:
    with file.open("wb") as opened:
        opened.write(b"From: ion@moldo.example\nSubject: x\n\n" + b"x" * 70_000)
        opened.truncate((1 << 30) + 1)

    with pytest.raises(InvalidData) as refused:
        list(read_messages(file.rename(file.with_suffix(".eml")), BUCHAREST))

    assert refused.value.message == (
        f"{file.with_suffix('.eml')} is larger than 1 GB, which only a mailbox (.mbox) may be."
    )


def test_say_when_the_disk_fails() -> None:
    with pytest.raises(InvalidData) as refused:
        list(read_messages(Path("/proc/self/mem"), BUCHAREST))

    assert refused.value.message == "/proc/self/mem cannot be read: Input/output error."


@pytest.mark.parametrize("name", ["no-such", "base64", "idna", "a\0b"])
def test_refuse_an_unknown_encoding(file: Path, name: str) -> None:
    with pytest.raises(UsageError, match="There is no encoding"):
        read(file, "From:\tx\nSent:\ty\n\n", encoding=name)


def test_use_the_given_encoding_where_bytes_do_not_tell(file: Path) -> None:
    text = "From:\tДмитро\nSent:\tMonday, November 16, 2026 2:04 PM\nSubject:\tРахунок\n\nТекст\n"

    (found,) = read(file, text, "cp1251", encoding="cp1251")

    assert (found.subject, found.body, found.encoding) == ("Рахунок", "Текст", "cp1251")
    assert read(file, text, encoding="cp1251")[0].encoding == "utf-8"


def test_refuse_an_impossible_encoding(file: Path) -> None:
    text = "Od:\tŁukasz\nWysłano:\tśroda\nTemat:\tZamówienie części\n\nProszę.\n"

    with pytest.raises(InvalidData) as refused:
        read(file, text, "cp1250", encoding="utf-8")

    assert refused.value.message == f"{file} is not text in the encoding 'utf-8'."


def test_drop_zero_characters(file: Path) -> None:
    (found,) = read(file, "From:\tIon\0\nSent:\tyesterday\nTo:\tJan\n\nBo\0dy of the mail\n")

    assert (found.sender and found.sender.name, found.body) == ("Ion", "Body of the mail")
