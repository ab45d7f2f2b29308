"""The floor of a mail import: decode the files and split them, nothing more.

Run as `python mail_floor.py FOLDER`.
"""

from __future__ import annotations

import re
import sys
from email import message_from_bytes
from pathlib import Path

BOUNDARY = re.compile(r"^(?=(?:From|Von|Od|De la|De):\t)", re.MULTILINE)
FIELD = re.compile(r"^([^:\n]+):\t(.*)$", re.MULTILINE)


def main(folder: str) -> None:
    """Read every file of the folder."""
    for path in Path(folder).iterdir():
        if path.suffix == ".eml":
            mail = message_from_bytes(path.read_bytes())
            mail.get_payload(decode=True).decode()  # type: ignore[union-attr]
            continue
        for message in BOUNDARY.split(path.read_bytes().decode().replace("\r\n", "\n")):
            head, _, _body = message.partition("\n\n")
            dict(FIELD.findall(head))


main(*sys.argv[1:])
