"""References to records that were archived: good where they stand, not to be written anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crm_cli import views
from crm_cli.errors import NotFound
from crm_cli.imports.matching.references import missing, resolve_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.imports.plans.entry import Step
    from crm_cli.imports.plans.plan import Part
    from crm_cli.reader import Reader
    from crm_cli.views.view import View


class Archived(int):
    """The id of an archived record, as a row names it; equal to the id of one that has it."""

    text: str


def mark_archived(reader: Reader, view: View, named: dict[str, Any]) -> None:
    """Put those that are archived in the place of the errors that say they are not there."""
    gone = [text for text, found in named.items() if isinstance(found, NotFound)]
    if not gone:
        return
    standing = f"{view.merged_into} IS NULL" if view.merged_into else "1 = 1"
    for text, found in resolve_all(reader, replace(view, alive=standing), gone).items():
        if isinstance(found, int):
            named[text] = Archived(found)
            named[text].text = text


def newly_named(part: Part, step: Step) -> Iterator[tuple[str, str, NotFound]]:
    """The attributes that would begin to refer to an archived record, how, and why they cannot."""
    now = step.now or {}
    for name, noun in part.references.items():
        value = step.given.checked.get(name)
        if type(value) is Archived and now.get(name) != value:
            yield name, value.text, refusal(noun, value)


def refusal(noun: str, reference: Archived) -> NotFound:
    """What is said of an archived record: it is not there."""
    return missing(views.of(noun), reference.text)
