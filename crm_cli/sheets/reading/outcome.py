"""How the reading of a file in a child process can end."""

from __future__ import annotations

import struct
import zlib
from enum import IntEnum
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

BROKEN: tuple[type[Exception], ...] = (
    AssertionError, BadZipFile, ParseError, ExpatError, EOFError, LookupError, OSError,
    OverflowError, RuntimeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What a broken file may make of its reader, calamine's own errors apart."""


class TooMuch(Exception):
    """What no list of records has: `has a row of more than 16,384 cells`."""


class Outcome(IntEnum):
    """The exit status; 1 is Python's own, for an exception nobody caught."""

    READ = 0
    FAILED = 1
    REFUSED = 2
    OUT_OF_MEMORY = 3
