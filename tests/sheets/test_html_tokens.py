"""The tags of a page, whatever pieces it is read in."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.sheets.reading import html_tokens
from crm_cli.sheets.reading.html_tokens import Tokens, attributes_of

PIECES = st.sampled_from([
    "<td>", "</TD >", "<tr class=a>", "<br/>", "<td title='a > b'>", "a < b", "&amp;", "\n", "<!--",
    "-->", "<style>", "</style>", "<script>", "</script>", "<![if x]>", "<!DOCTYPE html>", "ș", "<",
])  # fmt: skip


def tokens(page: str, chunk: int = 1 << 18) -> list[tuple[str, str, str]]:
    """The tokens of a page that is read in pieces of some length."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(html_tokens, "_CHUNK", chunk)
        return list(Tokens(io.StringIO(page)))


def test_find_tags() -> None:
    page = "<TABLE border=0><!-- <td> --><tr><td title='>'>a &lt; b < c<style>td{}</style>"

    assert tokens(page) == [
        ("", "table", " border=0"),
        ("", "!--", ""),
        ("", "tr", ""),
        ("", "td", " title='>'"),
        ("a &lt; b < c", "style", ""),
        ("td{}", "/style", ""),
        ("", "", ""),
    ]


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=12).map("".join), st.integers(1, 9))
def test_find_the_same_in_pieces(page: str, chunk: int) -> None:
    assert tokens(page, chunk) == tokens(page)


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<style>", "<td "])
def test_pass_over_what_does_not_end(opening: str) -> None:
    page = f"{opening}{'x' * 3_000_000}"

    assert sum(len(text) for text, _, _ in tokens(page)) <= len(page)


def test_read_attributes() -> None:
    found = attributes_of(""" a  B='x "y" &amp;' c = "1" d=2 e/""")

    assert found == {"a": "", "b": 'x "y" &', "c": "1", "d": "2", "e": ""}
