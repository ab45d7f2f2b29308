"""Outlook's .msg files, in Unicode and in a code page, whole and damaged."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.errors import InvalidData
from crm_cli.mailbox import Address, Attachment, Skipped, read_messages
from tests.mailbox.mails import BUCHAREST, ION, NOON, mails_in, message, read
from tests.mailbox.msg_files import Item, msg

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R141")

LUKASZ = Address("Łukasz Żak", "lukasz@wisla.example")


def mail(*, charset: str = "", header: int = 32, body: str = "Zażółć\r\ngęślą\r\n") -> Item:
    """A message from Łukasz to Ion, with a copy to a mailbox that Exchange knows by name."""
    item = Item(header=header, charset=charset)
    if charset:
        item.number(0x3FFD, 1250)
    for pid, text in (
        (0x001A, "IPM.Note"), (0x0037, "Część: łożyska"), (0x1000, body),
        (0x0C1A, "Sekretariat"), (0x0C1F, "office@wisla.example"),
        (0x0042, LUKASZ.name), (0x0065, "/O=WISLA/CN=LZAK"), (0x5D02, "lukasz@wisla.example"),
        (0x1035, "<m1@wisla.example>"),
    ):  # fmt: skip
        item.text(pid, text)
    item.time(0x0039, NOON)
    for number, (kind, name, email) in enumerate(
        [
            (1, ION.name, "ion@moldo.example"),
            (2, "Biuro", "/O=WISLA/CN=BIURO"),
            (3, "x@y.example", ""),
        ]
    ):
        person = Item(charset=charset)
        person.text(0x3001, name)
        person.text(0x3003, email)
        person.number(0x0C15, kind)
        item.storages[f"__recip_version1.0_#{number:08X}"] = person
    return item


def attach(item: Item, name: str, content: bytes | Item | None) -> None:
    """A file, a message, or a link to a file."""
    part = Item(charset=item.charset)
    part.text(0x3707, name)
    if isinstance(content, bytes):
        part.binary(0x3701, content)
    elif content is not None:
        part.storages["__substg1.0_3701000D"] = content
    item.storages[f"__attach_version1.0_#{len(item.storages):08X}"] = part


@pytest.mark.parametrize(("charset", "encoding"), [("", "utf-16-le"), ("cp1250", "cp1250")])
def test_read(file: Path, charset: str, encoding: str) -> None:
    item = mail(charset=charset)
    attach(item, "ofertă.pdf", b"%PDF-" * 2000)
    attach(item, "link.docx", None)

    assert read(file, msg(item)) == [
        message(
            dialect="outlook-msg",
            encoding=encoding,
            subject="Część: łożyska",
            sender=LUKASZ,
            to=(ION,),
            cc=(Address("Biuro"),),
            bcc=(Address("", "x@y.example"),),
            sent_at=NOON,
            body="Zażółć\ngęślą",
            attachments=(Attachment("ofertă.pdf", None, b"%PDF-" * 2000, 10_000),),
            missing_attachments=("link.docx",),
            headers={"message-id": "<m1@wisla.example>"},
        )
    ]


def test_read_the_headers_it_came_with(file: Path) -> None:
    item = Item(header=32)
    item.text(
        0x007D,
        "Received: by x\r\nFrom: =?utf-8?q?=C5=81ukasz_=C5=BBak?= <lukasz@wisla.example>\r\n"
        "Date: Mon, 16 Nov 2026 13:04:00 +0100\r\nMessage-ID: <m2@x>\r\nReferences: <m1@x>\r\n"
        "Reply-To: biuro@wisla.example\r\nAuto-Submitted: auto-replied\r\nSubject: Re\r\n",
    )
    item.text(0x0042, LUKASZ.name)

    (found,) = read(file, msg(item))

    assert (found.sender, found.subject, found.sent_at) == (LUKASZ, "Re", NOON)
    assert (found.message_id, found.reply_to) == ("m2@x", (Address("", "biuro@wisla.example"),))
    assert found.headers["auto-submitted"] == "auto-replied"


@pytest.mark.parametrize(
    ("pid", "content", "body"),
    [(0x1013, "<p>Zażółć<br>gęślą</p>".encode(), "Zażółć\ngęślą"), (0x1009, b"LZFu", "[RTF]")],
)
def test_read_formatted_text(file: Path, pid: int, content: bytes, body: str) -> None:
    item = Item(header=32)
    item.binary(pid, content)
    item.number(0x3FDE, 65001)

    assert read(file, msg(item))[0].body == body


def test_keep_a_message_inside(file: Path) -> None:
    inner = mail(header=24)
    attach(inner, "plan.pdf", b"%PDF-")
    outer = mail(body="Vezi mai jos.")
    attach(outer, "x", inner)

    (found,) = mails_in(_written(file, msg(outer)))
    (again,) = mails_in(_written(file, msg(outer)))

    (kept,) = found.attachments
    assert found.body == (
        "Vezi mai jos.\n\nCzęść: łożyska.eml\nSubject: Część: łożyska\n"
        "From: Łukasz Żak <lukasz@wisla.example>\nDate: Mon, 16 Nov 2026 12:04:00 +0000\n"
        "To: Ion Popescu <ion@moldo.example>\n\nZażółć\ngęślą"
    )
    assert (kept.name, kept) == ("Część: łożyska.eml", again.attachments[0])
    (inside,) = read(file.with_suffix(".eml"), kept.content or b"")
    assert (inside.subject, inside.sender, inside.to) == ("Część: łożyska", LUKASZ, (ION,))
    assert (inside.sent_at, inside.body) == (NOON, "Zażółć\ngęślą")
    assert inside.attachments == (Attachment("plan.pdf", None, b"%PDF-", 5),)


@pytest.mark.parametrize(
    ("kind", "what"),
    [("IPM.Task", "task"), ("IPM.Schedule.Meeting.Request", "meeting request")],
)
def test_skip_other_items(file: Path, kind: str, what: str) -> None:
    item = Item(header=32)
    item.text(0x001A, kind)

    assert list(read_messages(_written(file, msg(item)), BUCHAREST)) == [Skipped(file, 0, what)]


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def test_say_which_package_is_missing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxmsg.storage", None)

    with pytest.raises(InvalidData) as refused:
        read(file, msg(mail()))

    assert refused.value.message == (
        f"{file} is an Outlook .msg file; reading it needs a package more."
    )
    assert refused.value.hint == "pip install 'crm-in-shell[msg]'"


def test_refuse_an_office_document(file: Path) -> None:
    names = ("__properties".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
    item = msg(mail()).replace(*names)

    with pytest.raises(InvalidData, match="is an Office document, not an e-mail"):
        read(file, item)


WHOLE = msg(mail())


def read_or_refuse(file: Path) -> str:
    """What was found; anything but items and the one error breaks the test."""
    try:
        return ", ".join(type(item).__name__ for item in read_messages(file, BUCHAREST))
    except InvalidData as refused:
        return refused.message


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12),
    st.integers(0, len(WHOLE)),
)
def test_survive_damage(file: Path, changes: list[tuple[int, int]], kept: int) -> None:
    changed = bytearray(WHOLE)
    for place, byte in changes:
        changed[place] = byte
    begun = time.process_time()

    for data in (bytes(changed), bytes(changed[:kept])):
        assert read_or_refuse(_written(file, data))
    assert time.process_time() - begun < 5


def test_refuse_streams_larger_than_the_file(file: Path) -> None:
    size = struct_size(WHOLE, "__substg1.0_1000001F")

    with pytest.raises(InvalidData, match="is a damaged Outlook or Office file"):
        read(file, WHOLE[:size] + b"\xff\xff\xff\x7f" + WHOLE[size + 4 :])


def struct_size(data: bytes, name: str) -> int:
    """Where the size of a stream stands in its directory entry."""
    return data.index(name.encode("utf-16-le")) + 120


def test_keep_a_date_of_no_calendar(file: Path) -> None:
    item = mail()
    item.fixed.append(b"\x40\x00\x39\x00" + b"\x06\0\0\0" + b"\xff" * 8)

    assert read(file, msg(item))[0].sent_at is None
