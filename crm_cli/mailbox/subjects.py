"""What programs and servers put before a subject: Re:, Fwd:, [EXTERNAL]."""

from __future__ import annotations

import re
from typing import Final

MARK_AND_COLON: Final = r"\.?(?:\s?[\[(]\d+[\])])?\s*:"
BANNER: Final = r"\[ext(?:ernal)?\]"
REPLY: Final = rf"(?:re|aw|antw|odp|sv|vs|r[aă]sp){MARK_AND_COLON}"
FORWARD: Final = rf"(?:fwd?|wg|pd|tr|rv|redir){MARK_AND_COLON}"
PREFIXES: Final = re.compile(rf"\s*(?:(?:{BANNER}|{REPLY}|{FORWARD})\s*)*", re.IGNORECASE)
BANNERS: Final = re.compile(rf"\s*(?:{BANNER}\s*)*", re.IGNORECASE)
IS_REPLY: Final = re.compile(BANNERS.pattern + REPLY, re.IGNORECASE)
IS_FORWARD: Final = re.compile(BANNERS.pattern + FORWARD, re.IGNORECASE)


def thread_subject(subject: str) -> str:
    """The subject without the prefixes of replies, forwards and servers."""
    return PREFIXES.sub("", subject, count=1).strip()


def without_banner(subject: str) -> str:
    """The subject without the warning of a server that the mail comes from outside."""
    return BANNERS.sub("", subject, count=1)


def is_reply(subject: str) -> bool:
    """Whether the subject says first that the mail answers another one."""
    return IS_REPLY.match(subject) is not None


def is_forward(subject: str) -> bool:
    """Whether the subject says first that the mail forwards another one."""
    return IS_FORWARD.match(subject) is not None
