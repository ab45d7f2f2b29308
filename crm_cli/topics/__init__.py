"""What `crm help TOPIC` explains: a text file each, some with a table made from the code."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

DONE = "Done; also: nothing matched, nothing to do."
BUG = "A bug: the traceback is in a log, whose place is said."


def names() -> list[str]:
    """The topics there are."""
    found = (path.name for path in files(__name__).iterdir())
    return sorted(name.removesuffix(".txt") for name in found if name.endswith(".txt"))


def text(topic: str) -> str:
    """The text of a topic; raises NotFound naming those there are."""
    if topic not in names():
        raise NotFound(f"There is no help topic '{topic}'.", hint="crm help", candidates=names())
    found = files(__name__).joinpath(f"{topic}.txt").read_text(encoding="utf-8")
    table = TABLES.get(topic)
    return found.replace("{table}\n", "".join(table())) if table else found


def overview() -> str:
    """The topics, a line each."""
    lines = (f"  crm help {name:<12}  {text(name).splitlines()[0]}\n" for name in names())
    return "".join(["What many commands share:\n\n", *lines])


def exit_codes() -> dict[int, str]:
    """What each exit code means, as the classes of errors say it."""
    from crm_cli.reporting import BUG as BUG_CODE

    classes: list[type[CrmError]] = [CrmError, *_below(CrmError)]
    declared = {error.exit_code: error.__doc__ or "" for error in classes}
    return dict(sorted({0: DONE, BUG_CODE: BUG, **declared}.items()))


def _below(error: type[CrmError]) -> Iterator[type[CrmError]]:
    for child in error.__subclasses__():
        if child.exit_code != error.exit_code:
            yield child
        yield from _below(child)


def _exit_codes() -> Iterator[str]:
    return (f"  {code:>3}  {meaning}\n" for code, meaning in exit_codes().items())


def _environment() -> Iterator[str]:
    from crm_cli.settings import KNOWN

    return (f"  {f'CRM_{name.upper()}':<28}{meaning}\n" for name, meaning in KNOWN.items())


TABLES = {"exit-codes": _exit_codes, "environment": _environment}
