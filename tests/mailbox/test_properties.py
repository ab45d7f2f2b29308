"""Whatever happened to a file on its way, reading it ends in mails or in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.errors import InvalidData
from crm_cli.mailbox import read_messages
from tests.mailbox.mails import BUCHAREST, crlf, read
from tests.mailbox.test_identity import NEW, OUTLOOK, STANDARD, THUNDERBIRD

if TYPE_CHECKING:
    from pathlib import Path

SENDER = "Łukasz Żak <lukasz@wisla.example>"
MULTIPART = (
    "From: a@x.example\nTo: b@x.example\nSubject: =?utf-8?q?Cze=C5=9B=C4=87?=\nMIME-Version: 1.0\n"
    "Date: Mon, 16 Nov 2026 13:04:00 +0100\nContent-Type: multipart/mixed; boundary=q\n\n"
    "--q\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nxIXEmQ==\n"
    "--q\nContent-Type: message/rfc822\n\nSubject: Inner\n\nx\n"
    "--q\nContent-Type: image/png; name*=utf-8''a%20b.png\nContent-Disposition: attachment\n\nx\n"
    "--q--\n"
)
LISTED = "Body\n\n" + "-" * 72 + "\n\n  * Attachments/a.pdf <Attachments/a.pdf>\n"
EXPORTS = [
    crlf(text.format(SENDER, "Ofertă nouă", LISTED)).encode(encoding)
    for text in (OUTLOOK, OUTLOOK * 2, THUNDERBIRD, NEW, STANDARD)
    for encoding in ("utf-8", "utf-16")
] + [crlf(MULTIPART).encode()]

thorough = settings(max_examples=120)


def read_or_refuse(file: Path, data: bytes) -> int:
    """The number of items; anything but the one error breaks the test."""
    try:
        return sum(_count(path, data) for path in (file.with_suffix(".eml"), file))
    except InvalidData as refused:
        return -len(refused.message)


def _count(path: Path, data: bytes) -> int:
    path.write_bytes(data)
    return sum(1 for _ in read_messages(path, BUCHAREST))


@thorough
@given(st.sampled_from(EXPORTS), st.integers(0, 1000))
def test_survive_a_cut_file(file: Path, data: bytes, kept: int) -> None:
    assert read_or_refuse(file, data[:kept]) != 0


@thorough
@given(
    st.sampled_from(EXPORTS),
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_survive_changed_bytes(file: Path, data: bytes, changes: list[tuple[int, int]]) -> None:
    changed = bytearray(data)
    for place, byte in changes:
        changed[place % len(changed)] = byte

    assert read_or_refuse(file, bytes(changed)) != 0


@thorough
@given(st.binary(max_size=300), st.sampled_from(EXPORTS))
def test_survive_foreign_bytes(file: Path, noise: bytes, data: bytes) -> None:
    assert read_or_refuse(file, noise) != 0
    assert read_or_refuse(file, data[:200] + noise + data[200:]) != 0


BODIES = st.lists(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), max_size=5
).map("\n".join)


@thorough
@given(st.lists(BODIES, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_keep_the_count_of_joined_mails(file: Path, bodies: list[str], ends: str) -> None:
    joined = "".join(OUTLOOK.format(SENDER, "Ofertă", body) for body in bodies)
    folder = "".join(
        THUNDERBIRD.format(SENDER, "Ofertă", body) + "\n\n" + "-" * 25 + "\n\n" for body in bodies
    )

    for text in (joined, folder):
        found = read(file, text.replace("\n", ends))
        assert len(found) == len(bodies)
        assert [mail.body for mail in found] == [
            body.replace("\ufeff", "").lstrip("\n").rstrip() for body in bodies
        ]
