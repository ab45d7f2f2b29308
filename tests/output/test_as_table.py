"""The table for people: what is cut on a terminal, and what never reaches one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.output.as_table import MEASURED, display_width, write
from crm_cli.output.style import Style
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER, LONG_TEXT, MOMENT, TEXT, ColumnType, Sentence
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Crm

KINDS: dict[str, ColumnType] = {
    "due_at": MOMENT,
    "tasks": INTEGER,
    "note": LONG_TEXT,
    "advice": Sentence(),
}


def columns(*names: str) -> list[Column]:
    """Columns by their names, of the type that such a name has."""
    return [
        Column(name=name, sql="", type=KINDS.get(name, TEXT), labels=("", "", "")) for name in names
    ]


def lines(names: str, *rows: Sequence[Any], width: int | None = None) -> list[str]:
    """A list as it is shown."""
    table = Table(columns(*names.split()), [list(row) for row in rows])
    return "".join(write(table, Style(ZoneInfo("UTC"), width))).splitlines()


def test_table_of_many_rows_is_not_cut_in_a_pipe() -> None:
    rows = [*[["X"]] * MEASURED, ["Moldo Trans SRL"]]

    piped, shown = (lines("name", *rows, width=width)[-1] for width in (None, 80))

    assert (piped, shown) == ("Moldo Trans SRL", "Mol…")


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (40, "2026-11-24 10:00  Moldo Trans SRL      7"),
        (34, "2026-11-24 10:00  Moldo Tr…      7"),
        (33, "2026-11-24 10:00  Moldo T…      7"),
    ],
)
def test_texts_are_cut_before_times_and_figures(width: int, line: str) -> None:
    row = [datetime(2026, 11, 24, 10, tzinfo=UTC), "Moldo Trans SRL", 7]

    assert lines("due_at name tasks", row, width=width)[-1] == line


def test_headings_are_cut_before_values() -> None:
    found = lines("name estimated_revenue", ["Moldo Trans SRL", "12"], width=30)

    assert found == ["NAME             ESTIMATED_RE…", "Moldo Trans SRL  12"]


def test_empty_columns_are_left_out_first() -> None:
    rows = (["Moldo Trans SRL", None, "Iași"], ["Wisła Pak", "", "Toruń"])

    assert lines("name county city", *rows, width=22) == [
        "NAME             CITY",
        "Moldo Trans SRL  Iași",
        "Wisła Pak        Toruń",
    ]
    assert lines("name county city", *rows, width=80)[0] == "NAME             COUNTY  CITY"


def test_what_names_a_record_is_not_cut() -> None:
    row = ["task.remind.message", "Remind of tasks in the inbox"]

    assert lines("name help", row, width=32) == [
        "NAME                 HELP",
        "task.remind.message  Remind of …",
    ]


def test_more_columns_than_the_terminal_has_room_for() -> None:
    rows = (["Moldo Trans SRL", "Iași", 7, "a\nb"], ["Wisła Pak", None, 8, None])

    assert lines("name city tasks note", *rows, width=24) == [
        "name   Moldo Trans SRL",
        "city   Iași",
        "tasks  7",
        "note   a",
        "       b",
        "",
        "name   Wisła Pak",
        "tasks  8",
    ]


def test_sentences_are_not_cut() -> None:
    rows = (["mail", "Mail leaves nowhere."], ["disk", "It is full."])

    assert lines("check advice", *rows, width=27)[1] == "mail   Mail leaves nowhere."
    assert lines("check advice", *rows, width=25) == [
        "check   mail",
        "advice  Mail leaves nowhere.",
        "",
        "check   disk",
        "advice  It is full.",
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [("Łódź", 4), ("Ło\u0301dz\u0301", 4), ("東京", 4), ("a\u200db\u00adc", 3), ("", 0)],
)
def test_width_on_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width


def test_long_texts_are_cut_at_once() -> None:
    found = lines("id note", ["7", "ș" * 100_000], width=20)

    assert found[1] == f"7   {'ș' * 15}…"


def test_wide_characters() -> None:
    found = lines("id city", ["7", "株式会社アクメ東京支店"], ["8", "Łódź"], width=18)

    assert found == ["ID  CITY", "7   株式会社アク…", "8   Łódź"]
    assert max(map(display_width, found)) <= 20


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x9b31m", "\u202egpj.exe", "\x07", "\x7f"])
def test_nothing_that_a_terminal_would_obey(hostile: str) -> None:
    text = f"Oferta {hostile}"
    single = Table(columns("name", "note"), [[text, f"a\n\t{text}"]], single=True)

    shown = [*lines("name", [text]), *"".join(write(single, Style())).splitlines()]

    assert [line for line in shown if not line.isprintable()] == []
    assert shown[1] == f"Oferta \N{REPLACEMENT CHARACTER}{hostile[1:]}"


@given(
    st.lists(
        st.tuples(st.text(max_size=30), st.text(max_size=30), st.integers(0, 10**9)), min_size=1
    ),
    st.integers(1, 60),
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, int]], width: int) -> None:
    found = lines("name city tasks", *rows, width=width)

    is_table = found[0].startswith("NAME")
    assert not is_table or max(map(display_width, found)) <= width


def test_subject_of_a_mail_from_anybody(sqlite_crm: Crm, tmp_path: Any) -> None:
    letter = tmp_path / "evil.eml"
    letter.write_bytes(
        b"From: =?utf-8?q?E=1B=5B31mvil?= <x@other.example>\nTo: ana@firma.example\n"
        b"Subject: =?utf-8?q?Hi=1B=5B2J=E2=80=AE!?=\nDate: Fri, 20 Nov 2026 09:00:00 +0200\n"
        b"Message-ID: <b@other.example>\n\nBody \x1b[31mred\n"
    )
    sqlite_crm("mail", "import", letter)

    printed = [
        sqlite_crm(*words).stdout
        for words in (("mail", "list"), ("mail", "show", 1), ("audit", "show"))
    ]

    assert [line for text in printed for line in text.splitlines() if not line.isprintable()] == []
