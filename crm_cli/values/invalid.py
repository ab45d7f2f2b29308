"""The one error of this package."""

from __future__ import annotations

from crm_cli.values.sentences import Quoted, Sentence, sentence


class InvalidValue(ValueError):
    """The text is not such a value: one sentence without the option's name, and what to write.

    Both are templates; the values fill their fields.
    """

    def __init__(
        self, message: str | Sentence, hint: str | Sentence | None = None, /, **values: object
    ) -> None:
        self.sentence = sentence(message, values)
        self.advice = None if hint is None else sentence(hint, values)
        self.message = str(self.sentence)
        self.hint = None if self.advice is None else str(self.advice)
        super().__init__(self.message)


def quote(text: str) -> Quoted:
    """The value as the user gave it, on one line and cut where a sentence would drown in it."""
    line = " ".join(text.split())
    return Quoted(f"'{line}'" if len(line) <= 60 else f"'{line[:59]}…'")
