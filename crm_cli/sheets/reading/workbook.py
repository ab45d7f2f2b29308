"""Files that are taken apart in a child process, under limits of memory and time."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from itertools import islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from crm_cli import errors
from crm_cli.errors import CrmError, InvalidData
from crm_cli.sheets.reading import headings, kinds
from crm_cli.sheets.reading.outcome import Outcome
from crm_cli.sheets.reading.source import Source
from crm_cli.sheets.reading.spool import Spool

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from crm_cli.sheets.reading.headings import Known

_PACKAGES = Path(__file__).parents[3]
_TIDY = "Delete what lies below and to the right of the table, or copy it to a new workbook."
_RAISE = f"{_TIDY} Or allow more, in MB: crm setting set import.memory 4000"


class _Limits(NamedTuple):
    """What a file may take, and what more for each byte of it, unpacked or on the disk."""

    memory: int
    memory_per_byte: int
    seconds: float
    seconds_per_megabyte: float
    hint: str


# A packed file can need so much for itself, and so many times its unpacked size; a bomb needs
# more. Text is read a piece at a time.
_PACKED = _Limits(280_000_000, 20, 8, 6, _TIDY)
TEXT = _Limits(250_000_000, 1, 3, 0.19, kinds.ALONE)
LIMITS = {"html": TEXT, "xml": TEXT, "json": TEXT}
_PATIENCE = 4
"""So many times the seconds that a processor may work, it may wait for others."""


def read(path: Path, kind: str, wanted: str | None, memory: int, known: Known) -> Source:
    """The rows of the named table, else of the one that seems to be meant."""
    spool, limits = Spool(), LIMITS.get(kind, _PACKED)
    likely = limits.memory + _unpacked_size(path) * limits.memory_per_byte
    seconds = ceil(limits.seconds + path.stat().st_size * limits.seconds_per_megabyte / 1_000_000)
    arguments = [str(path), kind, wanted or "", str(min(memory, likely)), str(seconds)]
    try:
        ended = _run(arguments, spool, seconds * _PATIENCE)
    except subprocess.TimeoutExpired:
        raise _too_slow(path, seconds * _PATIENCE, limits) from None
    if ended.returncode == -signal.SIGXCPU:
        raise _too_slow(path, seconds, limits)
    if ended.returncode:
        raise _refusal(path, kind, ended) or _too_large(path, memory, likely, limits)
    told = json.loads(ended.stderr)
    found = [_source(kind, spool, about, told["names"]) for about in told["tables"]]
    return max(found, key=lambda one: _fitness(one, known)) if kind == "html" else found[0]


def _run(arguments: list[str], spool: Spool, seconds: float) -> CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 (no shell, and the program is our own)
        [sys.executable, "-P", "-m", "crm_cli.sheets.reading.workbook_child", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=spool.file,
        stderr=subprocess.PIPE,
        # Each thread would take an arena of its own out of the address space that is allowed.
        env={**os.environ, "PYTHONPATH": str(_PACKAGES), "MALLOC_ARENA_MAX": "1"},
        timeout=seconds,
        check=False,
    )


def _unpacked_size(path: Path) -> int:
    with contextlib.suppress(BadZipFile, OSError, ValueError), ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())
    return path.stat().st_size


def _source(kind: str, spool: Spool, about: dict[str, Any], names: list[str]) -> Source:
    keys = about["keys"]
    return Source(
        kind=kind,
        rows=spool.part(*about["place"]),
        name=about["name"] or None,
        hidden=tuple(range(*ends) for ends in about["hidden"]),
        merged=tuple((row, first, last) for row, first, last in about["merged"]),
        keys=None if keys is None else tuple(keys),
        height=about["height"],
        names=tuple(names),
    )


def _fitness(source: Source, known: Known) -> tuple[int, int]:
    """How many headings of a table are known, and how many cells it begins with."""
    top = list(islice(source.rows, headings.SEARCHED_ROWS))
    at = headings.find(top, known)
    names = set() if at is None else set(headings.texts(top[at]))
    return sum(map(known, names)), sum(cell is not None for row in top for cell in row)


def _refusal(path: Path, kind: str, ended: CompletedProcess[bytes]) -> CrmError | None:
    """What the child said; nothing where it died of its limits."""
    match ended.returncode:
        case Outcome.REFUSED:
            about = json.loads(ended.stderr)
            refused: CrmError = getattr(errors, about["class"])(*about["told"])
            return refused
        case Outcome.FAILED if b"PanicException" in ended.stderr:
            return kinds.damaged(path, kind)
        case Outcome.FAILED:
            raise RuntimeError(ended.stderr.decode(errors="replace"))
    return None


def _too_slow(path: Path, seconds: int, limits: _Limits) -> InvalidData:
    return _stretched(path, f"could not be read in {seconds} seconds", limits.hint)


def _too_large(path: Path, memory: int, likely: int, limits: _Limits) -> InvalidData:
    if memory < likely:
        needed = f"needs more than {memory // 1_000_000:,} MB of memory to be read"
        return _stretched(path, needed, _RAISE)
    return _stretched(path, "takes far more memory than what is in it should", limits.hint)


def _stretched(path: Path, complaint: str, hint: str) -> InvalidData:
    """The refusal of a file that was too much for the child."""
    corner = ""
    with contextlib.suppress(Exception):
        corner = _corner(path)
    return InvalidData(f"{path} {complaint}{corner}.", hint=hint)


def _corner(path: Path) -> str:
    from crm_cli.sheets.reading.xlsx_parts import far_corner

    with ZipFile(path) as archive:
        corner = far_corner(archive)
    return f": its cells reach to {corner}" if corner else ""
