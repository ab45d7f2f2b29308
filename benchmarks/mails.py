"""Importing exported mail, against decoding the files and splitting them with expressions."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

from benchmarks.processes import crm, once
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Cost

SIZE, FILES, PEOPLE, ROUNDS = 10_000, 20, 500, 3
MOST_ANSWERED = 21
"""Mails quoted below one another, at most: a real export of Outlook holds 12 mails in 208 KB."""
FLOOR = Path(__file__).with_name("mail_floor.py")
BEGINNING = datetime(2026, 1, 5, 8, tzinfo=UTC)
WORDS = (
    "cântar", "platformă", "ofertă", "livrare", "piese", "verificare", "termen", "factură",
    "comandă", "waga", "platformowa", "zamówienie", "naprawa", "dostawa", "termin", "prosimy",
    "potwierdzenie", "the", "scale", "our", "plant", "shows", "drift", "since", "Monday",
    "please", "send", "somebody", "certificate",
)  # fmt: skip


def mails() -> Iterator[Row]:
    """Outlook's text and Internet messages, each imported twice."""
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as folder:
        for form, write in (("Outlook text", _outlook), (".eml", _internet)):
            exported = Path(folder, form)
            exported.mkdir()
            write(exported, random.Random(1))
            floor, first, again = _measure(Path(folder), exported)
            yield Row(f"import of {SIZE:,} mails, {form}", first.seconds / floor.seconds, 4)
            yield Row("the same once more", again.seconds / floor.seconds, 4)


def _measure(folder: Path, exported: Path) -> tuple[Cost, Cost, Cost]:
    """The cheapest floor, import, and import of the same mails again."""
    empty, filled = folder / "empty.db", folder / "filled.db"
    empty.unlink(missing_ok=True)
    people = folder / "people.csv"
    people.write_text(_people(), encoding="utf-8")
    environment = {"CRM_USER": "ana", "XDG_CONFIG_HOME": str(folder)}
    made = {**environment, "CRM_DATABASE_URL": str(empty)}
    contacts = crm("contact", "import", str(people), "--create-missing", "account")
    for words in (crm("init", "--country", "RO"), contacts):
        subprocess.run(words, env=made, check=True, capture_output=True)
    used = {**environment, "CRM_DATABASE_URL": str(filled)}
    words = crm("mail", "import", str(exported))
    rounds = []
    for _ in range(ROUNDS):
        floor = once([sys.executable, str(FLOOR), str(exported)], environment)
        copy(empty, filled)
        rounds.append((floor, once(words, used), once(words, used)))
    floor, first, again = (
        min(some, key=lambda cost: cost.seconds) for some in zip(*rounds, strict=True)
    )
    return floor, first, again


def _people() -> str:
    rows = (f"Popescu Ion {n},p{n}@firma{n}.example,Firma {n} SRL\n" for n in range(PEOPLE))
    return "name,email,account\n" + "".join(rows)


def _outlook(folder: Path, chance: random.Random) -> None:
    """Files of many messages, as Outlook saves a selection."""
    each = SIZE // FILES
    for number in range(FILES):
        texts = map(_outlook_message, range(number * each, (number + 1) * each), [chance] * each)
        data = "".join(texts).replace("\n", "\r\n").encode()
        (folder / f"saved-{number}.txt").write_bytes(data)


def _outlook_message(number: int, chance: random.Random) -> str:
    name, address = _sender(chance)
    sent = _sent(number)
    return (
        f"From:\t{name} <{address}>\nSent:\t{sent:%A, %B %d, %Y %H:%M}\nTo:\tOffice; Vânzări\n"
        f"Subject:\t{_subject(number, chance)}\n\n{_body(chance)}\n"
    )


def _internet(folder: Path, chance: random.Random) -> None:
    """A file for each message."""
    for number in range(SIZE):
        name, address = _sender(chance)
        (folder / f"{number}.eml").write_text(
            f"Message-ID: <{number}@firma.example>\nFrom: {name} <{address}>\n"
            f"Date: {_sent(number):%a, %d %b %Y %H:%M:%S} +0200\nTo: office@cantare.example\n"
            f"Subject: {_subject(number, chance)}\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
            f"{_body(chance)}\n",
            encoding="utf-8",
        )


def _sender(chance: random.Random) -> tuple[str, str]:
    """Half of the senders are known."""
    number = chance.randrange(PEOPLE * 2)
    return f"Ion Popescu {number}", f"p{number}@firma{number}.example"


def _sent(number: int) -> datetime:
    return BEGINNING + timedelta(minutes=43 * number)


def _subject(number: int, chance: random.Random) -> str:
    return f"{chance.choice(('', 'RE: ', 'Odp: '))}{' '.join(chance.choices(WORDS, k=3))} {number}"


def _body(chance: random.Random) -> str:
    """The author's words, and below them the mails that are being answered."""
    own = _paragraphs(chance, chance.randint(1, 6))
    answered = (
        f"From: Ion Popescu {chance.randrange(PEOPLE)} \nSent: Monday, January 5, 2026 10:00 AM \n"
        f"To: Office \nSubject: RE: {_paragraph(chance)[:40]} \n\n"
        f"{_paragraphs(chance, chance.randint(1, 6))}"
        for _ in range(chance.randint(0, MOST_ANSWERED))
    )
    return "\n\n\n".join((own, *answered))


def _paragraphs(chance: random.Random, number: int) -> str:
    return "\n\n".join(_paragraph(chance) for _ in range(number))


def _paragraph(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=50))
