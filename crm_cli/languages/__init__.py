"""What clerks read in Romanian and Polish: a file per language, read when it is first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "ro", "pl")
"""The order of whatever is given in three languages."""

FOLDER = Path(__file__).parent


@cache
def sentences(language: str) -> Mapping[str, str]:
    """English template -> the same in another language, with the same fields."""
    if language == "en":
        return {}
    import tomllib

    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
