"""`crm job run import-mail`: a folder that is emptied once, whatever happens meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.letters import client, import_mail, write_eml, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Crm, Result

SAMPLES = Path(__file__).parents[2] / "samples" / "mail"
KILLS = 8
FILES = 30
BOXED = 23


def watch(crm: Crm, quiet: int = 0) -> Path:
    """Switch the import on; the folder it watches."""
    folder = crm.home / "in"
    folder.mkdir()
    for name, value in (("enabled", "yes"), ("folder", folder), ("quiet", quiet), ("task", "yes")):
        assert crm("setting", "set", f"mail.import.{name}", value).exit_code == 0
    return folder


def run(crm: Crm, *words: str) -> Result:
    return crm("job", "run", "import-mail", "-v", *words)


def files(folder: Path) -> list[str]:
    """The files in a folder and below it."""
    found = (path for path in folder.rglob("[!.]*") if path.is_file())
    return sorted(str(path.relative_to(folder)) for path in found)


@pytest.mark.proves("R139", "R226", "R241")
def test_take_in_the_samples(crm: Crm) -> None:
    folder = watch(crm)
    names = files(SAMPLES)
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)

    first, second = run(crm), run(crm)

    assert (first.exit_code, first.stderr) == (0, "import-mail: 6 new, 6 unmatched\n")
    assert (second.exit_code, second.stderr) == (0, "import-mail: nothing to import\n")
    assert files(folder) == [f"done/{name}" for name in names]
    assert len(crm.ok("mail", "list")) == 6


def test_say_nothing_from_cron(crm: Crm) -> None:
    write_eml(watch(crm), "one")

    result = crm("job", "run", "import-mail")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert crm.ok("job", "log")[0]["summary"] == "1 new, 1 unmatched"


@pytest.mark.proves("R139", "R241")
@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("enabled", "no", 0, "import-mail: switched off: crm setting set mail.import.enabled yes"),
        ("folder", "", 7, "crm: No folder is set for mail to import."),
        ("folder", "/no/mail", 7, "crm: The folder /no/mail is not there, or cannot be written."),
    ],
)
def test_run_with_settings_that_do_not_do(
    sqlite_crm: Crm, name: str, value: str, code: int, said: str
) -> None:
    folder = watch(sqlite_crm)
    write_eml(folder, "one")
    sqlite_crm("setting", "set", f"mail.import.{name}", value)

    result = run(sqlite_crm)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (code, said)
    assert files(folder) == ["one.eml"]


def test_put_away_what_cannot_be_read(crm: Crm) -> None:
    folder = watch(crm)
    for name in ("a.txt", "z.txt"):
        (folder / name).write_text("No mail.")
    write_eml(folder / "jan", "one")

    result = run(crm)

    assert result.exit_code == 6
    assert f"  {folder}/a.txt does not begin as any known e-mail export.\n" in result.stderr
    assert files(folder) == [
        "done/jan/one.eml",
        "failed/a.txt",
        "failed/a.txt.reason.txt",
        "failed/z.txt",
        "failed/z.txt.reason.txt",
    ]
    reason = (folder / "failed" / "a.txt.reason.txt").read_text()
    assert reason.startswith(f"{folder}/a.txt does not begin as any known e-mail export.\n")


def test_name_a_folder_that_cannot_be_looked_into(
    sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = watch(sqlite_crm)
    write_eml(folder, "one")
    write_eml(folder / "jan", "two")
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("/jan"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    result = run(sqlite_crm)
    monkeypatch.undo()

    assert result.exit_code == 6
    assert f"\n  The folder {folder}/jan cannot be looked into.\n" in result.stderr
    assert files(folder) == ["done/one.eml", "jan/two.eml"]


def test_take_in_file_names_that_are_not_utf_8(crm: Crm) -> None:
    folder = watch(crm)
    write_eml(folder, "one").rename(folder / os.fsdecode(b"ofert\xe3.eml"))
    (folder / os.fsdecode(b"r\xe3u.txt")).write_text("No mail.")

    result = run(crm)

    assert (result.exit_code, len(crm.ok("mail", "list"))) == (6, 1)
    assert crm.ok("mail", "show", 1)["sources"][0]["file"] == f"{folder}/ofert?.eml"
    assert len(list((folder / "failed").iterdir())) == 2


def test_say_when_nobody_looks_after_an_account(crm: Crm) -> None:
    client(crm)
    write_eml(watch(crm), "one")
    crm.user = "cron"

    result = run(crm)

    assert result.exit_code == 6
    assert "  mail 1 made no task: nobody looks after its account\n" in result.stderr
    assert crm.ok("mail", "show", 1)["matched_by"] == "site"


def test_leave_what_is_still_growing(sqlite_crm: Crm) -> None:
    folder = watch(sqlite_crm, quiet=3600)
    path = write_eml(folder, "one")
    os.utime(path, (0, 0))

    assert run(sqlite_crm).stderr == "import-mail: nothing to import\n"
    assert files(folder) == ["one.eml"]


def test_wait_for_the_attachments(sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = watch(sqlite_crm, quiet=30)
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    growing = folder / "Attachments" / "protokol-wagi.pdf"
    growing.touch()
    changed = growing.stat().st_ctime
    monkeypatch.setattr("crm_cli.drop_folder.time.time", lambda: changed + 29)

    assert run(sqlite_crm).stderr == "import-mail: nothing to import\n"
    monkeypatch.setattr("crm_cli.drop_folder.time.time", lambda: changed + 31)
    assert run(sqlite_crm).stderr == "import-mail: 6 new, 6 unmatched\n"


def test_keep_files_of_the_same_name(sqlite_crm: Crm) -> None:
    folder = watch(sqlite_crm)
    for body in ("Unu", "Doi", "Trei"):
        write_text(folder, "inbox", ("x@y.example", "Salut", body))
        run(sqlite_crm)

    assert files(folder) == ["done/inbox (2).txt", "done/inbox (3).txt", "done/inbox.txt"]
    assert len(sqlite_crm.ok("mail", "list")) == 3


def test_put_away_files_of_the_longest_names(sqlite_crm: Crm) -> None:
    folder = watch(sqlite_crm)
    name = "ș" * 125 + ".txt"
    for _ in range(2):
        (folder / name).write_text("No mail.")
        assert run(sqlite_crm).exit_code == 6

    put_away = files(folder)
    assert len(put_away) == 4
    assert all(path.startswith("failed/ș") and path.endswith(".txt") for path in put_away)
    assert sum(path.endswith(".reason.txt") for path in put_away) == 2


def test_run_dry_and_with_a_limit(crm: Crm) -> None:
    folder = watch(crm)
    for name in ("one", "two", "three"):
        write_eml(folder, name)

    dry = run(crm, "--dry-run")
    some = run(crm, "--limit", "2")

    assert dry.stderr == "import-mail (dry run): 3 new, 3 unmatched\n"
    assert some.stderr == "import-mail: 2 new, 2 unmatched\n"
    assert files(folder) == ["done/one.eml", "done/three.eml", "two.eml"]


def test_say_when_a_file_cannot_be_moved(sqlite_crm: Crm) -> None:
    folder = watch(sqlite_crm)
    write_eml(folder, "one")
    (folder / "done").write_text("in the way")

    result = run(sqlite_crm)

    assert result.exit_code == 7
    assert f"crm: {folder}/one.eml cannot be moved to {folder}/done/one.eml" in result.stderr
    assert len(sqlite_crm.ok("mail", "list")) == 1


def fill(folder: Path) -> None:
    """Threads of three mails each, each mail with a file; every tenth file is no mail."""
    for number in range(FILES):
        if number % 10 == 9:
            (folder / f"{number:02}.txt").write_text("No mail.")
        else:
            subject = f"{'Re: ' * (number % 3)}Comanda {number // 3}"
            write_eml(folder, f"{number:02}", Subject=subject, File=f"{number}.pdf")


def write_mbox(folder: Path, name: str) -> None:
    """A mailbox of mails that each are a thread of their own, with a file."""
    aside = folder.parent / "aside"
    eml = [write_eml(aside, f"m{n}", File=f"m{n}.pdf").read_bytes() for n in range(BOXED)]
    separator = b"From - Fri Nov 20 09:12:00 2026\n"
    (folder / name).write_bytes(b"".join(separator + mail + b"\n" for mail in eml))


@pytest.mark.proves("R139", "R140", "R141")
def test_kill_at_any_moment(crm: Crm) -> None:
    client(crm)
    folder = watch(crm)
    fill(folder)
    write_mbox(folder, "05.mbox")
    write_mbox(folder, "15.mbox")

    words = [sys.executable, "-m", "tests.jobs.import_processes", "7", str(folder), str(KILLS)]
    ended = subprocess.run(
        words, env={**os.environ, **crm.environment}, capture_output=True, text=True, check=False
    )

    assert "Traceback" not in ended.stderr, ended.stderr
    bad = FILES // 10
    assert [len(list(folder.glob(pattern))) for pattern in ("*.*", "done/*", "failed/??.txt")] == [
        *(0, FILES - bad + 2, bad)
    ]
    counts = "SELECT (SELECT count(*) FROM mail), (SELECT count(*) FROM interaction),"
    counts += " (SELECT count(*) FROM mail_source), (SELECT count(*) FROM task),"
    counts += " (SELECT count(*) FROM attachment WHERE task_id IS NOT NULL)"
    good = FILES - bad + BOXED
    tasks = FILES // 3 + BOXED
    assert execute(crm.url, counts) == [(good, good, good + BOXED, tasks, good)]
    assert crm("db", "check").exit_code == 0
    assert len(list(crm.home.glob("**/attachments/??/*"))) == good


def test_import_the_same_twice_at_once(crm: Crm) -> None:
    client(crm)
    folder = crm.home / "mail"
    folder.mkdir()
    fill(folder)
    words = [sys.executable, "-m", "crm_cli", "mail", "import", str(folder), "--task"]

    both = [
        subprocess.Popen(
            words,
            env={**os.environ, **crm.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in both:
        process.communicate()

    good = FILES - FILES // 10
    assert [process.returncode for process in both] == [6, 6]
    assert len(crm.ok("mail", "list")) == len(crm.ok("interaction", "list")) == good
    assert len(crm.ok("task", "list")) == FILES // 3
    assert import_mail(crm, folder / "00.eml") == {"messages": 1, "duplicates": 1}
