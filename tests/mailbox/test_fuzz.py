"""Exports that were cut, damaged or joined: what was whole is read as before.

`CRM_MUTATIONS=2000 pytest tests/mailbox/test_fuzz.py` tries 2,000 of each sort; the default is
small enough for every day.
"""

from __future__ import annotations

import os
import random
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from crm_cli.errors import InvalidData
from crm_cli.mailbox import Message, read_messages
from crm_cli.mailbox.decoding import decode
from tests.mailbox.mails import BUCHAREST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ASKED: Final = int(os.environ.get("CRM_MUTATIONS", "0")) or 40
FOLDERS: Final = (Path(__file__).parent / "labelled", Path(__file__).parents[2] / "samples/mail")
MAIL: Final = frozenset({".txt", ".eml", ".mbox", ".msg"})
TEXT: Final = frozenset({"outlook-text", "thunderbird-text", "thunderbird-v15"})
SEPARATOR: Final = "\n-_=*#~ \t\r"


@dataclass(frozen=True)
class Export:
    """A good file: its bytes, and for the text dialects its text and encoding."""

    path: Path
    data: bytes
    mails: tuple[Message, ...]

    @property
    def dialect(self) -> str:
        return self.mails[0].dialect

    @property
    def encoding(self) -> str:
        return self.mails[0].encoding.partition(" ")[0]

    @property
    def text(self) -> str:
        return decode(self.data, None)[0]


def _export(path: Path) -> Export | None:
    data = path.read_bytes()
    mails = _read(path)
    return Export(path, data, tuple(mails)) if mails else None


def _read(path: Path) -> list[Message]:
    """The mails, as far as the file is not refused in a sentence."""
    found: list[Message] = []
    with suppress(InvalidData):
        found.extend(one for one in read_messages(path, BUCHAREST) if isinstance(one, Message))
    return found


def _read_as(folder: Path, data: bytes, name: str = "mail.txt") -> list[Message]:
    path = folder / name
    path.write_bytes(data)
    return _read(path)


FILES: Final = [
    path for folder in FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in MAIL
]
EXPORTS: Final = [found for path in FILES if (found := _export(path))]
JOINED: Final = [one for one in EXPORTS if one.dialect in TEXT and len(one.mails) > 1]


def facts(mail: Message) -> tuple[Any, ...]:
    """What one damaged neighbour must not change; a date may be read by those of the others."""
    return (mail.subject, mail.sender, mail.to, mail.cc, mail.bcc, mail.raw_date, mail.body)


def as_bytes(export: Export, text: str) -> bytes:
    """The text as the program would have written it, without what no alphabet of its kind has."""
    return text.encode(export.encoding, "replace")


def flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    begin, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return chance.choice((data[:end], data[begin:], data[:begin] + data[end:]))


def join(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((b"", b"\n", b"\r\n\r\n")) + chance.choice(EXPORTS).data


DAMAGES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (flip, cut, join)


@pytest.mark.parametrize("seed", range(ASKED))
def test_damaged_files_end_in_mails_or_a_sentence(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    export = chance.choice(EXPORTS)
    data = export.data
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(DAMAGES)(data, chance) or b"x"

    name = chance.choice((export.path.name, "mail.txt", "mail.eml", "mail.mbox", "mail"))
    found = _read_as(tmp_path, data, name)

    places = [mail.offset for mail in found]
    assert places == sorted(set(places))
    assert b"\x00" not in "".join(mail.body for mail in found).encode()


@pytest.mark.parametrize("seed", range(ASKED))
def test_what_stands_before_a_cut_is_whole(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    export = chance.choice(JOINED)
    end = chance.randrange(export.mails[1].offset, len(export.text))

    found = _read_as(tmp_path, as_bytes(export, export.text[:end]))

    later = (mail.offset for mail in export.mails[1:])
    whole = [mail for mail, after in zip(export.mails, later, strict=False) if after <= end]
    assert [facts(mail) for mail in found[: len(whole) - 1]] == [facts(mail) for mail in whole[:-1]]
    assert facts(found[len(whole) - 1])[:-1] == facts(whole[-1])[:-1]
    assert found[len(whole) - 1].body.startswith(whole[-1].body)


@pytest.mark.parametrize("seed", range(ASKED))
def test_a_damaged_mail_leaves_the_others_whole(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    export = chance.choice(JOINED)
    number = chance.randrange(len(export.mails))
    begin = export.mails[number].offset
    raw = export.mails[number].raw
    assert isinstance(raw, str)
    end = begin + len(raw.rstrip(SEPARATOR))
    before, damaged, after = (
        as_bytes(export, part)
        for part in (export.text[:begin], export.text[begin:end], export.text[end:])
    )

    found = _read_as(tmp_path, before + flip(damaged, chance) + after)

    spared = [mail for place, mail in enumerate(export.mails) if place not in {number - 1, number}]
    missing = _missing(found, spared)
    assert missing == []
    if number:
        above = export.mails[number - 1]
        assert any(mail.body.startswith(above.body) for mail in found)


def _missing(found: Sequence[Message], expected: Sequence[Message]) -> list[tuple[Any, ...]]:
    known = [facts(mail) for mail in found]
    return [facts(mail) for mail in expected if facts(mail) not in known]


@pytest.mark.parametrize("seed", range(ASKED))
def test_joined_files_of_one_dialect_keep_all_mails(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    first = chance.choice([one for one in EXPORTS if one.dialect in TEXT])
    alike = [one for one in EXPORTS if one.dialect == first.dialect]
    second = chance.choice(alike)
    text = f"{first.text.rstrip(chr(10))}\n\n{second.text}"

    found = _read_as(tmp_path, text.encode())

    mails = [*first.mails, *second.mails]
    assert [mail.subject for mail in found] == [mail.subject for mail in mails]
    assert [mail.sender for mail in found] == [mail.sender for mail in mails]


@pytest.mark.parametrize("seed", range(ASKED))
def test_joined_files_of_two_dialects_lose_no_word(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    first, second = (chance.choice([one for one in EXPORTS if one.dialect in TEXT]) for _ in "ab")
    text = f"{first.text}\n{second.text}"

    found = _read_as(tmp_path, text.encode())

    told = "".join(str(mail.raw) for mail in found)
    words = chain.from_iterable(str(mail.raw).split() for mail in (*first.mails, *second.mails))
    assert [word for word in words if word not in told] == []
