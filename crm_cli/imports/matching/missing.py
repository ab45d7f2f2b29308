"""Records that a file names and that are not there, where they are to be created with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_cli.errors import NotFound, UsageError
from crm_cli.values.invalid import quote
from crm_cli.values.sentences import noun as named_noun
from crm_cli.values.text import clean, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crm_cli.views.view import View

CREATABLE: Mapping[str, tuple[str, ...]] = {
    "account": ("name",),
    "employee": ("name",),
    "product": ("name", "code"),
    **dict.fromkeys(("reason", "status", "team"), ("name_en", "code")),
}
"""Noun -> the attributes that its name alone can fill."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A record to be created; all ways to write its name are one."""

    noun: str
    folded: str
    name: str = field(compare=False)


def check_creatable(nouns: Iterable[str]) -> None:
    """Refuse nouns of which a name alone makes no record."""
    for noun in nouns:
        if noun not in CREATABLE:
            raise UsageError(
                f"A name alone makes no {noun}.",
                hint=f"--create-missing takes {', '.join(CREATABLE)}.",
            )


def mark_missing(view: View, named: dict[str, Any]) -> None:
    """Put what is to be created in the place of the errors that say it is not there."""
    for text, found in named.items():
        if not isinstance(found, NotFound) or (text.isascii() and text.isdigit()):
            continue
        if name := _name_in(view, text):
            named[text] = Missing(view.noun, fold_name(name), clean(name))
        else:
            named[text] = NotFound(
                "There is no {noun} {text}, and a key alone makes none.",
                "Give its name, or import it first.",
                noun=named_noun(view.noun),
                text=quote(text),
            )


def _name_in(view: View, text: str) -> str:
    """The name a reference gives; nothing where it gives a key of another kind."""
    prefix, colon, rest = text.partition(":")
    prefixes = {key.prefix for key in view.keys}
    if colon and prefix.lower() in prefixes:
        return rest.strip() if prefix.lower() == "name" else ""
    others = (key for key in view.keys if key.prefix in {"tax", "email"})
    return "" if any(key.plain(text) for key in others) else text
