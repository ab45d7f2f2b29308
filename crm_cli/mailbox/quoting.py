"""Where the words of a mail's author end and the mail being answered begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.labels import OUTLOOK, THUNDERBIRD
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from crm_cli.mailbox.labels import Field

FORWARD_WORDS: Final = frozenset({
    "forwarded message", "begin forwarded message", "weitergeleitete nachricht",
    "przekazana wiadomosc", "tresc przekazanej wiadomosci", "mesaj redirectionat",
    "mesaj redirijat", "message transfere",
})  # fmt: skip
QUOTE_WORDS: Final = FORWARD_WORDS | {
    "original message", "original appointment", "original task", "ursprunglicher termin",
    "ursprungliche nachricht", "oryginalna wiadomosc", "wiadomosc oryginalna",
    "mesaj original", "mesajul original",
    "message d'origine", "mensaje original", "messaggio originale",
}  # fmt: skip
RULE: Final = re.compile(r"[ >]*(?:_{32,}|-{2,} ?(?P<words>[^\s-].{5,40}?) ?-{2,})[ \t]*")
RULE_LINE: Final = re.compile(rf"^{RULE.pattern}$", re.MULTILINE)

# "On Monday Ion wrote:", over one line or two.
BEGUN: Final = (
    r"On|Le|Am|W dniu|Dnia|Pe|La|[ÎI]n (?:data de|(?:lun|mar|mie|joi|vin|s[âî]m|dum)\.?,)"
    r"|(?:pon|wt|śr|czw|pt|sob|niedz|ndz)\.?,|(?:Dne|Il|El|\d{4}\.)(?=[^\n]*\d)"
)
WROTE: Final = (
    r"wrote|a écrit|schrieb(?: [^\n:]{1,80})?|pisze|napisał(?:a|\(a\))?|a scris"
    r"|írta|napsal(?:a|\(a\))?|ha scritto|escribió"
)
ATTRIBUTION: Final = (
    rf" ?(?:(?:{BEGUN})[^\n]{{1,200}}(?:\n[^\n]{{0,200}})?(?:{WROTE})"
    r"|Wiadomość napisana [^\n]{1,200}(?:\n[^\n]{1,200})?"
    r"|\d{4}-\d\d-\d\d \d\d?:\d\d GMT[^\n]{1,200}>)[ \u00a0]?:[ \t]*$"
)
MOST_BLANK_LINES: Final = 3
"""Between the words and what is quoted."""
ATTRIBUTED: Final = re.compile(ATTRIBUTION)


def _words(*fields: Field) -> str:
    """The labels of these fields in every language, as a pattern."""
    words = {*OUTLOOK.spellings(*fields), *THUNDERBIRD.spellings(*fields)}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Searches that begin with a line end are quick: the text is given one in front.
QUOTED_REST: Final = re.compile(
    rf"\n(?:{ATTRIBUTION}|\*?(?:{_words('from')})[ \u00a0]?:[^\n]+\n"
    rf"\*?(?:(?:{_words('date')})[ \u00a0]?:"
    rf"|(?:{_words('to')})[ \u00a0]?:[^\n]*\n(?:\*?(?:{_words('cc')})[ \u00a0]?:[^\n]*\n)?"
    rf"\*?(?:{_words('date', 'subject')})[ \u00a0]?:))",
    re.MULTILINE,
)


def is_quote_rule(line: str) -> bool:
    """Whether this line marks the start of the mail being answered or forwarded."""
    rule = RULE.fullmatch(line)
    return rule is not None and (rule["words"] is None or fold(rule["words"]) in QUOTE_WORDS)


def unquoted(body: str) -> str:
    """The text its author wrote; the whole of it where nothing else remains."""
    text = _without_quoted_lines(body) if ">" in body else body
    rest = QUOTED_REST.search(f"\n{text}")
    end = _first_rule(text, rest.start() if rest else len(text))
    return text[:end].strip() or body.strip()


def _first_rule(text: str, end: int) -> int:
    """Where the first quote rule before `end` stands, else `end`."""
    if text.find("--", 0, end) < 0 and text.find("_" * 32, 0, end) < 0:
        return end
    rules = (rule.start() for rule in RULE_LINE.finditer(text, 0, end) if is_quote_rule(rule[0]))
    return next(rules, end)


def _without_quoted_lines(body: str) -> str:
    """The text without the lines marked as quoted, and without the words above them."""
    kept: list[str] = []
    is_quoted = False
    for line in body.split("\n"):
        begins = line.startswith((">", " >"))
        if begins and not is_quoted:
            _drop_attribution(kept)
        elif not begins:
            kept.append(line)
        is_quoted = begins
    return "\n".join(kept)


def _drop_attribution(lines: list[str]) -> None:
    end = len(lines)
    while end and len(lines) - end < MOST_BLANK_LINES and not lines[end - 1].strip():
        end -= 1
    for start in (end - 1, end - 2):
        if start >= 0 and ATTRIBUTED.fullmatch("\n".join(lines[start:end])):
            del lines[start:]
            return
