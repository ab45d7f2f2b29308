"""Which files of a folder are looked into."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.errors import NotFound
from crm_cli.mailbox import find_files

EXPORTED = (
    "b.txt", "a.eml", "index.html", ".hidden.txt", "photo.png", "old.msg",
    "wiadomości/c.txt", "Attachments/note.txt", "Attachments-12/note.txt",
    "EmbeddedImages-1/x.txt", "Załączniki/note.txt", ".git/x.txt",
    "box/cur/1700.M1.host:2,S", "box/tmp/1701.M2.host", "cur/readme",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in EXPORTED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.proves("R226")
def test_find_in_a_folder(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in find_files([folder])]

    assert found == ["a.eml", "b.txt", "old.msg", "box/cur/1700.M1.host:2,S", "wiadomości/c.txt"]


def test_take_what_is_named_once(folder: Path) -> None:
    named = [folder / "photo.png", folder / "Attachments", folder / "Attachments" / "note.txt"]

    assert list(find_files(named)) == [named[0], named[2]]


def test_refuse_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file or folder nowhere"):
        list(find_files([tmp_path, Path("nowhere")]))
