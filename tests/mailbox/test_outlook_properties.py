"""What a writer of our own saves as Outlook does is what comes out of the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.mailbox import Address, Item, Skipped, read_messages
from tests.mailbox.mails import BUCHAREST, message
from tests.mailbox.test_thunderbird_properties import WORDS

pytestmark = pytest.mark.proves("R138")

# Sender, date, to, copies, hidden copies, subject, attachments, importance.
LABELS: Final = {
    "en": "From|Sent|To|Cc|Bcc|Subject|Attachments|Importance",
    "de": "Von|Gesendet|An|Cc|Bcc|Betreff|Anlagen|Wichtigkeit",
    "pl": "Od|Wysłano|Do|DW|UDW|Temat|Załączniki|Ważność",
    "ro": "De la|Trimis|Către|Cc|Bcc|Subiect|Fişiere ataşate|Importanţă",
    "fr": "De |Envoyé |À |Cc |Cci |Objet |Pièces jointes |Importance ".replace(" |", "\u00a0|"),
}
MONTHS: Final = {
    "en": "January|March|May|December",
    "de": "Januar|März|Mai|Dezember",
    "pl": "stycznia|marca|maja|grudnia",
    "ro": "ianuarie|martie|mai|decembrie",
    "fr": "janvier|mars|mai|décembre",
}
DAYS: Final = {
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "de": "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag",
    "pl": "poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela",
    "ro": "luni|marţi|miercuri|joi|vineri|sâmbătă|duminică",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
}
MONTH_NUMBERS: Final = (1, 3, 5, 12)
WIDE: Final = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
CODE_PAGES: Final = {"de": "cp1252", "fr": "cp1252", "pl": "cp1250", "ro": "cp1250"}
QUOTED: Final = (
    "-----Original Message-----\nFrom: \tJan  \nSent:\tMonday, May 4, 2020 9:00 AM\nTo:\tIon\n"
    "Subject:\told\n\nquoted"
)
HTML_QUOTED: Final = "From: Jan <j@x.example> \nSent: Monday \nTo: Ion \nSubject: old \n\nquoted "
LINES: Final = [
    "From:\tthe warehouse", "To:\tgate 2", "Subject:\tpallets", "> From:\tJan", "\tFrom:\tinside",
    "_" * 46, "_" * 70, "-" * 30, "Von:", "De la: poarta ", "soft ", "", QUOTED, HTML_QUOTED,
]  # fmt: skip
TASK: Final = "Subject:\tOrder\n\nStatus:\tNot Started\nPercent Complete:\t0%\n\nOwner:\tAna\n\nx\n"


@dataclass(frozen=True)
class Letter:
    """A message before Outlook wrote it down, and the languages it did so in."""

    language: str
    date_language: str
    people: tuple[tuple[Address, ...], ...]
    subject: str
    at: datetime
    attachments: tuple[str, ...]
    importance: str
    wraps: bool
    body: str


def phrases(language: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=25).map(" ".join)


def lists(language: str, least: int, most: int) -> st.SearchStrategy[tuple[Address, ...]]:
    name = st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=3).map(", ".join)
    mailbox = st.sampled_from([None, "jan@wagi.example", "a.b@c.example"])
    return st.lists(st.builds(Address, name, mailbox), min_size=least, max_size=most).map(tuple)


@st.composite
def letters(draw: st.DrawFn, languages: list[str]) -> Letter:
    language = draw(st.sampled_from(languages))
    lines = draw(st.lists(phrases(language) | st.sampled_from(LINES), max_size=6))
    month = draw(st.sampled_from(MONTH_NUMBERS))
    names = st.sampled_from(["a.pdf", "b c.png", f"{WORDS[language][0]}.xlsx"])
    return Letter(
        language,
        draw(st.sampled_from(languages)),
        (draw(lists(language, 1, 1)), *(draw(lists(language, 0, 8)) for _ in "abc")),
        draw(phrases(language)),
        datetime(2020, month, draw(st.integers(1, 27)), tzinfo=BUCHAREST)
        + timedelta(minutes=draw(st.integers(6 * 60, 20 * 60))),
        tuple(draw(st.lists(names, max_size=3))),
        draw(st.sampled_from(["", "High"])),
        draw(st.booleans()),
        "\n".join([WORDS[language][0], *lines]).rstrip(),
    )


@st.composite
def exports(draw: st.DrawFn) -> tuple[list[Letter | None], str, str]:
    """Messages, None for each task among them; an encoding that has their letters; line ends."""
    languages = draw(st.lists(st.sampled_from(sorted(LABELS)), min_size=1, max_size=3, unique=True))
    code_page = CODE_PAGES.get(languages[0]) if len(languages) == 1 else None
    encoding = draw(st.sampled_from([*WIDE, *([code_page] if code_page else [])]))
    items = draw(st.lists(st.none() | letters(languages), min_size=1, max_size=5))
    return items, encoding, draw(st.sampled_from(["\n", "\r\n", "\r\r\n"]))


def written(letter: Letter) -> str:
    labels = LABELS[letter.language].split("|")
    sender, *others = ("; ".join(map(spelt, people)) for people in letter.people)
    values = [sender, date_of(letter), *others, letter.subject, "; ".join(letter.attachments)]
    lines = [
        f"{label}:\t{folded(value) if letter.wraps else value}\n"
        for label, value in zip(labels, values, strict=False)
        if value or label == labels[2]
    ]
    group = f"{labels[7]}:\t{letter.importance}\n\n" if letter.importance else ""
    return f"{''.join(lines)}\n{group}{letter.body}\n"


def spelt(person: Address) -> str:
    return f"{person.name} <{person.email}>" if person.email else person.name


def folded(value: str) -> str:
    return " \n".join(wrap(value, 76, break_long_words=False, break_on_hyphens=False))


def date_of(letter: Letter) -> str:
    at, language = letter.at, letter.date_language
    month = MONTHS[language].split("|")[MONTH_NUMBERS.index(at.month)]
    day = DAYS[language].split("|")[at.weekday()]
    if language == "en":
        half = "PM" if at.hour >= 12 else "AM"
        return f"{day}, {month} {at.day}, {at.year} {(at.hour - 1) % 12 + 1}:{at:%M} {half}"
    comma, dot = ("" if language == "fr" else ","), ("." if language == "de" else "")
    return f"{day}{comma} {at.day}{dot} {month} {at.year} {at:%H:%M}"


def expected(letter: Letter, offset: int, encoding: str) -> Item:
    (sender,), to, cc, bcc = letter.people
    found: dict[str, Any] = {"importance": letter.importance} if letter.importance else {}
    return message(
        encoding=encoding,
        offset=offset,
        subject=letter.subject,
        sender=sender,
        to=to,
        cc=cc,
        bcc=bcc,
        sent_at=letter.at,
        raw_date=date_of(letter),
        body=letter.body,
        missing_attachments=letter.attachments,
        headers=found,
    )


@settings(max_examples=50)
@given(exports())
def test_read_back_what_was_saved(file: Path, export: tuple[list[Letter | None], str, str]) -> None:
    items, encoding, line_end = export
    # No two of one subject: below a line of underscores the second would be the quoted one.
    items = [
        replace(item, subject=f"{number} {item.subject}") if item else None
        for number, item in enumerate(items)
    ]
    texts = [written(item) if item else TASK for item in items]
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    file.write_bytes("".join(texts).replace("\n", line_end).encode(encoding))

    is_telling = encoding in WIDE or not file.read_bytes().isascii()
    shown = encoding if is_telling else "utf-8"
    found = list(read_messages(file, BUCHAREST))

    bare = [
        item if isinstance(item, Skipped) else replace(item, source=Path("mail"), raw="")
        for item in found
    ]
    assert bare == [
        expected(item, start, shown) if item else Skipped(file, start, "task")
        for item, start in zip(items, starts, strict=True)
    ]
