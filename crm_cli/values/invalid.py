"""The one error of this package."""

from __future__ import annotations


class InvalidValue(ValueError):
    """The text is not such a value: one sentence without the option's name, and what to write."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def quote(text: str) -> str:
    """The value as the user gave it, on one line and cut where a sentence would drown in it."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= 60 else f"'{line[:59]}…'"
