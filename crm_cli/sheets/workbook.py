"""Workbooks, read in a child process under limits of memory and time."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from crm_cli.errors import CrmError, InvalidData, NotFound
from crm_cli.sheets import kinds
from crm_cli.sheets.spool import Source, Spool
from crm_cli.sheets.workbook_child import Outcome

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_PACKAGES = Path(__file__).parents[2]
_SECONDS, _SECONDS_PER_MEGABYTE = 8, 6


def read(path: Path, kind: str, wanted: str | None, memory: int) -> Source:
    """The rows of the named sheet, else of the first one with anything in it."""
    spool = Spool()
    seconds = _SECONDS + path.stat().st_size * _SECONDS_PER_MEGABYTE / 1_000_000
    try:
        ended = _run([str(path.resolve()), kind, wanted or "", str(memory)], spool, seconds)
    except subprocess.TimeoutExpired:
        raise _stretched(path, f"could not be read in {seconds:.0f} seconds") from None
    if ended.returncode:
        raise _refusal(path, ended, wanted, memory)
    return Source(kind=kind, rows=spool, name=json.loads(ended.stderr)["name"])


def _run(arguments: list[str], spool: Spool, seconds: float) -> CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 (no shell, and the program is our own)
        [sys.executable, "-P", "-m", "crm_cli.sheets.workbook_child", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=spool.file,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(_PACKAGES)},
        timeout=seconds,
        check=False,
    )


def _refusal(
    path: Path, ended: CompletedProcess[bytes], wanted: str | None, memory: int
) -> CrmError:
    match ended.returncode:
        case Outcome.ENCRYPTED:
            return kinds.encrypted(path)
        case Outcome.NO_SUCH_SHEET:
            names = json.loads(ended.stderr)["names"]
            listed = ", ".join(names)
            return NotFound(f"{path} has no sheet {wanted!r}.", f"It has: {listed}.", names)
        case Outcome.EMPTY:
            return InvalidData(f"{path} has no sheet with anything in it.")
        case Outcome.DAMAGED:
            return kinds.damaged(path)
        case Outcome.FAILED if b"PanicException" in ended.stderr:
            return kinds.damaged(path)
        case Outcome.FAILED:
            raise RuntimeError(ended.stderr.decode(errors="replace"))
    return _stretched(path, f"needs more than {memory // 1_000_000:,} MB of memory to be read")


def _stretched(path: Path, complaint: str) -> InvalidData:
    """The refusal of a workbook that was too much for the child."""
    corner = ""
    with contextlib.suppress(Exception):
        corner = _corner(path)
    hint = "Delete what lies below and to the right of the table, or copy it to a new workbook."
    return InvalidData(f"{path} {complaint}{corner}.", hint=hint)


def _corner(path: Path) -> str:
    from crm_cli.sheets.xlsx_parts import far_corner

    with ZipFile(path) as archive:
        corner = far_corner(archive)
    return f": its cells reach to {corner}" if corner else ""
