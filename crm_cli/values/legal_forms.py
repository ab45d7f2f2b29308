"""The legal forms that stand before or after the name of a company, folded and without dots."""

from __future__ import annotations

import re
from functools import cache

# A blank may stand between initials: people write S. R. L. too.
_SOLE_TRADER = "p ?f ?a|i ?i|persoana fizica autorizata|intreprindere (?:individuala|familiala)"
_ROMANIAN = (
    "s ?r ?l|s ?r ?l ?d|s ?a|i ?f|snc|scs|sca|s ?c|societate (?:cu raspundere limitata|pe actiuni)"
)
_LIMITED_POLISH = "sp ?z ?o ?o|spolka z ?o ?o|spolka z ograniczona odpowiedzialnoscia"
_POLISH = (
    "sp ?j|sp ?k|sp ?p|p ?s ?a|ska|(?:prosta )?spolka akcyjna"
    "|spolka (?:jawna|komandytowa|komandytowo akcyjna|partnerska|cywilna)"
)
_FOREIGN = (
    "gmbh(?: (?:und )?co kg)?|ag|kg|ug|ohg|ltd|limited|llc|llp|inc|plc|sarl|sas|bv|nv|sro|kft|zrt"
    "|nyrt|ood|eood|doo|oy"
)


@cache
def before_name() -> re.Pattern[str]:
    """Matches the forms at the start; compiled when a name is first folded."""
    return re.compile(rf"^(?:(?:s ?c|societatea comerciala|{_SOLE_TRADER}|{_LIMITED_POLISH}) )+")


@cache
def after_name() -> re.Pattern[str]:
    """Matches the forms at the end."""
    return re.compile(
        rf"(?: (?:{_ROMANIAN}|{_SOLE_TRADER}|{_LIMITED_POLISH}|{_POLISH}|{_FOREIGN}))+$"
    )
