"""Whatever a contact is, what is written of it is read back; whatever a file is, it is read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_cli.cards.book_reading import as_contacts
from crm_cli.cards.content_lines import cards
from crm_cli.cards.outlook_csv import HEADINGS, cells_of
from crm_cli.cards.people import Person
from crm_cli.cards.vcard_reading import person_of_card
from crm_cli.cards.vcard_writing import card_lines, folded
from crm_cli.errors import CrmError
from crm_cli.imports.columns.mapping import plain
from crm_cli.origins import Origin
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.proves("R143")

SAMPLES = Path(__file__).parent / "samples"
STAMP = "0a1b2c3d"

letters = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\n")
words = st.text(letters | st.sampled_from(";,:\\'\"=@+-ąęșțŁ"), min_size=1, max_size=40)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
texts = st.just("") | lines
emails = st.lists(
    st.from_regex(r"[a-z0-9.+_-]{1,12}@[a-z]{1,9}\.example", fullmatch=True),
    max_size=6,
    unique=True,
)
phones = st.lists(
    st.from_regex(r"\+(4072|4021|4860|4822)[0-9]{7}", fullmatch=True),
    max_size=12,
    unique_by=lambda number: number[-9:],
)
people = st.builds(
    Person,
    name=lines,
    company=texts,
    department=texts,
    job_title=texts,
    emails=emails,
    phones=phones,
    note=st.lists(texts, max_size=3).map("\n".join).map(str.strip),
    origin=st.builds(
        Origin, st.just("contact"), st.integers(1, 10**17), st.integers(1, 10**8), st.just(STAMP)
    ),
)


@given(people)
def test_read_a_written_card(person: Person) -> None:
    text = "".join(f"{folded(line)}\r\n" for line in card_lines(person, {}))

    (card,) = cards(text.encode())

    assert card.whole
    assert person_of_card(card, Counter()) == person


def test_keep_lines_however_they_end() -> None:
    (card,) = cards(b"BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab=0Dc\nEND:VCARD\n")

    assert "a\nb\nc" in person_of_card(card, Counter()).cells(())


def test_pass_over_a_charset_that_is_none() -> None:
    (card,) = cards(b"BEGIN:VCARD\nFN;CHARSET=punycode:Ana-Maria\nEND:VCARD\n")

    assert person_of_card(card, Counter()).name == "Ana-Maria"


@given(people)
def test_read_a_written_row_of_outlook(person: Person) -> None:
    cells = cells_of(person)
    row = [cells.get(heading) or None for heading in HEADINGS]

    (read,) = as_contacts(_sheet(HEADINGS, row), plain, {}).rows

    # Outlook has no place for what is of no person there.
    assert [cell for cell in read.cells if cell] == [cell for cell in person.cells([STAMP]) if cell]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
@example("ș" * 80)
def test_fold_lines(text: str) -> None:
    pieces = folded(text).split("\r\n")

    assert max(len(piece.encode()) for piece in pieces) <= 75
    assert "".join([pieces[0], *(piece.removeprefix(" ") for piece in pieces[1:])]) == text


def test_write_a_card() -> None:
    person = Person(
        name="Ana Maria Pop",
        company="Moara, Pop și Fiii; SRL",
        department="Achiziții",
        emails=["ana@moara.example", "pop@acasa.example"],
        phones=["+40213124567", "+40722123456"],
        note="rândul unu\nrândul doi, care este destul de lung ca să fie împărțit în două",
        origin=Origin("contact", 7, 3, STAMP),
    )
    changed = datetime(2026, 11, 23, 8, tzinfo=UTC)

    text = "\r\n".join(map(folded, card_lines(person, {"updated_at": changed})))

    assert text == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//crm//contacts//EN\r\n"
        "FN:Ana Maria Pop\r\nN:Pop;Ana Maria;;;\r\n"
        "ORG:Moara\\, Pop și Fiii\\; SRL;Achiziții\r\n"
        "NOTE:rândul unu\\nrândul doi\\, care este destul de lung ca să fie împăr\r\n"
        " țit în două\r\n"
        "EMAIL;TYPE=INTERNET,WORK,PREF:ana@moara.example\r\n"
        "EMAIL;TYPE=INTERNET,WORK:pop@acasa.example\r\n"
        "TEL;TYPE=WORK,VOICE,PREF:+40213124567\r\n"
        "TEL;TYPE=CELL,VOICE:+40722123456\r\n"
        "REV:2026-11-23T08:00:00Z\r\n"
        f"UID:contact-7@{STAMP}\r\nX-CRM-RECORD:contact-7@{STAMP}:3\r\nEND:VCARD"
    )


@given(st.data())
def test_read_damaged_cards(data: st.DataObject) -> None:
    """Bytes flipped, cut out and glued: the cards are read, and those before the damage whole."""
    whole = (SAMPLES / data.draw(st.sampled_from(CARD_FILES))).read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=8))
    damaged = whole[:at] + junk + whole[at + data.draw(st.integers(0, 40)) :]
    good = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Pop\r\nEND:VCARD\r\n"

    read = [person_of_card(card, Counter()) for card in cards(good + damaged)]

    assert read[0] == Person(name="Ana Pop", emails=[], phones=[])


@given(st.data())
def test_read_any_file(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever is called an address book is read row by row, or refused in one sentence."""
    name = data.draw(st.sampled_from([path.name for path in SAMPLES.glob("*.[cv][sc][vf]")]))
    whole = (SAMPLES / name).read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    path = tmp_path_factory.getbasetemp() / f"damaged-{name}"
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + 1 :])

    said, narrow = _read(path)

    assert said is None or (str(path) in said and "\n" not in said)
    assert narrow == []


CARD_FILES = [path.name for path in SAMPLES.glob("*.vcf") if path.name != "utf-16.vcf"]


def _read(path: Path) -> tuple[str | None, list[Row]]:
    """Why a file is refused, and the rows that have fewer cells than there are headings."""
    try:
        sheet = as_contacts(read_sheet(path), plain, {})
    except CrmError as error:
        return error.message, []
    return None, [row for row in sheet.rows if len(row.cells) < len(sheet.headings)]


def _sheet(headings: Sequence[str], *rows: Sequence[object]) -> Sheet:
    return Sheet(
        path=Path("people.csv"),
        kind="csv",
        encoding="utf-8",
        delimiter=",",
        name=None,
        heading_row=1,
        headings=tuple(headings),
        rows=[Row(number, tuple(row)) for number, row in enumerate(rows, start=2)],
    )
