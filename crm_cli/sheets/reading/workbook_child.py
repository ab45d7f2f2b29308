"""The child process in which a file is taken apart: a hostile one can make calamine abort.

Run as `python -m crm_cli.sheets.reading.workbook_child PATH KIND SHEET MEMORY SECONDS`, it writes
the rows of its tables to stdout, and one line of JSON to stderr that says where each is and what it
is called.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData, NotFound
from crm_cli.sheets.reading import kinds
from crm_cli.sheets.reading.headings import SEARCHED_ROWS
from crm_cli.sheets.reading.outcome import BROKEN, Outcome, TooMuch
from crm_cli.sheets.reading.source import MOST_TABLES
from crm_cli.sheets.reading.spool import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.errors import CrmError
    from crm_cli.sheets.reading.source import Table

_READERS = {"html": "html_tables", "xml": "spreadsheet_ml", "json": "json_records"}
_SENT_MERGES = 10_000


def main(path: str, kind: str, wanted: str, memory: str, seconds: str) -> Outcome:
    """Read the tables of a file; what became of it is the exit status."""
    from python_calamine import CalamineError

    _limit(int(memory), int(seconds))
    try:
        return _read(Path(path), kind, wanted)
    except MemoryError:
        return Outcome.OUT_OF_MEMORY
    except (InvalidData, NotFound) as error:
        return _refuse(error)
    except TooMuch as error:
        return _refuse(InvalidData(f"{path} {error}.", hint=kinds.ALONE))
    except CalamineError:
        return _refuse(kinds.damaged(Path(path), kind))
    except BROKEN:
        return _refuse(kinds.damaged(Path(path), kind))


def _refuse(error: CrmError) -> Outcome:
    about = {
        "class": type(error).__name__,
        "told": [error.message, error.hint, error.candidates],
    }
    sys.stderr.write(json.dumps(about) + "\n")
    return Outcome.REFUSED


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    # macOS refuses this one; the inspection before and the time limit still hold there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read(path: Path, kind: str, wanted: str) -> Outcome:
    """Spool the wanted table, else all that are visible and not empty."""
    reader = import_module(f"crm_cli.sheets.reading.{_READERS.get(kind, 'calamine_tables')}")
    names, tables = reader.tables(path, kind, wanted)
    found = [about for about, in_use in _spooled(tables) if in_use or wanted]
    if not found:
        raise _nothing_found(path, wanted, names())
    sys.stderr.write(json.dumps({"tables": found, "names": names()}) + "\n")
    return Outcome.READ


def _nothing_found(path: Path, wanted: str, names: list[str]) -> CrmError:
    if not wanted:
        return InvalidData(f"{path} has no sheet with anything in it.")
    hint = f"It has: {', '.join(names)}." if names else None
    return NotFound(f"{path} has no sheet {wanted!r}.", hint, names)


def _spooled(tables: Iterable[Table]) -> Iterator[tuple[dict[str, Any], bool]]:
    target = sys.stdout.buffer
    for number, table in enumerate(tables):
        if number == MOST_TABLES:
            raise TooMuch(f"has more than {MOST_TABLES:,} sheets")
        start = target.tell()
        count = dump(table.rows, target, table.width)
        about = {
            "name": table.name,
            "place": [start, target.tell()],
            "height": count,
            "hidden": _ranges(number for number in table.hidden if number <= count),
            "merged": [one for one in table.merged if one[0] < SEARCHED_ROWS][:_SENT_MERGES],
            "keys": table.keys,
        }
        yield about, table.visible and count > 0


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Neighbouring numbers as their first and the one behind their last."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number:
            found[-1][1] += 1
        else:
            found.append([number, number + 1])
    return found


if __name__ == "__main__":
    # Nothing here lives in circles, and nothing has to be given back at the end.
    gc.disable()
    ended = main(*sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)
