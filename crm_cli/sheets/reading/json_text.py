"""JSON read a value at a time, so that a long list never is in memory whole."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from crm_cli.sheets.reading.outcome import TooMuch
from crm_cli.sheets.sheet import CellError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 18
_LONGEST = 1 << 22
# A value that the end of a piece cuts off is an error there, and nowhere before.
_NEAR_THE_END = 64
_BLANK = re.compile("[ \t\r\n\ufeff\x1e]*")

_decoder = json.JSONDecoder(
    parse_float=Decimal, parse_constant=lambda name: CellError("#NUM!"), strict=False
)


class JsonText:
    """Values that follow each other in a file; a broken one raises ValueError."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """The next letter that is no blank; '' at the end."""
        while True:
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._read_on():
                return self._text[self._at : self._at + 1]

    def take(self, letters: str) -> str:
        """Go behind the next letter, which must be one of these."""
        letter = self.peek()
        if not letter or letter not in letters:
            raise ValueError(letter)
        self._at += 1
        return letter

    def value(self) -> Any:
        """The next value; raises TooMuch, and stays where it is."""
        self.peek()
        while True:
            try:
                value, self._at = _decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._is_cut_off(error) or not self._read_on():
                    raise
            else:
                return value

    def elements(self) -> Iterator[Any]:
        """The elements of the list that comes next."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        separator = ","
        while separator == ",":
            yield self.value()
            separator = self.take(",]")

    def values(self) -> Iterator[Any]:
        """All values to the end, in lines or not."""
        while self.peek():
            yield self.value()

    def keys(self) -> Iterator[str]:
        """The keys of the object that comes next; the value of each is to be read in between."""
        self.take("{")
        separator = ","
        while separator == ",":
            yield self.value()
            separator = self.take(",}")

    def _is_cut_off(self, error: json.JSONDecodeError) -> bool:
        unterminated = error.msg.startswith("Unterminated")
        return unterminated or error.pos > len(self._text) - _NEAR_THE_END

    def _read_on(self) -> bool:
        """Read more, as much again as waits, so that what is tried again is not tried too often."""
        waiting = len(self._text) - self._at
        if waiting > _LONGEST:
            raise TooMuch("has a record of more than 4 million characters")
        more = self._file.read(max(_CHUNK, waiting))
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)
