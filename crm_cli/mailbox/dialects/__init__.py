"""The dialects of exported mail, most telling first; a new one is a module and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from crm_cli.mailbox.dialects import (
    mbox,
    outlook_msg,
    outlook_rest,
    outlook_text,
    rfc5322,
    thunderbird_text,
    thunderbird_v15,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source


class Dialect(Protocol):
    """What each module here offers."""

    def recognises(self, source: Source) -> bool:
        """Whether the file begins as this dialect does."""

    def read(self, source: Source) -> Iterable[Item]:
        """Every item of the file; one that is read in pieces gives them as it goes."""


DIALECTS: Final[tuple[Dialect, ...]] = (
    outlook_msg,
    mbox,
    outlook_text,
    thunderbird_v15,
    thunderbird_text,
    outlook_rest,
    rfc5322,
)
BY_SUFFIX: Final[dict[str, Dialect]] = {".eml": rfc5322}


def candidates(suffix: str) -> Iterator[Dialect]:
    """The dialects to try, the one that the file's name promises first."""
    if suffix in BY_SUFFIX:
        yield BY_SUFFIX[suffix]
    yield from DIALECTS
