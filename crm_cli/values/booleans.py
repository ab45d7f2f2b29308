"""Yes and no in English, Romanian and Polish."""

from __future__ import annotations

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import fold

_YES = frozenset(("yes", "y", "da", "tak", "true", "adevarat", "prawda", "1", "x", "on"))
_NO = frozenset(("no", "n", "nu", "nie", "false", "fals", "falsz", "0", "-", "off"))


def parse_boolean(text: str) -> bool:
    """Read a yes or a no, as people and spreadsheets write them."""
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    message = "{value} is neither yes nor no." if word else "The value is empty."
    hint = "Write yes or no, da or nu, tak or nie, 1 or 0."
    raise InvalidValue(message, hint, value=quote(text))
