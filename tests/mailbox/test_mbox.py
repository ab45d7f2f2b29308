"""Many messages in one file, and lines that only look as if one began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.mailbox import Message, Skipped, mbox_splitter, read_messages
from tests.mailbox.mails import BUCHAREST, mails_in

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R142")

DATE: Final = "Mon Nov 16 13:04:05 2026"
LINE: Final = f"From jan@wisla.example {DATE}"
HEAD: Final = "From: Jan <jan@wisla.example>\nSubject: {}\nDate: Mon, 16 Nov 2026 13:04:00 +0100\n"


def mbox(*bodies: str, line: str = LINE) -> str:
    return "".join(
        f"{line}\n{HEAD.format(number)}\n{body}\n\n" for number, body in enumerate(bodies, 1)
    )


def written(file: Path, content: str | bytes, end: str = "\n") -> Path:
    data = content.replace("\n", end).encode() if isinstance(content, str) else content
    file.write_bytes(data)
    return file


def bodies(file: Path, content: str, end: str = "\n") -> list[str]:
    return [mail.body for mail in mails_in(written(file, content, end))]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "line",
    [
        LINE,
        f"From - {DATE}",
        f"From MAILER-DAEMON {DATE}",
        "From jan@wisla.example Mon Nov  2 13:04:05 2026",
        "From jan@wisla.example  Mon Nov 16 13:04 2026",
        "From jan@wisla.example Mon Nov 16 13:04:05 +0300 2026",
        "From jan@wisla.example Mon Nov 16 13:04:05 EET 2026",
        "From jan@wisla.example Mon Nov 16 13:04:05 2026 +0300",
        "From jan@wisla.example Mon Nov 16 13:04:05 EET DST 2026",
        "From 1234567890@xxx Mon Nov 16 13:04:05 +0000 2026",
        "From ???@??? Mon Nov 16 13:04:05 2026",
        "From jan@wisla.example Mon, 16 Nov 2026 13:04:05 +0100",
        f"From wisla!jan {DATE} remote from wisla",
        "From ",
        "From -",
    ],
)
def test_separate(file: Path, line: str, end: str) -> None:
    assert bodies(file, mbox("Unu", "Doi\n\nzile", "", line=line), end) == [
        "Unu",
        "Doi\n\nzile",
        "",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "\nFrom here on all is new",
        f"\n{LINE}",
        f"\n{LINE}\nno header",
        f"\n{LINE}\n\nSubject: after an empty line",
        f"above\n{LINE}\nSubject: not after an empty line",
        "\nFrom ion@x.example\nSubject: no date",
        "\nFrom ion@x.example Mon Nov 16\nSubject: no time",
        "\nFrom \nAnd: on",
        "\nFrom:\tIon\nSent:\tMonday",
        f"\n {LINE}\nSubject: indented",
        f"\n> {LINE}\nSubject: quoted",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_leave_a_body_whole(file: Path, body: str, end: str) -> None:
    assert bodies(file, mbox(body, "Doi"), end) == [body.strip("\n"), "Doi"]


@pytest.mark.parametrize(
    ("stands", "body"),
    [
        (f">{LINE}\nSubject: x", f"{LINE}\nSubject: x"),
        (">>From a", ">From a"),
        ("> From a\n>From: b\n >From c", "> From a\n>From: b\n >From c"),
    ],
)
def test_unquote(file: Path, stands: str, body: str) -> None:
    assert bodies(file, mbox(stands)) == [body]


def test_skip_what_thunderbird_deleted(file: Path) -> None:
    head = f"From - {DATE}\nX-Mozilla-Status: {{}}\nX-Mozilla-Status2: 00000000\n"
    states = ("0001", "0009", "000f", "1000")
    text = "".join(head.format(state) + HEAD.format(state) + "\nx\n\n" for state in states)

    found = list(read_messages(written(file, text), BUCHAREST))

    assert [one.what if isinstance(one, Skipped) else one.subject for one in found] == [
        "0001", "deleted message", "deleted message", "1000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["X-Mozilla-Status: 0009", "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"]
)
def test_believe_only_the_header(file: Path, line: str) -> None:
    assert bodies(file, mbox(f"Salut\n{line}", "Doi")) == [f"Salut\n{line}", "Doi"]


def test_separate_where_thunderbird_left_no_empty_line(file: Path) -> None:
    text = mbox("Unu", line=f"From - {DATE}\nX-Mozilla-Status: 0001").rstrip("\n") + "\n"

    assert bodies(file, text * 2) == ["Unu", "Unu"]


def test_skip_the_note_of_a_server(file: Path) -> None:
    note = f"From MAILER-DAEMON {DATE}\nFrom: Mail System <x@y.example>\nX-IMAP: 1 2\n"
    note += "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n\nNot a mail.\n\n"

    found = list(read_messages(written(file, note + mbox("Unu")), BUCHAREST))

    assert [one.what if isinstance(one, Skipped) else one.body for one in found] == [
        "note of a mail server", "Unu",
    ]  # fmt: skip


def test_believe_a_length_that_fits(file: Path) -> None:
    inner = mbox("Doi").rstrip("\n")
    first = f"{LINE}\nContent-Length: {{}}\n{HEAD.format(1)}\n{inner}\n\n"

    fitting = bodies(file, first.format(len(inner) + 1) + mbox("Trei"))
    last = bodies(file, first.format(len(inner)))
    wrong = bodies(file, first.format(len(inner) - 1) + mbox("Trei"))

    assert fitting == [inner, "Trei"]
    assert last == [inner]
    assert len(wrong) == 3


def test_read_takeout(file: Path) -> None:
    line = (
        "From 1773511@xxx Mon Nov 16 13:04:05 +0000 2026\nX-GM-THRID: 1773\nX-Gmail-Labels: Inbox"
    )

    (mail,) = mails_in(written(file, mbox("Unu", line=line), "\r\n"))

    assert (mail.dialect, mail.subject, mail.body) == ("mbox", "1", "Unu")
    assert mail.offset == len("From 1773511@xxx Mon Nov 16 13:04:05 +0000 2026\r\n")


def test_cut_a_message_no_server_takes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox_splitter, "LARGEST", 200)

    assert [len(body) for body in bodies(file, mbox("x" * 500, "y"))] == [
        200 - len(HEAD.format(1)) - 1,
        1,
    ]


def test_read_an_mbox_named_otherwise(file: Path) -> None:
    assert [mail.dialect for mail in mails_in(written(file.with_name("a.eml"), mbox("Unu")))] == [
        "mbox"
    ]


TEXTS = st.lists(
    st.sampled_from([LINE, "", "From ", "From x", ">From y", "Subject: z", "--b", "text", " "]),
    max_size=8,
).map("\n".join)


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]), st.integers(7, 99))
def test_read_what_was_written(file: Path, texts: list[str], end: str, piece: int) -> None:
    """As mboxrd is written, each text quoted; whatever the pieces the file is read in."""
    quoted = [
        "\n".join(f">{line}" if line.lstrip(">").startswith("From ") else line for line in lines)
        for lines in (text.split("\n") for text in texts)
    ]
    data = mbox(*quoted).replace("\n", end).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mbox_splitter, "PIECE", piece)
        mails = mails_in(written(file, data))

    assert [mail.body for mail in mails] == [text.strip("\n").rstrip() for text in texts]
    assert all(data[mail.offset :].startswith(raw(mail)) for mail in mails)


def raw(mail: Message) -> bytes:
    assert isinstance(mail.raw, bytes)
    return mail.raw
