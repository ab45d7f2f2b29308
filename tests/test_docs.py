"""The pages that are made from the program are true, and what people read names what exists."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from crm_cli.main import COMMANDS
from docs.command_tree import Entry, entries
from docs.features import SOURCE, features, proofs_by_number
from docs.pages import FOLDER, PAGES
from tests.conftest import Crm

ROOT = Path(__file__).parent.parent
PAGES_BY_HAND = (
    "tasks",
    "cron",
    "mail",
    "calendar",
    "spreadsheets",
    "outgoing",
    "layout",
    "decisions",
)
WRITTEN = [ROOT / "README.md", *(FOLDER / f"{name}.md" for name in PAGES_BY_HAND)]
TYPED = [entry for entry in entries() if not entry.is_group]
BY_NAME = {entry.name: entry for entry in entries()}
NUMBERS = [f"R{number}" for number in range(1, 252)]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_up_to_date(name: str) -> None:
    stale = (FOLDER / name).read_text(encoding="utf-8") != PAGES[name]()

    assert not stale, f"docs/{name} is stale: run `make docs`"


def test_every_capability_has_a_row() -> None:
    assert list(tomllib.loads(SOURCE.read_text(encoding="utf-8"))) == NUMBERS
    assert all(feature.summary for feature in features())


def test_every_mark_names_a_capability() -> None:
    assert proofs_by_number().keys() <= set(NUMBERS)


def test_capability_is_done_only_with_a_command_and_a_test() -> None:
    for feature in features():
        ending = str(feature).rsplit("|", 2)[1].strip()
        assert feature.is_done == ending.startswith("["), feature.number


@pytest.mark.parametrize("entry", TYPED, ids=lambda entry: entry.name)
def test_every_command_has_help_and_an_example_of_itself(entry: Entry) -> None:
    text = entry.command.help or ""
    example = text.rpartition("Example: ")[2].split()

    assert text.split("\n", maxsplit=1)[0].rstrip().endswith((".", ":")), text
    assert {"crm", *entry.words} <= set(example), "end the docstring with `Example: crm ...`"


@pytest.mark.parametrize("noun", COMMANDS)
def test_root_help_says_what_the_command_says(noun: str) -> None:
    entry = next(entry for entry in entries() if entry.words == (noun,))

    assert COMMANDS[noun][1] == (entry.command.help or "").split("\n\n")[0].replace("\n", " ")


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_page_names_files_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    named = re.findall(
        r"`((?:crm_cli|commands|jobs|schema|tests|samples|docs)/[a-z0-9_./-]+)`", text
    )

    found = {page.parent / link for link in links} | {ROOT / name for name in named}
    assert {path.as_posix() for path in found if not path.exists()} == set()


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_page_names_commands_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL))
    written = [
        *re.findall(r"`(crm [^`]+)`", text),
        *re.findall(r"^crm .*$", blocks, flags=re.MULTILINE),
    ]

    assert [line for line in written if not _is_known(line)] == []


def test_layout_names_every_package() -> None:
    text = (FOLDER / "layout.md").read_text(encoding="utf-8")
    top, below = (
        {path.parent.name for path in (ROOT / "crm_cli").glob(f"{where}/__init__.py")}
        for where in ("*", "services/*")
    )

    named = {f"`crm_cli/{name}`" for name in top} | {f"`{name}`" for name in below}
    assert {name for name in named if name not in text} == set()


def tour() -> list[list[str]]:
    """The commands of the README's five minutes."""
    chapter = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Five minutes")[2]
    block = chapter.partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line)[1:] for line in block.splitlines() if line.startswith("crm ")]


def test_five_minutes_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    crm = Crm("sqlite:///tour.db", tmp_path, now="")

    for words in tour():
        result = crm(*words)
        assert result.exit_code == (5 if "import" in words else 0), f"{words}: {result.stderr}"

    assert {path.name for path in tmp_path.iterdir()} >= {"quote.pdf", "tasks.xlsx", "tour.db"}


def _is_known(line: str) -> bool:
    """Whether the words lead to a command, or to a group where nothing follows."""
    words = [word for word in shlex.split(line, comments=True) if not word.startswith("-")]
    for count in range(len(words), 0, -1):
        entry = BY_NAME.get(" ".join(words[:count]))
        if entry is not None:
            return count == len(words) or not entry.is_group
    return False
