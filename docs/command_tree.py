"""All commands there are, as the command line itself finds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

import click

from crm_cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Entry:
    """A command or a group, with the words that lead to it."""

    words: tuple[str, ...]
    command: click.Command
    context: click.Context

    @property
    def name(self) -> str:
        """The command as it is typed."""
        return " ".join(("crm", *self.words))

    @property
    def is_group(self) -> bool:
        """Whether more words must follow."""
        return isinstance(self.command, click.Group)

    @property
    def help(self) -> str:
        """What `--help` prints."""
        return self.command.get_help(self.context)

    @property
    def options(self) -> set[str]:
        """The options it takes, such as `--sort`."""
        return {flag for option in self.command.params for flag in option.opts}


@cache
def root() -> Entry:
    """The command line itself."""
    context = click.Context(cli, info_name="crm", max_content_width=100, terminal_width=100)
    return Entry((), cli, context)


@cache
def entries() -> tuple[Entry, ...]:
    """Every group and command, in alphabetical order."""
    nouns = (entry for name in cli.list_commands(root().context) for entry in below(name))
    return (root(), *nouns)


def below(name: str) -> Iterator[Entry]:
    """A command of the root and all under it; the root alone for no name."""
    return _walk(_child(root(), name)) if name else iter([root()])


def _walk(entry: Entry) -> Iterator[Entry]:
    yield entry
    if isinstance(entry.command, click.Group):
        for name in entry.command.list_commands(entry.context):
            yield from _walk(_child(entry, name))


def _child(entry: Entry, name: str) -> Entry:
    found = cast("click.Group", entry.command).get_command(entry.context, name)
    if found is None:
        raise LookupError(name)
    return Entry((*entry.words, name), found, click.Context(found, entry.context, info_name=name))
