"""What a writer of our own puts into an export of any dialect is what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.mailbox import Address
from tests.mailbox.mails import BUCHAREST, message, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R141")

DASHES: Final = "-" * 25
# Subject, sender, date, to, copies, hidden copies, answers; then the words of that language.
OLDER: Final = {
    "en": "Subject|From|Date|To|CC|BCC|Reply-To",
    "ro": "Subiect|de la|Dată|Către|CC|BCC|Reply-To",
    "pl": "Temat|Nadawca|Data|Adresat|Kopia|Ukryta kopia|Odpowiedź-Do",
    "de": "Betreff|Von|Datum|An|Kopie (CC)|Blindkopie (BCC)|Antwort an",
    "fr": "Sujet |De |Date |Pour |Copie à |Copie cachée à |Répondre à".replace(" |", "\u00a0|"),
}
NEWER: Final = {
    "en": "Subject|From|Date|To|Cc|Bcc|Reply-To",
    "pl": "Temat|Od|Data|Do|Cc|Bcc|Odpowiedź-Do",
    "de": "Betreff|Von|Datum|An|Cc|Bcc|Antwort an",
    "fr": "Sujet|De|Date|Pour|Cc|Cci|Répondre à",
}
WORDS: Final = {
    "en": ["scale", "offer", "repair", "Smith", "verification", "60", "t"],
    "ro": ["cântar", "ofertă", "ştampilă", "ţară", "Ştefan", "încărcare"],
    "pl": ["waga", "źródło", "część", "Świecie", "Łódź", "naprawa", "żądanie"],
    "de": ["Waage", "Prüfung", "Größe", "Käthe", "Öl", "für"],
    "fr": ["balance", "Hélène", "vérifié", "août", "être", "devis"],
}
# Words that look like parts of a header, a list or a separator.
TRAPS: Final = ["Re:", "To:", "From:", "Date:", "(none)", "-", "*", "> x", "<a>", "x@y"]
ENCODINGS: Final = {
    "en": ["utf-8"],
    "ro": ["utf-8", "utf-8-sig", "cp1250"],
    "pl": ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2"],
    "de": ["utf-8", "cp1252"],
    "fr": ["utf-8", "utf-8-sig", "cp1252"],
}
FULL_LINES: Final = [
    DASHES,
    "-" * 72,
    "Subject: to our terms",
    "Attachments:",
    "- a.pdf",
    " > x",
    "",
]


@dataclass(frozen=True)
class Letter:
    """A message before any program wrote it down."""

    subject: str
    people: tuple[tuple[Address, ...], ...]
    at: datetime
    body: str

    @property
    def sender(self) -> Address:
        return self.people[0][0]


@dataclass(frozen=True)
class Export:
    """A file of messages, and how it is written."""

    language: str
    encoding: str
    line_end: str
    wraps: bool
    separator: str
    letters: tuple[Letter, ...]


def phrases(language: str) -> st.SearchStrategy[str]:
    words = st.sampled_from(WORDS[language] * 3 + TRAPS)
    return st.lists(words, min_size=1, max_size=25).map(" ".join)


def people(language: str, least: int) -> st.SearchStrategy[tuple[Address, ...]]:
    name = st.lists(st.sampled_from(WORDS[language]), max_size=3).map(", ".join)
    mailbox = st.sampled_from(["jan@wagi.example", "office@x.example", "a.b@c.example"])
    return st.lists(st.builds(Address, name, mailbox), min_size=least, max_size=4).map(tuple)


def moment(day: int, minute: int) -> datetime:
    """By day: at night the clock shows some hours twice."""
    return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=day, minutes=minute)


def letters(language: str) -> st.SearchStrategy[Letter]:
    lists = st.tuples(people(language, 1), *[people(language, 0)] * 4)
    line = st.one_of(phrases(language), st.sampled_from(FULL_LINES))
    days, minutes = st.integers(0, 30 * 365), st.integers(6 * 60, 20 * 60)
    return st.builds(
        Letter,
        subject=phrases(language).map(lambda text: f"{WORDS[language][0]} {text}"),
        people=lists,
        at=st.builds(moment, days, minutes),
        body=st.lists(line, max_size=6).map(lambda lines: "\n".join([*lines, WORDS[language][0]])),
    )


@st.composite
def exports(draw: st.DrawFn, languages: dict[str, str]) -> Export:
    language = draw(st.sampled_from(sorted(languages)))
    return Export(
        language,
        draw(st.sampled_from(ENCODINGS[language])),
        draw(st.sampled_from(["\n", "\r\n"])),
        draw(st.booleans()),
        draw(st.sampled_from([DASHES, "", "=====", "*** next ***"])),
        tuple(draw(st.lists(letters(language), min_size=1, max_size=4))),
    )


def local(letter: Letter, form: str) -> str:
    return letter.at.astimezone(BUCHAREST).strftime(form)


def date_of(letter: Letter, language: str) -> str:
    forms = {"en": "%m/%d/%Y, %I:%M\u202f%p", "fr": "%d/%m/%Y %H:%M"}
    return local(letter, forms.get(language, "%d.%m.%Y, %H:%M"))


def spelled(persons: tuple[Address, ...], quote: str) -> str:
    items = []
    for person in persons:
        mark = quote if "," in person.name else ""
        named = f"{mark}{person.name}{mark} <{person.email}>"
        items.append(named if person.name else str(person.email))
    return ", ".join(items)


def wrapped(line: str) -> str:
    """The line as the converter of newer versions breaks it: at 72 columns, keeping the space."""
    lines = []
    while len(line) > 76 and not line.startswith(("-", " ")):
        cut = line.rfind(" ", 0, 72) + 1 or line.find(" ") + 1
        if not cut:
            break
        lines.append(line[:cut])
        line = line[cut:]
    return "\n".join([*lines, line])


def older_text(letter: Letter, export: Export) -> tuple[str, str]:
    """The message as the older engine writes it, and its body."""
    sender, to, *others = [spelled(persons, '"') for persons in letter.people]
    values = [letter.subject, sender, date_of(letter, export.language), to, *others]
    labels = OLDER[export.language].split("|")
    lines = [f"{label}: {value}" for label, value in zip(labels, values, strict=True) if value]
    body = letter.body.split("\n")
    if export.wraps:
        lines, body = [wrapped(line) for line in lines], [wrapped(line) for line in body]
    text = "\n".join([*lines, "", "", *body])
    return text, "\n".join(body).strip("\n").rstrip()


def expected(letter: Letter, **given: Any) -> Any:
    _, to, cc, bcc, reply_to = letter.people
    return message(
        subject=letter.subject,
        sender=letter.sender,
        to=to,
        cc=cc,
        bcc=bcc,
        reply_to=reply_to,
        encoding="",
        **given,
    )


def found_in(file: Path, data: bytes) -> list[Any]:
    return [replace(mail, encoding="", offset=0) for mail in read(file, data)]


thorough = settings(max_examples=60)


@thorough
@given(exports(OLDER))
def test_read_what_the_older_engine_wrote(file: Path, export: Export) -> None:
    texts = [older_text(letter, export) for letter in export.letters]
    is_folder = len(texts) > 1
    between = f"\r\n\r\n{export.separator}\r\n\r\n" if export.separator else "\r\n\r\n"
    data = b"".join(
        (text.replace("\n", export.line_end) + between * is_folder).encode(export.encoding)
        for text, _ in texts
    )

    assert found_in(file, data) == [
        expected(
            letter,
            dialect="thunderbird-text",
            sent_at=letter.at,
            raw_date=date_of(letter, export.language),
            body=body,
        )
        for letter, (_, body) in zip(export.letters, texts, strict=True)
    ]


@thorough
@given(exports(NEWER), st.booleans())
def test_read_what_the_newer_engine_wrote(file: Path, export: Export, is_first: bool) -> None:
    letter = export.letters[0]
    zone = "(heure d’été d’Europe de l’Est)"
    form = f"%a %b %d %Y %H:%M:%S GMT%z {zone}" if is_first else "%m/%d/%Y %H:%M:%S"
    subject, sender, date, to, *others = NEWER[export.language].split("|")
    values = [spelled(persons, '"' if is_first else "") for persons in letter.people]
    lines = [
        f"{subject}:  {letter.subject}",
        f"{sender}{' ' * is_first}:  {values[0]}",
        f"{to}:  {values[1]}",
        f"{date}:  {local(letter, form)}",
        *(f"{label}:  {value}" for label, value in zip(others, values[2:], strict=True) if value),
    ]
    data = "\r\n".join([*lines, "", letter.body]).encode()

    assert found_in(file, data) == [
        expected(
            letter,
            dialect="thunderbird-v15",
            sent_at=letter.at,
            raw_date=local(letter, form),
            body=letter.body.strip("\n").rstrip(),
        )
    ]
