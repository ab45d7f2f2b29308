"""Encodings told apart by the letters their bytes would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.errors import InvalidData
from crm_cli.sheets.reading import charset
from crm_cli.sheets.reading.reading import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

POLISH = ["Zażółć gęślą jaźń", "ŁÓDŹ", "Święta Świętokrzyska", "Gdańsk", "śruba", "Ąćę", "ź"]
ROMANIAN = ["Iaşi", "Ţara Moţilor", "Bucureşti", "învăţământ", "Brăila"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859-2"]


@settings(max_examples=40)
@given(
    words=st.lists(st.sampled_from(POLISH), min_size=1, max_size=9),
    encoding=st.sampled_from([*ENCODINGS, "iso8859-16"]),
)
def test_read_polish(tmp_path: Path, words: list[str], encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("".join(f"{word};1\r\n" for word in ["Nazwa", *words]).encode(encoding))

    assert [row.cells[0] for row in read_sheet(path).rows] == words


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_read_romanian(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("".join(f"{word};1\n" for word in ["Nume", *ROMANIAN]).encode(encoding))

    assert [row.cells[0] for row in read_sheet(path).rows] == ROMANIAN


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("iso8859-2", "iso-8859-2"), ("iso8859-16", "iso-8859-16"), ("utf-16-le", "utf-16-le")],
)
def test_say_encoding(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nazwa;Miasto\nśruba;Łódź, jaźń\n".encode(encoding))

    assert read_sheet(path).encoding == said


def test_read_signs_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nume;Preț\nSC „Alfa” – 5 €;1\n".replace("ț", "ţ").encode("cp1250"))

    assert next(iter(read_sheet(path).rows)).cells == ("SC „Alfa” – 5 €", "1")


def test_refuse_broken_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nume;Oraș\nȘoimii;Iași\nȚară;Bră".encode()[:-1])

    with pytest.raises(InvalidData, match="is UTF-8 text with 1 broken characters"):
        read_sheet(path)


@given(st.binary(max_size=60))
@settings(max_examples=60)
def test_survive_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    try:
        content.decode(charset.of_text(path))
    except InvalidData as error:
        assert str(path) in error.message  # noqa: PT017 (both outcomes are right)
