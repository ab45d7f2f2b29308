"""Records that a file names and that are not there: created with it where that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crm_cli.errors import NotFound

if TYPE_CHECKING:
    from crm_cli.imports.survey import Named
    from crm_cli.views.view import View


@dataclass(frozen=True, slots=True)
class Missing:
    """A record to be created; all ways to write its name are one."""

    noun: str
    folded: str
    name: str = field(compare=False)


def mark_missing(view: View, named: Named) -> None:
    """Put what is to be created in the place of the errors that say it is not there."""
    from crm_cli.values.text import clean, fold_name

    for text, found in named.items():
        if isinstance(found, NotFound):
            named[text] = Missing(view.noun, fold_name(text), clean(text))
