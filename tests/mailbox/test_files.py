"""Which files of a folder are looked into."""

from __future__ import annotations

import os
import shutil
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


MBOX = "From - Mon Nov 16 13:04:05 2026\nSubject: x\n\nx\n"


def test_find_the_folders_of_thunderbird(tmp_path: Path) -> None:
    below = tmp_path / "Inbox.sbd" / "2026"
    below.parent.mkdir()
    for path in (tmp_path / "Inbox", tmp_path / "Oferte 08.2026", below, tmp_path / "log.2026"):
        path.write_text(MBOX)
    for name in ("Inbox.msf", "Oferte 08.2026.msf", "Trash", "Trash.msf", "panacea.dat"):
        (tmp_path / name).write_text("")
    (tmp_path / "README").write_text("From here on")

    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]

    assert found == ["Inbox", "Oferte 08.2026", "Inbox.sbd/2026"]


def test_find_every_folder_of_a_maildir(tmp_path: Path) -> None:
    names = ["cur/1.M1:2,S", "new/2.M2", "tmp/3.M3", ".Sent/cur/4.M4:2,S", ".Sent/new/5.M5"]
    names.append("export/cur/7.M7:2,RS")
    others = ["export/cur/index", ".Sent/tmp/6", "dovecot.index.log", ".git/cur.txt", "cur/.hidden"]
    for name in names + others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")

    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]

    assert found == [
        ".Sent/cur/4.M4:2,S", ".Sent/new/5.M5", "cur/1.M1:2,S", "export/cur/7.M7:2,RS", "new/2.M2",
    ]  # fmt: skip


def test_find_new_mail_in_an_archive_of_a_maildir(tmp_path: Path) -> None:
    """Archives drop folders that are empty, as `tmp` nearly always is."""
    for name in ("cur/1.M1:2,S", "new/2.M2"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")

    assert list(find_files([tmp_path])) == [tmp_path / "cur/1.M1:2,S", tmp_path / "new/2.M2"]


def test_give_a_folder_that_cannot_be_looked_into(tmp_path: Path) -> None:
    for name in ("a/one.eml", "b/two.eml", "c/three.eml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path])

    first = next(found)
    shutil.rmtree(tmp_path / "b")

    assert [first, *found] == [
        tmp_path / "a/one.eml", tmp_path / "c/three.eml", tmp_path / "b",
    ]  # fmt: skip


def test_pass_over_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.eml").symlink_to(tmp_path / "nowhere")

    assert list(find_files([tmp_path])) == []


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
