"""The attachment folder: contents once, names as data."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_cli.attachments import LONGEST_NAME, Attachments, safe_name
from crm_cli.errors import InvalidData, NotFound, NotReady

CONTENT = b"%PDF-1.7 ofert\xc4\x83"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "attachments")


def files(folder: Path) -> list[Path]:
    """Every file of a folder, drafts too."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_put_the_same_content_twice(store: Attachments, tmp_path: Path) -> None:
    source = tmp_path / "oferta.pdf"
    source.write_bytes(CONTENT)

    stored = [store.put(CONTENT), store.put(source)]

    assert {(one.sha256, one.size) for one in stored} == {(DIGEST, len(CONTENT))}
    assert store.read(DIGEST) == CONTENT
    (file,) = files(store.folder)
    assert (file.stat().st_mode & 0o777, store.folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_put_in_a_folder_shared_with_a_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    store = Attachments(tmp_path / "attachments")

    store.put(CONTENT)

    (file,) = files(store.folder)
    assert file.stat().st_mode & 0o777 == 0o660
    assert file.parent.stat().st_mode & 0o7777 == 0o2770


def test_put_a_file_that_is_not_there(store: Attachments, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="cannot be read"):
        store.put(tmp_path / "missing.pdf")

    assert files(store.folder) == []


def test_put_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(NotReady, match="cannot be written"):
        Attachments(tmp_path / "file").put(CONTENT)


def test_read_what_is_not_there(store: Attachments) -> None:
    with pytest.raises(NotFound, match=DIGEST):
        store.read(DIGEST)


def test_read_what_was_damaged(store: Attachments) -> None:
    store.put(CONTENT)
    files(store.folder)[0].write_bytes(b"other")

    with pytest.raises(InvalidData, match="was damaged"):
        store.read(DIGEST)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "\n"])
def test_read_by_what_is_no_digest(store: Attachments, digest: str) -> None:
    with pytest.raises(InvalidData, match="is not the SHA-256"):
        store.read(digest)


def test_save_beside_others_of_the_name(store: Attachments, tmp_path: Path) -> None:
    store.put(CONTENT)
    (tmp_path / "oferta (2).pdf").symlink_to("/etc/passwd")

    saved = [store.save(DIGEST, "oferta.pdf", tmp_path).name for _ in range(3)]

    assert saved == ["oferta.pdf", "oferta (3).pdf", "oferta (4).pdf"]
    assert (tmp_path / "oferta (4).pdf").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Ofertă nr. 12.pdf", "Ofertă nr. 12.pdf"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("C:\\Users\\Ana\\zamówienie.xls", "zamówienie.xls"),
        (".bashrc", "bashrc"),
        ("..", "attachment"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("", "attachment"),
    ],
)
def test_make_a_name_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(st.characters(), max_size=400))
@example("ă" * 300 + ".pdf")
@example("." + "x" * 300)
@example("a" * 199 + "." + "b" * 20)
@example("\ud800.pdf")
def test_saved_file_stays_in_its_folder(name: str) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        store = Attachments(folder / "attachments")
        store.put(CONTENT)

        saved = store.save(DIGEST, name, folder)

        assert saved.resolve().parent == folder.resolve()
        assert saved.read_bytes() == CONTENT
        assert len(saved.name.encode()) <= LONGEST_NAME + 1
    finally:
        shutil.rmtree(folder)
