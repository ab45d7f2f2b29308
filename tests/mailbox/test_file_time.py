"""The time of a file, where the message in it has no date that can be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from crm_cli.mailbox import Message, read_messages
from tests.mailbox.mails import BUCHAREST, NOON, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138")

OLDER = "Subject: A\nFrom: Jan <jan@wisla.example>\nTo: Ion <ion@moldo.example>\n\nBody\n"
UNREADABLE = OLDER.replace("\nTo:", "\nDate: today, 14:04\nTo:")
NEWER = "Subject:  A\r\nFrom:  Jan <jan@wisla.example>\r\nTo:  \r\nDate:  Invalid Date\r\n\r\nBody"


@pytest.mark.parametrize(
    ("text", "raw_date"), [(OLDER, ""), (UNREADABLE, "today, 14:04"), (NEWER, "Invalid Date")]
)
def test_take_the_time_that_the_export_gave(file: Path, text: str, raw_date: str) -> None:
    file.write_text(text)
    os.utime(file, (NOON.timestamp(), NOON.timestamp()))

    (found,) = read_messages(file, BUCHAREST)

    assert isinstance(found, Message)
    assert (found.sent_at, found.raw_date, found.body) == (NOON, raw_date, "Body")


@pytest.mark.parametrize("text", [OLDER, UNREADABLE, NEWER])
def test_mistrust_the_time_of_a_copy(file: Path, text: str) -> None:
    (found,) = read(file, text)

    assert found.sent_at is None


def test_keep_the_date_that_is_written(file: Path) -> None:
    file.write_text(UNREADABLE.replace("today", "16.11.2025"))
    os.utime(file, (NOON.timestamp(), NOON.timestamp()))

    (found,) = read_messages(file, BUCHAREST)

    assert isinstance(found, Message)
    assert found.sent_at == NOON.replace(year=2025)


def test_give_it_to_no_message_of_a_whole_folder(file: Path) -> None:
    file.write_text(f"{OLDER}\n\n{'-' * 25}\n\n" * 2)
    os.utime(file, (NOON.timestamp(), NOON.timestamp()))

    found = [item for item in read_messages(file, BUCHAREST) if isinstance(item, Message)]

    assert [mail.sent_at for mail in found] == [None, None]
