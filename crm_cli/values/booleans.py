"""Yes and no."""

from __future__ import annotations

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import fold

_WORDS = {True: "yes y true 1 x da tak t", False: "no n false 0 nu nie f"}
_MEANING = {word: value for value, words in _WORDS.items() for word in words.split()}


def parse_boolean(text: str) -> bool:
    """Read yes or no in English, Romanian or Polish."""
    found = _MEANING.get(fold(text))
    if found is None:
        raise InvalidValue(f"{quote(text)} is neither yes nor no.", hint="Write yes or no.")
    return found
