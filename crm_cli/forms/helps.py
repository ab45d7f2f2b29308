"""What the helps of columns say in Romanian and Polish: a file per language, by the English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def helps(language: str) -> Mapping[str, str]:
    """Help of a column -> the same in another language."""
    if language == "en":
        return {}
    import tomllib

    text = (Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def help_in(text: str, language: str) -> str:
    """The help of a column in a language; the English where there is no other."""
    return helps(language).get(text, text)
