"""What stands below the description of a task in a calendar, and how it is taken off again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crm_cli.origins import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.origins import Origin

_HEAD = re.compile(r"^[ \t]*--- (task-[0-9]+@[0-9a-f]{8}:[0-9]+) ---[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*crm task (?:done|show) [0-9]+[ \t]*$", re.MULTILINE)
_BREAK = re.compile(r"<(?:br|p|div|li)\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(rf"{_BREAK.pattern}|</(?:a|b|i|u|em|span|strong|html-blob)>", re.IGNORECASE)
_LINE_END = re.compile("\r\n?")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def described(own: str, origin: Origin, facts: Iterable[str], command: str) -> str:
    """The description with what else is to be known below it; the command ends it."""
    block = [f"--- {origin} ---", *facts, command]
    return "\n".join([*([own, ""] if own else []), *block])


def taken_off(text: str) -> tuple[str, Origin | None]:
    """What people wrote above and below our lines, and the task that these name.

    Google makes a web page of a description as soon as somebody touches it.
    """
    heads = list(_HEAD.finditer(text))
    if not heads and _MARKUP.search(text):
        from crm_cli.mailbox.html_text import html_to_text

        text = html_to_text(text if _BREAK.search(text) else text.replace("\n", "<br>"))
        heads = list(_HEAD.finditer(text))
    if not heads:
        return text.strip(), None
    head = heads[-1]
    end = _END.search(text, head.end())
    parts = (text[: head.start()], text[end.end() :] if end else "")
    return "\n".join(filter(None, map(str.strip, parts))), origin_of("task", head[1])


def plain(text: str) -> str:
    """The text as a calendar can hold it: without control characters, lines ended in one way."""
    return _NO_TEXT.sub("", _LINE_END.sub("\n", text)).strip()
