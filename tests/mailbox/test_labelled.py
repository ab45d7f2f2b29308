"""Exported files, and beside each what a person reads in it."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pytest

from crm_cli.errors import InvalidData
from crm_cli.mailbox import Address, Attachment, Message, read_messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FOLDER: Final = Path(__file__).parent / "labelled"
LABELS: Final = sorted(FOLDER.glob("*/*.toml"))

FIELDS: Final[dict[str, Callable[[Message], Any]]] = {
    "dialect": lambda mail: mail.dialect,
    "encoding": lambda mail: mail.encoding,
    "subject": lambda mail: mail.subject,
    "from": lambda mail: _spelled(mail.sender) if mail.sender else "",
    "to": lambda mail: [_spelled(person) for person in mail.to],
    "cc": lambda mail: [_spelled(person) for person in mail.cc],
    "bcc": lambda mail: [_spelled(person) for person in mail.bcc],
    "reply_to": lambda mail: [_spelled(person) for person in mail.reply_to],
    "sent_at": lambda mail: mail.sent_at.isoformat() if mail.sent_at else "",
    "raw_date": lambda mail: mail.raw_date,
    "body": lambda mail: mail.body,
    "missing_attachments": lambda mail: list(mail.missing_attachments),
    "headers": lambda mail: dict(mail.headers),
}


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.proves("R138", "R142")
@pytest.mark.parametrize("path", LABELS, ids=_named)
def test_read_as_a_person_does(path: Path) -> None:
    label = tomllib.loads(path.read_text(encoding="utf-8"))
    file = _file_of(path)

    if "error" in label:
        with pytest.raises(InvalidData) as refused:
            _read(file, label)
        assert refused.value.message.replace(str(file), file.name) == label["error"]
    else:
        items = _read(file, label)
        mails = [item for item in items if isinstance(item, Message)]
        expected = label.get("messages", [])
        assert _facts(mails, expected) == [_labelled(mail) for mail in expected]
        others = [item for item in items if not isinstance(item, Message)]
        assert [{"offset": item.offset, "what": item.what} for item in others] == label.get(
            "skipped", []
        )


def _file_of(label: Path) -> Path:
    (file,) = (path for path in label.parent.glob(f"{label.stem}.*") if path != label)
    return file


def _read(file: Path, label: dict[str, Any]) -> list[Any]:
    options = label.get("read", {})
    zone = ZoneInfo(options.pop("zone", "Europe/Bucharest"))
    return list(read_messages(file, zone, **options))


def _labelled(mail: dict[str, Any]) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(FIELDS, "") | {
        "to": [], "cc": [], "bcc": [], "reply_to": [], "attachments": [],
        "missing_attachments": [], "headers": {},
    }  # fmt: skip
    assert nothing.keys() | {"offset"} >= mail.keys()
    return nothing | mail


def _facts(mails: Iterable[Message], labels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was read, with the offset and the facts of attachments that the labels give."""
    found = []
    for number, mail in enumerate(mails):
        label = labels[number] if number < len(labels) else {}
        facts = {name: read(mail) for name, read in FIELDS.items()}
        if "offset" in label:
            facts["offset"] = mail.offset
        wanted = label.get("attachments", [])
        facts["attachments"] = [
            _file_facts(file, wanted[place] if place < len(wanted) else {})
            for place, file in enumerate(mail.attachments)
        ]
        found.append(facts)
    return found


def _file_facts(file: Attachment, label: dict[str, Any]) -> dict[str, Any]:
    content = file.content if file.path is None else file.path.read_bytes()
    digest = hashlib.sha256(content or b"").hexdigest()
    facts = {"name": file.name, "size": file.size, "sha256": digest}
    return {key: value for key, value in facts.items() if key in label or key == "name"}


def _spelled(person: Address) -> str:
    if person.name and person.email:
        return f"{person.name} <{person.email}>"
    return person.email or person.name


@pytest.mark.proves("R138")
def test_label_enough_of_every_form() -> None:
    labels = [tomllib.loads(path.read_text(encoding="utf-8")) for path in LABELS]

    assert len(labels) >= 60
    assert sum(label["layout"] == "S" for label in labels) >= 20
    assert {form for label in labels for form in label.get("covers", [])} >= set(
        "abcdefghijklmnopqrstu"
    )
